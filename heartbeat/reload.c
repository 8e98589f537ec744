/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reload.h"

#include "core/hints.h"
#include "preflight.h"

void
setup_clear(struct setup *s)
{
	sockets_free(s->sockets);
	conf_free(s->conf);
	files_free(s->files);
	*s = (struct setup){0};
}

bool
reload_groups_stay(const struct setup *now, const enum group_hint *hints,
    const struct conf *next, GPtrArray *faults)
{
	bool all = true;

	for (unsigned i = 0; i < now->conf->group_count; i++) {
		const struct conf_group *g = &now->conf->groups[i];

		if (hints_let_go(now->conf, hints, i, next))
			continue;
		files_fault(faults, now->files->haresources_path, g->line, true,
		    "group %s changed or vanished while it may run here: move it away first (hb_standby)",
		    g->key);
		all = false;
	}
	return all;
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
