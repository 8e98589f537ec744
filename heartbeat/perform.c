/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "perform.h"

#include <string.h>

bool
perform_record(const struct action *a, struct channel_record *out)
{
	struct channel_record r = {0};

	switch (a->type) {
	case ACTION_RUN:
		r.type = CHANNEL_RUN;
		r.job = a->job;
		r.op = a->op;
		r.group = a->group;
		r.resource = a->resource;
		r.timeout_ms = a->timeout.ns > 0 ? (uint64_t)span_ms(a->timeout) : 0;
		break;
	case ACTION_KILL:
		r.type = CHANNEL_KILL;
		r.job = a->job;
		break;
	case ACTION_CLIENT_START:
		r.type = CHANNEL_CLIENT_START;
		r.job = a->job;
		r.number = a->index;
		break;
	case ACTION_ACTIVE:
		r.type = CHANNEL_ACTIVE;
		break;
	case ACTION_GROUP:
		r.type = CHANNEL_GROUP;
		r.group = a->group;
		r.number = (uint32_t)a->hint;
		break;
	case ACTION_TALK:
		r.type = CHANNEL_TALK;
		r.number = a->talk;
		break;
	case ACTION_REBOOT:
		r.type = CHANNEL_REBOOT;
		break;
	case ACTION_EXIT:
		r.type = CHANNEL_EXIT;
		break;
	case ACTION_RENEW:
		r.type = CHANNEL_RENEW;
		r.job = a->generation;
		break;
	case ACTION_HOOK:
		r.type = CHANNEL_HOOK;
		break;
	case ACTION_SEND:
	case ACTION_REPLY:
	case ACTION_TYPE_COUNT:
		return false;
	}
	*out = r;
	return true;
}

static void
ask_master(struct performer *p, const struct action *a)
{
	struct channel_record r;
	const void *tail = a->reason != NULL ? a->reason : "";
	gsize len = strlen(tail);

	if (p->orphaned || !perform_record(a, &r))
		return;
	if (a->type == ACTION_HOOK) {
		tail = g_bytes_get_data(a->bytes, &len);
		/* A peer that makes many of them must not keep a stop from getting through. */
		if (!channel_queue_has_room(p->master))
			return;
	}

	int result = channel_queue_send(p->master, &r, tail, len);
	if (result != 0 && p->master_error == 0)
		p->master_error = result;
}

static void
perform_one(struct performer *p, const struct action *a, struct moment now)
{
	gsize len;
	const void *bytes;

	switch (a->type) {
	case ACTION_SEND:
		bytes = g_bytes_get_data(a->bytes, &len);
		media_send(p->media, a->medium, bytes, len, now);
		break;
	case ACTION_REPLY:
		bytes = g_bytes_get_data(a->bytes, &len);
		if (p->control != NULL)
			control_reply(p->control, a->client, bytes, len);
		break;
	case ACTION_EXIT:
		p->ended = true;
		ask_master(p, a);
		break;
	case ACTION_RUN:
	case ACTION_KILL:
	case ACTION_CLIENT_START:
	case ACTION_ACTIVE:
	case ACTION_GROUP:
	case ACTION_REBOOT:
	case ACTION_RENEW:
	case ACTION_TALK:
	case ACTION_HOOK:
	case ACTION_TYPE_COUNT:
		ask_master(p, a);
		break;
	}
}

void
perform(struct performer *p, const struct actions *actions, struct moment now)
{
	for (size_t i = 0; i < actions_count(actions); i++)
		perform_one(p, actions_get(actions, i), now);
}
