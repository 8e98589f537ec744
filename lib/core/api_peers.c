/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/api_peers.h"

#include <string.h>

#include "base/text.h"
#include "core/api_state.h"
#include "core/send.h"

void
api_query(struct core *c, const struct node *from, const struct msg *m)
{
	const char *name = msg_get(m, "cn"), *asker = msg_get(m, "from_id");
	struct msg *answer;

	if (name == NULL || asker == NULL)
		return;
	answer = msg_new("respond-cstatus");
	msg_add(answer, "result", "OK");
	msg_add(answer, "cn", name);
	msg_add(answer, "to_id", asker);
	msg_add(answer, "cs", api_client_is_online(c, name) ? "online" : "offline");
	send_message(c, answer, from);
}

/* To whoever here asked: its number was the return address. */
static void
deliver_client_status(struct core *c, const struct node *from, const struct msg *m)
{
	const char *name = msg_get(m, "cn"), *status = msg_get(m, "cs");
	uint64_t id;

	if (name == NULL || status == NULL ||
	    !text_to_u64(msg_get(m, "to_id"), 1, UINT32_MAX, &id) ||
	    api_client_find(c, (uint32_t)id) == NULL)
		return;
	api_notice_client_status(
	    c, (uint32_t)id, from->name, name, strcmp(status, "online") == 0);
}

static void
notice_client(struct core *c, const char *node, const char *client, bool online)
{
	struct msg *m = api_notice_new("client");

	msg_add(m, "node", node);
	msg_add(m, "client", client);
	msg_add(m, "status", online ? "online" : "offline");
	api_notice(c, m);
}

void
api_deliver(struct core *c, const struct node *from, const struct msg *m)
{
	const char *to = msg_get(m, "to_id");
	bool clstat = strcmp(msg_type(m), "hbapi-clstat") == 0;

	if (to == NULL)
		return;
	if (clstat) {
		notice_client(c, from->name, to, g_strcmp0(msg_get(m, "st"), "join") == 0);
		return;
	}
	if (strcmp(msg_type(m), "respond-cstatus") == 0) {
		deliver_client_status(c, from, m);
		return;
	}
	for (unsigned i = 0; i < c->clients->len; i++) {
		const struct api_client *k = g_ptr_array_index(c->clients, i);

		if (g_strcmp0(k->name, to) != 0)
			continue;
		struct msg *out = api_notice_new("message");

		msg_add(out, "type", msg_type(m));
		msg_add(out, "from", from->name);
		for (size_t f = 0; f < msg_count(m); f++) {
			const struct field *field = msg_field(m, f);

			if (field->type != FIELD_STRING || api_field_is_ours(field->name) ||
			    strlen(field->name) + 2 > MSG_NAME_MAX)
				continue;
			g_autofree char *name = g_strconcat("x_", field->name, NULL);
			msg_add_bytes(out, name, FIELD_STRING, field->value, field->len);
		}
		api_send(c, k->id, out);
		msg_free(out);
	}
}
