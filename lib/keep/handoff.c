/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "keep/handoff.h"

#include <string.h>

#define GENERAL "heartbeat"
#define SOCKET_GROUP "socket "
#define CLIENT_GROUP "client "

static void
wipe_free(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	g_free(secret);
}

static void
socket_free(void *data)
{
	struct handoff_socket *s = data;

	g_free(s->medium);
	g_free(s);
}

static void
client_free(void *data)
{
	struct handoff_client *c = data;

	g_free(c->user);
	g_free(c->command);
	g_free(c);
}

struct handoff *
handoff_new(void)
{
	struct handoff *h = g_new0(struct handoff, 1);

	h->hints = g_array_new(FALSE, FALSE, sizeof(enum group_hint));
	h->sockets = g_ptr_array_new_with_free_func(socket_free);
	h->clients = g_ptr_array_new_with_free_func(client_free);
	h->pidfile = h->fifo_keeper = h->fifo_reading = h->record = h->fallback = -1;
	return h;
}

void
handoff_free(struct handoff *h)
{
	if (h == NULL)
		return;
	g_free(h->version);
	g_free(h->hacf);
	g_free(h->haresources);
	wipe_free(h->authkeys);
	g_free(h->node_name);
	g_array_unref(h->hints);
	g_ptr_array_unref(h->sockets);
	g_ptr_array_unref(h->clients);
	g_free(h);
}

void
handoff_add_socket(struct handoff *h, const char *medium, unsigned role, unsigned host, int fd)
{
	struct handoff_socket *s = g_new0(struct handoff_socket, 1);

	*s = (struct handoff_socket){g_strdup(medium), role, host, fd};
	g_ptr_array_add(h->sockets, s);
}

void
handoff_add_client(struct handoff *h, const struct handoff_client *client)
{
	struct handoff_client *c = g_new0(struct handoff_client, 1);

	*c = *client;
	c->user = g_strdup(client->user);
	c->command = g_strdup(client->command);
	g_ptr_array_add(h->clients, c);
}

/* --- writing ------------------------------------------------------------------------------ */

/* Texts may be in any encoding, or none. */
static void
set_bytes(GKeyFile *k, const char *group, const char *key, const char *text)
{
	g_autofree char *coded = NULL;

	if (text == NULL)
		return;
	coded = g_base64_encode((const unsigned char *)text, strlen(text));
	g_key_file_set_value(k, group, key, coded);
	explicit_bzero(coded, strlen(coded));
}

static void
write_socket(GKeyFile *k, unsigned index, const struct handoff_socket *s)
{
	g_autofree char *group = g_strdup_printf(SOCKET_GROUP "%u", index);

	set_bytes(k, group, "medium", s->medium);
	g_key_file_set_integer(k, group, "role", (int)s->role);
	g_key_file_set_integer(k, group, "host", (int)s->host);
	g_key_file_set_integer(k, group, "fd", s->fd);
}

static void
write_client(GKeyFile *k, unsigned index, const struct handoff_client *c)
{
	g_autofree char *group = g_strdup_printf(CLIENT_GROUP "%u", index);

	set_bytes(k, group, "user", c->user);
	set_bytes(k, group, "command", c->command);
	g_key_file_set_integer(k, group, "line", (int)c->line);
	g_key_file_set_integer(k, group, "pid", c->pid);
	g_key_file_set_integer(k, group, "out", c->out);
	g_key_file_set_integer(k, group, "err", c->err);
}

static void
write_hints(GKeyFile *k, const struct handoff *h)
{
	g_autofree int *numbers = g_new(int, h->hints->len + 1);

	for (guint i = 0; i < h->hints->len; i++)
		numbers[i] = (int)g_array_index(h->hints, enum group_hint, i);
	if (h->hints->len > 0)
		g_key_file_set_integer_list(k, GENERAL, "hints", numbers, h->hints->len);
}

GString *
handoff_write(const struct handoff *h)
{
	g_autoptr(GKeyFile) k = g_key_file_new();
	char *text;
	gsize len;
	GString *out;

	g_key_file_set_string(k, GENERAL, "version", h->version != NULL ? h->version : "");
	set_bytes(k, GENERAL, "hacf", h->hacf);
	set_bytes(k, GENERAL, "haresources", h->haresources);
	set_bytes(k, GENERAL, "authkeys", h->authkeys);
	set_bytes(k, GENERAL, "node", h->node_name);
	g_key_file_set_integer(k, GENERAL, "authkeys_mode", (int)h->authkeys_mode);
	g_key_file_set_boolean(k, GENERAL, "authkeys_owner_ok", h->authkeys_owner_ok);
	g_key_file_set_uint64(k, GENERAL, "generation", h->generation);
	g_key_file_set_integer(k, GENERAL, "talk", (int)h->talk);
	g_key_file_set_int64(k, GENERAL, "renewed_at_ns", h->renewed_at.ns);
	for (unsigned i = 0; i < HANDOFF_DEATHS; i++) {
		g_autofree char *key = g_strdup_printf("death_%u_ns", i);

		g_key_file_set_int64(k, GENERAL, key, h->deaths[i].ns);
	}
	g_key_file_set_integer(k, GENERAL, "pidfile", h->pidfile);
	g_key_file_set_integer(k, GENERAL, "fifo_keeper", h->fifo_keeper);
	g_key_file_set_integer(k, GENERAL, "fifo_reading", h->fifo_reading);
	g_key_file_set_integer(k, GENERAL, "record", h->record);
	g_key_file_set_integer(k, GENERAL, "record_kb", (int)h->record_kb);
	g_key_file_set_integer(k, GENERAL, "fallback", h->fallback);
	g_key_file_set_boolean(k, GENERAL, "foreground", h->foreground);
	g_key_file_set_boolean(k, GENERAL, "to_stderr", h->to_stderr);
	g_key_file_set_integer(k, GENERAL, "debug_more", (int)h->debug_more);
	write_hints(k, h);
	for (guint i = 0; i < h->sockets->len; i++)
		write_socket(k, i, g_ptr_array_index(h->sockets, i));
	for (guint i = 0; i < h->clients->len; i++)
		write_client(k, i, g_ptr_array_index(h->clients, i));
	text = g_key_file_to_data(k, &len, NULL);
	out = g_string_new_len(text, (gssize)len);
	wipe_free(text);
	return out;
}

void
handoff_text_free(GString *text)
{
	if (text == NULL)
		return;
	explicit_bzero(text->str, text->len);
	g_string_free(text, TRUE);
}

/* --- reading ------------------------------------------------------------------------------ */

/* NULL: it is not there, or nothing that can be a text. */
static char *
get_bytes(GKeyFile *k, const char *group, const char *key)
{
	char *coded = g_key_file_get_value(k, group, key, NULL);
	g_autofree unsigned char *bytes = NULL;
	char *text;
	gsize len;

	if (coded == NULL)
		return NULL;
	bytes = g_base64_decode(coded, &len);
	wipe_free(coded);
	text = g_strndup((const char *)bytes, len);
	explicit_bzero(bytes, len);
	return text;
}

static int
get_number(GKeyFile *k, const char *group, const char *key, int missing)
{
	g_autoptr(GError) error = NULL;
	const int number = g_key_file_get_integer(k, group, key, &error);

	return error == NULL ? number : missing;
}

static unsigned
get_count(GKeyFile *k, const char *group, const char *key)
{
	return (unsigned)MAX(get_number(k, group, key, 0), 0);
}

static struct moment
get_moment(GKeyFile *k, const char *key)
{
	return (struct moment){g_key_file_get_int64(k, GENERAL, key, NULL)};
}

static void
read_hints(GKeyFile *k, struct handoff *h)
{
	gsize count = 0;
	g_autofree int *numbers = g_key_file_get_integer_list(k, GENERAL, "hints", &count, NULL);

	for (gsize i = 0; i < count; i++) {
		const bool known = numbers[i] >= 0 && numbers[i] < HINT_COUNT;
		/* One of a later version: whatever it says, status says more. */
		const enum group_hint hint = known ? (enum group_hint)numbers[i] : HINT_PARTLY;

		g_array_append_val(h->hints, hint);
	}
}

static void
read_socket(GKeyFile *k, const char *group, struct handoff *h)
{
	g_autofree char *medium = get_bytes(k, group, "medium");
	const int fd = get_number(k, group, "fd", -1);

	if (medium != NULL && fd >= 0)
		handoff_add_socket(
		    h, medium, get_count(k, group, "role"), get_count(k, group, "host"), fd);
}

static void
read_client(GKeyFile *k, const char *group, struct handoff *h)
{
	g_autofree char *user = get_bytes(k, group, "user");
	g_autofree char *command = get_bytes(k, group, "command");
	const struct handoff_client client = {
	    .user = user,
	    .command = command,
	    .line = get_count(k, group, "line"),
	    .pid = get_number(k, group, "pid", 0),
	    .out = get_number(k, group, "out", -1),
	    .err = get_number(k, group, "err", -1),
	};

	if (user != NULL && command != NULL && client.pid > 1)
		handoff_add_client(h, &client);
}

static void
read_lists(GKeyFile *k, struct handoff *h)
{
	g_auto(GStrv) groups = g_key_file_get_groups(k, NULL);

	for (char **group = groups; *group != NULL; group++) {
		if (g_str_has_prefix(*group, SOCKET_GROUP))
			read_socket(k, *group, h);
		else if (g_str_has_prefix(*group, CLIENT_GROUP))
			read_client(k, *group, h);
	}
}

static void
read_general(GKeyFile *k, struct handoff *h)
{
	h->version = g_key_file_get_string(k, GENERAL, "version", NULL);
	h->hacf = get_bytes(k, GENERAL, "hacf");
	h->haresources = get_bytes(k, GENERAL, "haresources");
	h->authkeys = get_bytes(k, GENERAL, "authkeys");
	h->node_name = get_bytes(k, GENERAL, "node");
	h->authkeys_mode = get_count(k, GENERAL, "authkeys_mode");
	h->authkeys_owner_ok = g_key_file_get_boolean(k, GENERAL, "authkeys_owner_ok", NULL);
	h->generation = g_key_file_get_uint64(k, GENERAL, "generation", NULL);
	h->talk = get_count(k, GENERAL, "talk");
	if (h->talk >= TALK_MEMORY_COUNT)
		h->talk = 0;
	h->renewed_at = get_moment(k, "renewed_at_ns");
	for (unsigned i = 0; i < HANDOFF_DEATHS; i++) {
		g_autofree char *key = g_strdup_printf("death_%u_ns", i);

		h->deaths[i] = get_moment(k, key);
	}
	h->pidfile = get_number(k, GENERAL, "pidfile", -1);
	h->fifo_keeper = get_number(k, GENERAL, "fifo_keeper", -1);
	h->fifo_reading = get_number(k, GENERAL, "fifo_reading", -1);
	h->record = get_number(k, GENERAL, "record", -1);
	h->record_kb = get_count(k, GENERAL, "record_kb");
	h->fallback = get_number(k, GENERAL, "fallback", -1);
	h->foreground = g_key_file_get_boolean(k, GENERAL, "foreground", NULL);
	h->to_stderr = g_key_file_get_boolean(k, GENERAL, "to_stderr", NULL);
	h->debug_more = get_count(k, GENERAL, "debug_more");
}

/* What is missing that nothing can replace? */
static const char *
lacks(const struct handoff *h)
{
	if (h->hacf == NULL || h->haresources == NULL || h->authkeys == NULL)
		return "the configuration";
	if (h->node_name == NULL)
		return "the name of this node";
	if (h->generation == 0)
		return "the generation";
	if (h->pidfile < 0)
		return "the lock of the pid file";
	return NULL;
}

struct handoff *
handoff_read(const char *text, size_t len, char **why)
{
	g_autoptr(GKeyFile) k = g_key_file_new();
	g_autoptr(GError) error = NULL;
	struct handoff *h;
	const char *missing;

	*why = NULL;
	if (len > HANDOFF_MAX ||
	    !g_key_file_load_from_data(k, text, len, G_KEY_FILE_NONE, &error)) {
		*why = g_strdup_printf("what was handed over cannot be read: %s",
		    error != NULL ? error->message : "too long");
		return NULL;
	}
	h = handoff_new();
	read_general(k, h);
	read_hints(k, h);
	read_lists(k, h);
	missing = lacks(h);
	if (missing == NULL)
		return h;
	*why = g_strdup_printf("what was handed over lacks %s", missing);
	handoff_free(h);
	return NULL;
}

/* --- what becomes of it ------------------------------------------------------------------- */

static void
add_descriptor(GArray *all, int fd)
{
	if (fd >= 0)
		g_array_append_val(all, fd);
}

GArray *
handoff_descriptors(const struct handoff *h)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(int));

	add_descriptor(all, h->pidfile);
	add_descriptor(all, h->fifo_keeper);
	add_descriptor(all, h->fifo_reading);
	add_descriptor(all, h->record);
	add_descriptor(all, h->fallback);
	for (guint i = 0; i < h->sockets->len; i++) {
		const struct handoff_socket *s = g_ptr_array_index(h->sockets, i);

		add_descriptor(all, s->fd);
	}
	for (guint i = 0; i < h->clients->len; i++) {
		const struct handoff_client *c = g_ptr_array_index(h->clients, i);

		add_descriptor(all, c->out);
		add_descriptor(all, c->err);
	}
	return all;
}

void
handoff_doubt(struct handoff *h)
{
	for (guint i = 0; i < h->hints->len; i++)
		g_array_index(h->hints, enum group_hint, i) = HINT_PARTLY;
	/* A conversation that may have gone on since is not remembered rather than wrongly. */
	h->talk = 0;
}
