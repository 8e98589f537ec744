/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What api.c and api_peers.c share: a client, and how it is told something.
 */
#ifndef HB_CORE_API_STATE_H
#define HB_CORE_API_STATE_H

#include "core/state.h"

struct api_client {
	uint32_t id;
	char *user;
	char *uid, *gid;	/* as text, to compare with apiauth */
	char **groups;
	char *name;	/* given at signon; NULL before */
	uint64_t generation;	/* how many had signed on before it */
	bool subscribed;
};

/* NULL: none. */
struct api_client *api_client_find(struct core *c, uint32_t id);
/* One of that name has signed on here. */
bool api_client_is_online(const struct core *c, const char *name);

void api_send(struct core *c, uint32_t id, const struct msg *m);
/* Owns: the caller's. */
struct msg *api_notice_new(const char *what);
/* The answer to a question of one client, for it alone. */
void api_notice_client_status(
    struct core *c, uint32_t id, const char *node, const char *client, bool online);
/* To all who subscribed. Owns: takes m. */
void api_notice(struct core *c, struct msg *m);

/* A field of the daemon: a client neither sets nor sees it. */
bool api_field_is_ours(const char *name);

#endif
