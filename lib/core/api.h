/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clients on this machine: what they ask, what they may, what they are told unasked.
 *
 * Source: proto/request.h; doc/protocol.md "Clients".
 */
#ifndef HB_CORE_API_H
#define HB_CORE_API_H

#include "core/state.h"
#include "core/visit.h"

void api_init(struct core *c);
void api_clear(struct core *c);
/* clients: as core.clients. */
void api_visit(struct visit *v, GPtrArray *clients);

void api_client(struct core *c, const struct event_client *e);
void api_request(struct core *c, const struct event_request *e);

/* The names of the clients that have signed on here, in the order they came: borrowed strings. */
GPtrArray *api_names(const struct core *c);

void api_notice_node(struct core *c, const char *node, const char *status, const char *type);
void api_notice_link(struct core *c, const char *node, const char *link, bool up);
/* At the end of a step: tell subscribers if what this node holds has changed. */
void api_notice_resources(struct core *c);

#endif
