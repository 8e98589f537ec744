/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Talk to the Heartbeat that runs on this machine: ask for its state, ask for a move, be told
 * what changes, exchange messages with the same program on the other nodes.
 *
 * Every call that waits does so for 5 seconds at most (hb_set_timeout). Functions that return
 * int return 0, or a negative errno:
 *
 *   -ENOENT, -ECONNREFUSED  Heartbeat does not run here
 *   -EACCES                 this user may not connect
 *   -EPERM                  somebody else listens under Heartbeat's name; nothing was sent to him
 *   -ETIMEDOUT              no answer in time; connect anew, later calls say -ENOTCONN
 *   -ENOTCONN               Heartbeat has ended meanwhile
 *   -ECANCELED              Heartbeat refused; hb_text() says why
 *   -EPROTO, -EMSGSIZE      the answer, or the request, is none
 *
 * A connection is used by one thread at a time. doc/protocol.md "Clients" lists what is said.
 */
#ifndef HB_CLIENT_H
#define HB_CLIENT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct hb_client;

/* Connect. On error *out is NULL. */
int hb_connect(struct hb_client **out);
/* Connect, waiting at most that long. */
int hb_connect_within(struct hb_client **out, int timeout_ms);
void hb_disconnect(struct hb_client *c);

/* How long each later call may wait. Range: 1 ms and more. */
void hb_set_timeout(struct hb_client *c, int timeout_ms);

/* The sentence that came with the latest answer, or "". Valid until the next call. */
const char *hb_text(const struct hb_client *c);

/* What an error number of these functions means, as a sentence: never NULL. */
const char *hb_strerror(int error);

/* The whole state as JSON. *json is to be freed with free(). */
int hb_status(struct hb_client *c, char **json);

/* Give a set of groups away, or ask for it: "all" "local" "foreign" "failback". */
int hb_standby(struct hb_client *c, const char *set);
int hb_takeover(struct hb_client *c, const char *set);

/* Try a failed group again; NULL: all of them. */
int hb_retry(struct hb_client *c, const char *group);

/*
 * A piece of the daemon's flight record, from byte `from` on; it is in *bytes until the next call.
 * *size: of the whole record by now. Only root may have it. See hbctl(8).
 *
 * -ECANCELED behind the first piece: what was read already has given way to newer things; begin
 * with byte 0 again.
 */
int hb_record(
    struct hb_client *c, uint64_t from, const void **bytes, size_t *len, uint64_t *size);

/*
 * Is a client of that name signed on at that node? Waits for the node's answer at most timeout_ms.
 * Notices that come meanwhile are lost: ask before hb_subscribe(), or on a connection of its own.
 *
 * Returns: 1 it is, 0 it is not, -ETIMEDOUT the node did not say, or another negative errno.
 */
int hb_client_status(
    struct hb_client *c, const char *node, const char *client, int timeout_ms);

/* Be known under a name, which apiauth in ha.cf must allow for this user. */
int hb_signon(struct hb_client *c, const char *name);

/* Be told of changes from now on; see hb_notice(). */
int hb_subscribe(struct hb_client *c);

/*
 * Send a message to the programs of the same name (hb_signon) on another node, or on all
 * others if dest is NULL. fields: name, value, name, value, ..., NULL; may be NULL.
 */
int hb_message(
    struct hb_client *c, const char *dest, const char *type, const char *const *fields);

/* Readable (poll) when a notice has come. Read notices until there is none before waiting. */
int hb_fd(const struct hb_client *c);

/*
 * Take the next notice. timeout_ms 0: do not wait.
 *
 * Returns: 1 there is one, 0 there is none, or a negative errno.
 */
int hb_notice(struct hb_client *c, int timeout_ms);

/*
 * A field of the latest notice, or NULL: "what" is "node", "link", "resources", "message" or
 * "client"; the others depend on it. Fields of messages bear the names they were sent with.
 * Valid until the next hb_notice().
 */
const char *hb_notice_get(const struct hb_client *c, const char *name);

#ifdef __cplusplus
}
#endif

#endif
