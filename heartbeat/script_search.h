/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where script.c looks. Production code uses the directories this program was built for
 * (script_resolve, script_check); tests name directories of their own.
 */
#ifndef HB_SCRIPT_SEARCH_H
#define HB_SCRIPT_SEARCH_H

#include "script.h"

struct script_search {
	const char *const *script_dirs; /* resource.d, our agents, init.d: in this order */
	const char *const *unit_dirs;	/* of systemd, in its order */
	const char *const *systemctl;	/* paths to try */
	const char *ocf_root;
	const char *instance_dir; /* OCF::type::instance: INSTANCE_DIR/type/instance */
};

/* script_resolve() in the directories given. */
int script_search(const struct script_search *where, const struct conf *c,
    const struct conf_resource *r, enum resource_op op, struct script_call *out,
    char **why);

/* script_check() in the directories given. */
void script_search_check(const struct script_search *where, const struct conf *c,
    const char *haresources_path, GPtrArray *faults);

#endif
