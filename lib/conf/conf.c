/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/conf.h"

#include <string.h>

#include "conf/authkeys.h"
#include "conf/clients.h"
#include "conf/fault.h"
#include "conf/hacf.h"
#include "conf/haresources.h"
#include "conf/media.h"
#include "conf/values.h"
#include "conf/weak_key.h"

static const char *const medium_names[] = {
    [MEDIUM_UCAST] = "ucast",
    [MEDIUM_BCAST] = "bcast",
    [MEDIUM_MCAST] = "mcast",
    [MEDIUM_SERIAL] = "serial",
    [MEDIUM_PING] = "ping",
    [MEDIUM_PING_GROUP] = "ping_group",
};
G_STATIC_ASSERT(G_N_ELEMENTS(medium_names) == MEDIUM_KIND_COUNT);

const char *
medium_kind_name(enum medium_kind kind)
{
	return medium_names[kind];
}

const char *
auto_failback_name(enum auto_failback f)
{
	static const char *const names[] = {
	    [FAILBACK_LEGACY] = "legacy",
	    [FAILBACK_ON] = "on",
	    [FAILBACK_OFF] = "off",
	};

	return names[f];
}

static void
parse_hacf(struct conf *c, const struct conf_text *text, const struct report *report)
{
	if (text->hacf != NULL) {
		hacf_parse(c, text->hacf, text->node_name, report);
		return;
	}
	report_error(report, 0,
	    "the file is missing: 'hbctl setup' makes all three for two nodes; or copy the "
	    "commented sample of the documentation there and change it to suit");
}

static void
parse_haresources(struct conf *c, const struct conf_text *text, const struct report *report)
{
	if (text->haresources != NULL) {
		haresources_parse(c, text->haresources, report);
		return;
	}
	report_error(report, 0,
	    "the file is missing: write a line 'NODE RESOURCE ...' for each group, or make "
	    "an empty "
	    "file if there are none");
}

static void
parse_authkeys(struct conf *c, const struct conf_text *text, const struct report *report)
{
	if (text->authkeys != NULL) {
		authkeys_check_file(text->authkeys_mode, text->authkeys_owner_ok, report);
		authkeys_parse(&c->keys, text->authkeys, weak_key_network(c), report);
		return;
	}
	report_error(report, 0,
	    "the file is missing: write two lines, 'auth 1' and '1 sha1 SECRET' with the "
	    "same "
	    "secret on all nodes, then run 'chmod 600 %s'",
	    report->file);
}

static int
compare_faults(gconstpointer a, gconstpointer b)
{
	const struct fault *x = *(const struct fault *const *)a;
	const struct fault *y = *(const struct fault *const *)b;

	return (x->line > y->line) - (x->line < y->line);
}

/* Move the faults of one file, by line, to the caller's. Returns whether one is an error.
 */
static bool
deliver_faults(GPtrArray *from, GPtrArray *to)
{
	bool error = false;

	g_ptr_array_sort(from, compare_faults);
	while (from->len > 0) {
		struct fault *f = g_ptr_array_steal_index(from, 0);

		error |= f->is_error;
		g_ptr_array_add(to, f);
	}
	return error;
}

/* A file that is there and cannot be read: whoever tried has said so. */
static bool
is_unreadable(const GPtrArray *faults, const char *path)
{
	for (guint i = 0; i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);

		if (f->is_error && f->line == 0 && strcmp(f->file, path) == 0)
			return true;
	}
	return false;
}

struct conf *
conf_parse_partly(const struct conf_text *text, GPtrArray *faults, bool *usable)
{
	static const struct {
		void (*parse)(
		    struct conf *, const struct conf_text *, const struct report *);
		size_t path;
	} files[] = {
	    {parse_hacf, G_STRUCT_OFFSET(struct conf_text, hacf_path)},
	    {parse_haresources, G_STRUCT_OFFSET(struct conf_text, haresources_path)},
	    {parse_authkeys, G_STRUCT_OFFSET(struct conf_text, authkeys_path)},
	};
	struct conf *c = g_new0(struct conf, 1);
	g_autoptr(GPtrArray) found = conf_faults_new();
	bool error = false;

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		const char *path = G_STRUCT_MEMBER(const char *, text, files[i].path);
		struct report report = {.faults = found, .file = path};

		if (is_unreadable(faults, path)) {
			error = true;
			continue;
		}
		files[i].parse(c, text, &report);
		error |= deliver_faults(found, faults);
	}
	*usable = !error;
	return c;
}

struct conf *
conf_parse(const struct conf_text *text, GPtrArray *faults)
{
	bool usable;
	struct conf *c = conf_parse_partly(text, faults, &usable);

	if (usable)
		return c;
	conf_free(c);
	return NULL;
}

void
conf_free(struct conf *c)
{
	if (c == NULL)
		return;
	for (unsigned i = 0; i < c->media_count; i++)
		conf_medium_clear(&c->media[i]);
	for (unsigned i = 0; i < c->group_count; i++)
		conf_group_clear(&c->groups[i]);
	for (unsigned i = 0; i < c->client_count; i++)
		conf_client_clear(&c->clients[i]);
	for (unsigned i = 0; i < c->apiauth_count; i++)
		conf_apiauth_clear(&c->apiauth[i]);
	g_free(c->media);
	g_free(c->groups);
	g_free(c->clients);
	g_free(c->apiauth);
	conf_values_clear(c);
	g_strfreev(c->nodes);
	g_strfreev(c->parameters);
	g_strfreev(c->environment);
	keyring_clear(&c->keys);
	g_free(c->logfile);
	g_free(c->debugfile);
	g_free(c->logfacility);
	g_free(c->coreroot);
	g_free(c->watchdog);
	g_free(c->cluster);
	g_free(c->digest);
	g_free(c);
}

int
conf_node_index(const struct conf *c, const char *name)
{
	for (unsigned i = 0; i < c->node_count; i++)
		if (g_ascii_strcasecmp(c->nodes[i], name) == 0)
			return (int)i;
	return -1;
}

int
conf_group_index(const struct conf *c, const char *key_or_id)
{
	for (unsigned i = 0; i < c->group_count; i++)
		if (strcmp(c->groups[i].key, key_or_id) == 0)
			return (int)i;
	for (unsigned i = 0; i < c->group_count; i++)
		if (strcmp(c->groups[i].id, key_or_id) == 0)
			return (int)i;
	return -1;
}

const char *
conf_parameter(const struct conf *c, const char *name)
{
	for (unsigned i = 0; c->parameters[i] != NULL; i += 2)
		if (strcmp(c->parameters[i], name) == 0)
			return c->parameters[i + 1];
	return NULL;
}
