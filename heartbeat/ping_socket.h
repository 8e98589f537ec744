/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef HB_PING_SOCKET_H
#define HB_PING_SOCKET_H

/*
 * A raw ICMP socket that hears nothing but echo replies, with receive timestamps, and never
 * waits.
 *
 * Errors: -1 and errno.
 */
int ping_socket(int family);

#endif
