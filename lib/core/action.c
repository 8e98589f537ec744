/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/action.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"

/* Of a word of a hook, in the text of its action. */
#define HOOK_TEXT_MAX 200

struct actions {
	GPtrArray *list;	/* struct action * */
};

static const char *const type_names[] = {
    [ACTION_SEND] = "send",
    [ACTION_REPLY] = "reply",
    [ACTION_RUN] = "run",
    [ACTION_KILL] = "kill",
    [ACTION_CLIENT_START] = "client-start",
    [ACTION_ACTIVE] = "active",
    [ACTION_GROUP] = "group",
    [ACTION_REBOOT] = "reboot",
    [ACTION_EXIT] = "exit",
    [ACTION_RENEW] = "renew",
    [ACTION_TALK] = "talk",
    [ACTION_HOOK] = "hook",
};
static_assert(G_N_ELEMENTS(type_names) == ACTION_TYPE_COUNT, "a name for each type");

static const char *const op_names[] = {
    [OP_STATUS] = "status",
    [OP_START] = "start",
    [OP_STOP] = "stop",
    [OP_ANNOUNCE] = "announce",
    [OP_PROBE] = "probe",
};
static_assert(G_N_ELEMENTS(op_names) == OP_COUNT, "a name for each operation");

const char *
action_type_name(enum action_type type)
{
	assert(type < ACTION_TYPE_COUNT);
	return type_names[type];
}

const char *
resource_op_name(enum resource_op op)
{
	assert(op < OP_COUNT);
	return op_names[op];
}

static void
action_free(gpointer data)
{
	struct action *a = data;

	g_clear_pointer(&a->bytes, g_bytes_unref);
	g_free(a->reason);
	g_free(a);
}

struct actions *
actions_new(void)
{
	struct actions *a = g_new0(struct actions, 1);

	a->list = g_ptr_array_new_with_free_func(action_free);
	return a;
}

void
actions_free(struct actions *a)
{
	if (a == NULL)
		return;
	g_ptr_array_unref(a->list);
	g_free(a);
}

size_t
actions_count(const struct actions *a)
{
	return a->list->len;
}

const struct action *
actions_get(const struct actions *a, size_t i)
{
	assert(i < a->list->len);
	return g_ptr_array_index(a->list, i);
}

void
actions_clear(struct actions *a)
{
	g_ptr_array_set_size(a->list, 0);
}

struct action *
actions_add(struct actions *a, enum action_type type)
{
	struct action *action = g_new0(struct action, 1);

	action->type = type;
	g_ptr_array_add(a->list, action);
	return action;
}

/* "hook status st=dead src=beta", whatever stands in it. */
static char *
hook_text(const char *name, GBytes *bytes)
{
	gsize len;
	const char *at = g_bytes_get_data(bytes, &len);
	const char *const end = at + len;
	GString *text = g_string_new(name);

	for (unsigned i = 0; at < end; i++, at += strlen(at) + 1) {
		g_autofree char *word = text_escape(at, strlen(at), HOOK_TEXT_MAX);

		/* The type, then names and values in turn. */
		g_string_append_printf(text, "%s%s", i > 0 && i % 2 == 0 ? "=" : " ", word);
	}
	return g_string_free(text, FALSE);
}

char *
action_text(const struct action *a)
{
	const char *name = action_type_name(a->type);

	switch (a->type) {
	case ACTION_SEND:
		return g_strdup_printf(
		    "%s medium %u, %zu bytes", name, a->medium, g_bytes_get_size(a->bytes));
	case ACTION_REPLY:
		return g_strdup_printf("%s client %" PRIu32 ", %zu bytes", name, a->client,
		    g_bytes_get_size(a->bytes));
	case ACTION_RUN:
		return g_strdup_printf("%s %" PRIu64 " %s group %u resource %u", name, a->job,
		    resource_op_name(a->op), a->group, a->resource);
	case ACTION_KILL:
		return g_strdup_printf("%s %" PRIu64, name, a->job);
	case ACTION_CLIENT_START:
		return g_strdup_printf("%s %" PRIu64 " number %u", name, a->job, a->index);
	case ACTION_ACTIVE:
		return g_strdup(name);
	case ACTION_GROUP:
		return g_strdup_printf("%s %u hint %d", name, a->group, a->hint);
	case ACTION_REBOOT:
	case ACTION_EXIT:
		return g_strdup_printf("%s: %s", name, a->reason != NULL ? a->reason : "");
	case ACTION_RENEW:
		return g_strdup_printf("%s above %" PRIu64, name, a->generation);
	case ACTION_TALK:
		return g_strdup_printf("%s %u", name, a->talk);
	case ACTION_HOOK:
		return hook_text(name, a->bytes);
	case ACTION_TYPE_COUNT:
		break;
	}
	g_assert_not_reached();
}
