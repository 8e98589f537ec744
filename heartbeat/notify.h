/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the service manager is told; nothing where there is none.
 */
#ifndef HB_NOTIFY_H
#define HB_NOTIFY_H

void notify_ready(void);
void notify_reloading(void);
void notify_stopping(void);
void notify_status(const char *text);

#endif
