/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reload.h"

#include <string.h>

#include "preflight.h"

void
setup_clear(struct setup *s)
{
	sockets_free(s->sockets);
	conf_free(s->conf);
	files_free(s->files);
	*s = (struct setup){0};
}

/* The group of c that is the same as that one of another configuration, or NULL. */
static const struct conf_group *
same_group(const struct conf *c, const struct conf_group *wanted, const struct conf *of)
{
	const int i = conf_group_index(c, wanted->key);

	if (i < 0 || strcmp(c->groups[i].text, wanted->text) != 0 ||
	    strcmp(c->nodes[c->groups[i].preferred], of->nodes[wanted->preferred]) != 0)
		return NULL;
	return &c->groups[i];
}

/* What runs here must be stopped as it was started: its line may not change meanwhile. */
bool
reload_groups_stay(const struct setup *now, const enum group_hint *hints,
    const struct conf *next, GPtrArray *faults)
{
	bool all = true;

	for (unsigned i = 0; i < now->conf->group_count; i++) {
		const struct conf_group *g = &now->conf->groups[i];

		if (!hint_may_run(hints[i]) || same_group(next, g, now->conf) != NULL)
			continue;
		files_fault(faults, now->files->haresources_path, g->line, true,
		    "group %s changed or vanished while it may run here: move it away first (hb_standby)",
		    g->key);
		all = false;
	}
	return all;
}

enum group_hint *
reload_hints(const struct conf *now, const enum group_hint *hints, const struct conf *next)
{
	enum group_hint *out = g_new0(enum group_hint, next->group_count + 1);

	for (unsigned i = 0; i < next->group_count; i++) {
		const int before = conf_group_index(now, next->groups[i].key);

		if (before >= 0 && same_group(now, &next->groups[i], next) != NULL)
			out[i] = hints[before];
		else
			out[i] = HINT_UNKNOWN;
	}
	return out;
}

enum reload_result
reload_read(const char *directory, const struct setup *now, const enum group_hint *hints,
    struct setup *next, GPtrArray *faults)
{
	*next = (struct setup){.files = files_read(directory, faults)};
	if (files_equal(next->files, now->files) && !files_faulty(faults)) {
		setup_clear(next);
		return RELOAD_UNCHANGED;
	}
	next->conf = preflight(next->files, faults);
	if (next->conf != NULL && reload_groups_stay(now, hints, next->conf, faults))
		next->sockets =
		    sockets_open(next->conf, next->files->hacf_path, now->sockets, faults);
	if (next->sockets != NULL && !files_faulty(faults))
		return RELOAD_READY;
	setup_clear(next);
	return RELOAD_REFUSED;
}
