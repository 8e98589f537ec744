/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Client requests and replies: messages (msg.h) in netstring form without a trailer, over
 * libqb IPC. Listed in doc/protocol.md "Clients".
 *
 *   request t=        fields                          reply t=reply
 *   signon            name=ipfail                     result=ok | error text=...
 *   status                                            result=ok json=<core/report.h>
 *   standby           set=all|local|foreign|failback  result, text
 *   takeover          set=all|local|foreign|failback  result, text
 *   retry             [group=KEY]                     result, text
 *   clientstatus      node= client=                   result; then one notice
 *   subscribe                                         result; then t=notice messages follow
 *   record            from=PLACE                      size=, record= bytes from there on, as many
 *                                                     as one reply holds; for root
 *   message           type= [dest=] x_NAME=value...   result; sent to the clients of the same
 *                                                     name (signon) on the other node(s)
 *   notices, unasked: t=notice what=node node= status= type=normal|ping
 *                     t=notice what=link node= link= status=up|dead
 *                     t=notice what=resources holds=none|local|foreign|all settled=yes|no
 *                     t=notice what=message type= from=NODE x_NAME=value...
 *                     t=notice what=client node= client= status=online|offline
 *                     t=notice what=clientstatus node= client= status=online|offline
 *
 * Reading (status) is for everybody; moving needs root, hacluster or group haclient;
 * signon with a name needs what apiauth says for it.
 */
#ifndef HB_PROTO_REQUEST_H
#define HB_PROTO_REQUEST_H

#include <glib.h>

#include "proto/msg.h"

#define REQUEST_MAX 65536
/* The largest reply; the size of libqb's buffers. */
#define REPLY_MAX (512 * 1024)
/* Name of the libqb IPC service. */
#define REQUEST_SERVICE "heartbeat"

/* Errors: NULL if the bytes are no message. Owns: the caller's. */
struct msg *request_decode(const void *bytes, size_t len);
GByteArray *request_encode(const struct msg *m);

#endif
