/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The unprivileged process: owns the core and the event loop. Readiness becomes an event,
 * core_step() is called, the actions are performed (perform.h).
 */
#ifndef HB_ENGINE_H
#define HB_ENGINE_H

/*
 * Run the engine behind the channel (channel.h) until it is told to end or the master goes.
 *
 * Needs: no privilege; locked memory and real-time priority are as the master set them.
 * Returns: the exit code of the process.
 */
int engine_main(int channel_fd);

#endif
