/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include <unistd.h>

#include "address.h"
#include "conf/fault.h"
#include "conf/old_script.h"
#include "script_owner.h"
#include "script_search.h"

/* The administrator's script stands where ours would be: said once for each name. */
static void
check_owner(const struct script_search *where, const struct conf_resource *r,
    const struct report *report, unsigned line, GHashTable *said)
{
	g_autofree char *path = g_build_filename(where->script_dirs[0], r->script, NULL);
	g_autofree char *ours = g_build_filename(where->script_dirs[1], r->script, NULL);
	g_autofree char *text = NULL;

	/* Ours need not be there yet: the files are checked before an upgrade. */
	if (!old_script_named(r->script) || access(path, X_OK) < 0 ||
	    script_owner(path, r->script, ours) != SCRIPT_OWNER_ADMIN ||
	    !g_hash_table_add(said, g_strdup(r->script)))
		return;
	/* Every script of Heartbeat up to 3.0.6 names linux-ha.org. */
	const bool old = g_file_get_contents(path, &text, NULL, NULL) &&
			 strstr(text, "linux-ha") != NULL;

	report_hint(report, line,
	    "%s is used and not Heartbeat's own %s, because %s; for Heartbeat's own: mv %s /root/",
	    path, r->script,
	    old ? "it was changed since an old release of Heartbeat brought it, or is of a "
		  "release that is not known here"
		: "somebody wrote it", path);
}

/* The OCF agent that a script calls if it is a wrapper of 3.0.6 or older, or was made of one; NULL
 * if it is none. Owns: the caller's (g_free). */
static char *
wrapped_agent(const struct script_search *where, const char *path)
{
	g_autoptr(GRegex) source = g_regex_new("^[ \\t]*\\.[ \\t]+\\S*/hto-mapfuncs\\b",
	    G_REGEX_RAW | G_REGEX_MULTILINE, 0, NULL);
	g_autoptr(GRegex) type = g_regex_new("^[ \\t]*OCF_TYPE=\"?([\\w-]+)",
	    G_REGEX_RAW | G_REGEX_MULTILINE, 0, NULL);
	g_autoptr(GMatchInfo) found = NULL;
	g_autofree char *text = NULL, *name = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL) ||
	    !g_regex_match(source, text, 0, NULL) || !g_regex_match(type, text, 0, &found))
		return NULL;
	name = g_match_info_fetch(found, 1);
	return g_build_filename(where->ocf_root, "resource.d", "heartbeat", name, NULL);
}

/* Without that agent it fails, also to stop: that is a restart of the machine. Returns whether it
 * is there. */
static bool
check_wrapper(const struct script_search *where, const struct conf_resource *r,
    const struct script_call *call, const struct report *report, unsigned line)
{
	g_autofree char *agent =
	    call->agent == AGENT_HEARTBEAT ? wrapped_agent(where, call->argv[0]) : NULL;

	if (agent == NULL || access(agent, X_OK) == 0)
		return true;
	report_error(report, line, "%s calls %s, which is not there: %s", call->argv[0], agent,
	    old_script_named(r->script)
		? "move it away, and Heartbeat's own is used"
		: "install the package resource-agents, or name what is there");
	return false;
}

void
script_search_check(const struct script_search *where, const struct conf *c,
    const char *haresources_path, GPtrArray *faults)
{
	const struct report report = {faults, haresources_path};
	g_autoptr(GHashTable) said =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	script_owner_renew();
	for (unsigned g = 0; g < c->group_count; g++) {
		const struct conf_group *group = &c->groups[g];
		for (unsigned i = 0; i < group->resource_count; i++) {
			const struct conf_resource *r = &group->resources[i];
			struct script_call call;
			g_autofree char *why = NULL;
			if (script_search(where, c, r, OP_START, &call, &why) < 0 ||
			    (call.agent == AGENT_NATIVE &&
				!address_check(r->script, r->args, &why))) {
				report_error(&report, group->line, "%s", why);
				script_call_clear(&call);
				continue;
			}
			if ((r->kind == RESOURCE_SCRIPT || r->kind == RESOURCE_ADDRESS) &&
			    check_wrapper(where, r, &call, &report, group->line))
				check_owner(where, r, &report, group->line, said);
			if (call.by_alias)
				report_hint(&report, group->line, "%s is carried out by %s",
				    r->text, call.found);
			script_call_clear(&call);
		}
	}
}
