/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/cluster.h"

#include <string.h>

/* A line without those of a directive; comments and line ends stay as they are. */
static char *
without(const char *hacf, const char *directive)
{
	GString *out = g_string_new(NULL);
	const size_t len = strlen(directive);

	for (const char *line = hacf; *line != '\0';) {
		const size_t all = strcspn(line, "\r\n");
		const size_t end = all + strspn(line + all, "\r\n");
		const char *word = line + strspn(line, " \t\f");

		if (g_ascii_strncasecmp(word, directive, len) != 0 ||
		    strchr(" \t\f\r\n", word[len]) == NULL)
			g_string_append_len(out, line, (gssize)end);
		line += end;
	}
	return g_string_free(out, FALSE);
}

/*
 * Of the ucast lines of an interface the first alone: in the simulated world each line reaches all
 * nodes, so that the others would only send everything once more.
 */
static char *
without_repeats(const char *hacf)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GString *out = g_string_new(NULL);

	for (const char *line = hacf; *line != '\0';) {
		const size_t all = strcspn(line, "\r\n");
		const size_t end = all + strspn(line + all, "\r\n");
		const char *word = line + strspn(line, " \t\f");
		const char *rest = word + strcspn(word, " \t\f\r\n");
		const char *device = rest + strspn(rest, " \t\f");
		char *name = g_strndup(device, strcspn(device, " \t\f\r\n"));

		if (g_ascii_strncasecmp(word, "ucast", strlen("ucast")) != 0)
			g_free(name);
		else if (!g_hash_table_add(seen, name))
			word = NULL;
		if (word != NULL)
			g_string_append_len(out, line, (gssize)end);
		line += end;
	}
	return g_string_free(out, FALSE);
}

/* The text as a node has it that the file knows. Owns: *name is the caller's. */
static struct conf_text
text_for_any(const struct conf_text *text, char **name)
{
	struct conf_text any = *text;

	*name = NULL;
	if (any.authkeys == NULL) {
		any.authkeys = "auth 1\n1 sha1 simulated\n";
		any.authkeys_mode = 0600;
		any.authkeys_owner_ok = true;
	}
	if (any.node_name == NULL) {
		g_autoptr(GPtrArray) ignored = conf_faults_new();
		bool usable;

		any.node_name = "";
		struct conf *c = conf_parse_partly(&any, ignored, &usable);

		*name = g_strdup(c->node_count > 0 ? c->nodes[0] : "localhost");
		any.node_name = *name;
		conf_free(c);
	}
	return any;
}

struct cluster *
cluster_new(const struct conf_text *text, struct span takes, GPtrArray *faults)
{
	g_autofree char *name = NULL;
	const struct conf_text any = text_for_any(text, &name);
	struct conf *conf = conf_parse(&any, faults);

	if (conf == NULL)
		return NULL;
	struct cluster *c = g_new0(struct cluster, 1);

	c->conf = conf;
	g_autofree char *nameless = without(text->hacf, "node");
	c->hacf = without_repeats(nameless);
	c->haresources = g_strdup(text->haresources != NULL ? text->haresources : "");
	c->takes = takes;
	return c;
}

void
cluster_free(struct cluster *c)
{
	if (c == NULL)
		return;
	conf_free(c->conf);
	g_free(c->hacf);
	g_free(c->haresources);
	g_free(c);
}

struct cluster *
cluster_changed(const struct cluster *c, const char *directive, const char *value)
{
	g_autoptr(GPtrArray) ignored = conf_faults_new();
	g_autofree char *rest = without(c->hacf, directive);
	g_autofree char *names = g_strjoinv(" ", c->conf->nodes);
	g_autofree char *hacf =
	    g_strdup_printf("%s\n%s %s\nnode %s\n", rest, directive, value, names);
	const struct conf_text text = {
	    .hacf_path = "ha.cf",
	    .hacf = hacf,
	    .haresources_path = "haresources",
	    .haresources = c->haresources,
	    .authkeys_path = "authkeys",
	};

	return cluster_new(&text, c->takes, ignored);
}

bool
cluster_has_ipfail(const struct cluster *c)
{
	for (unsigned i = 0; i < c->conf->client_count; i++) {
		const char *command = c->conf->clients[i].command;
		g_autofree char *program = g_strndup(command, strcspn(command, " \t"));
		g_autofree char *name = g_path_get_basename(program);

		if (strcmp(name, "ipfail") == 0)
			return true;
	}
	return false;
}

static GPtrArray *
media_names(const struct cluster *c, bool ping)
{
	GPtrArray *names = g_ptr_array_new();

	for (unsigned i = 0; i < c->conf->media_count; i++) {
		const struct conf_medium *m = &c->conf->media[i];

		if (medium_is_ping(m->kind) == ping &&
		    !g_ptr_array_find_with_equal_func(names, m->name, g_str_equal, NULL))
			g_ptr_array_add(names, m->name);
	}
	return names;
}

GPtrArray *
cluster_links(const struct cluster *c)
{
	return media_names(c, false);
}

GPtrArray *
cluster_pings(const struct cluster *c)
{
	return media_names(c, true);
}

/* Up to the last dot: are both IPv4 addresses of one /24? */
static bool
same_network(const char *a, const char *b)
{
	const char *dot = strrchr(a, '.');
	const size_t len = dot != NULL ? (size_t)(dot - a) + 1 : 0;

	return len > 0 && strspn(a, "0123456789.") == strlen(a) &&
	       strncmp(a, b, len) == 0 && strspn(b, "0123456789.") == strlen(b);
}

static bool
medium_shares_network(const struct conf_medium *m, const struct conf_medium *ping)
{
	for (char **h = m->hosts; m->kind == MEDIUM_UCAST && h != NULL && *h != NULL; h++) {
		for (char **p = ping->hosts; p != NULL && *p != NULL; p++) {
			if (same_network(*h, *p))
				return true;
		}
	}
	return false;
}

bool
cluster_ping_is_on(const struct cluster *c, const char *ping, const char *link)
{
	const struct conf_medium *target = NULL;
	bool shared = false, other = false, serial = false;

	for (unsigned i = 0; i < c->conf->media_count; i++) {
		const struct conf_medium *m = &c->conf->media[i];

		if (medium_is_ping(m->kind) && strcmp(m->name, ping) == 0)
			target = m;
	}
	for (unsigned i = 0; target != NULL && i < c->conf->media_count; i++) {
		const struct conf_medium *m = &c->conf->media[i];

		if (medium_is_ping(m->kind))
			continue;
		if (strcmp(m->name, link) == 0) {
			serial |= m->kind == MEDIUM_SERIAL;
			shared |= medium_shares_network(m, target);
		} else {
			other |= m->kind != MEDIUM_SERIAL;
		}
	}
	return target != NULL && !serial && (shared || !other);
}
