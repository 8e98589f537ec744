/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Open a serial line the way 3.0.6 sets it up: raw, 8 bits, hardware flow control.
 *
 * Source: compat wire.md section 14.
 */
#ifndef HB_SERIAL_LINE_H
#define HB_SERIAL_LINE_H

/*
 * The line, non-blocking and ours alone (another heartbeat or a getty that locks is refused).
 *
 * Errors: -errno, and *why is a sentence (g_free): not there, not a terminal, locked, a speed that is
 *         not known.
 */
int serial_line_open(const char *device, unsigned baud, char **why);

#endif
