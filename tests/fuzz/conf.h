/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the three targets of the configuration have in common: whatever a file says, faults
 * are lines that can be shown, and what is accepted can be explained and worked with.
 */
#ifndef HB_TEST_FUZZ_CONF_H
#define HB_TEST_FUZZ_CONF_H

#include "cluster.h"

#define CONF_HACF \
	"logfacility none\nkeepalive 1\ndeadtime 10\nauto_failback on\nucast eth0 " \
	"10.0.0.2\n" \
	"node node1 node2\n"
#define CONF_HARESOURCES "node1 IPaddr::10.0.0.9 httpd\n"

static inline void
conf_judge_faults(const GPtrArray *faults, bool refused)
{
	bool error = false;

	for (unsigned i = 0; i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);
		g_autofree char *line = fault_text(f);

		error = error || f->is_error;
		for (const char *at = line; *at != '\0'; at++)
			CLAIM((unsigned char)*at >= ' ' && *at != 127);
	}
	CLAIM(error == refused);
}

static inline void
conf_judge(const struct conf *c)
{
	g_autofree char *text = conf_explain(c);

	CLAIM(text != NULL && c->self < c->node_count && c->node_count <= CONF_NODES_MAX);
	CLAIM(g_strv_length(c->nodes) == c->node_count && c->media_count <= CONF_MEDIA_MAX);
	CLAIM(c->keepalive.ns > 0 && c->deadtime.ns > 0 && c->initdead.ns > 0);
	CLAIM(c->keys.signing >= 0 && c->keys.signing <= AUTH_INDEX_MAX);
	CLAIM(c->keys.keys[c->keys.signing].method != AUTH_NONE);
	for (unsigned i = 0; i < c->group_count; i++) {
		const struct conf_group *g = &c->groups[i];

		CLAIM(g->preferred < c->node_count && g->order[0] == g->preferred);
		CLAIM(g->resource_count >= 1 && conf_group_index(c, g->id) >= 0);
		CLAIM(conf_group_index(c, g->key) >= 0);
		for (unsigned k = 0; k < c->node_count; k++)
			CLAIM(g->order[k] < c->node_count);
		for (unsigned k = 0; k < g->resource_count; k++)
			CLAIM(
			    g->resources[k].script != NULL && g->resources[k].args != NULL);
	}
	for (unsigned i = 0; i < c->media_count; i++)
		CLAIM(c->media[i].name != NULL && c->media[i].kind < MEDIUM_KIND_COUNT);
}

/* A core lives with it for a while. */
static inline void
conf_work(const struct conf *c)
{
	struct cluster k;

	cluster_begin(&k, c, 1, NULL);
	for (unsigned i = 0; i < 20; i++) {
		cluster_timer(&k, 0);
		cluster_child(&k, 0, AGENT_HEARTBEAT, CHILD_EXITED, 0, "stopped");
	}
	cluster_step(&k, (struct event){.type = EVENT_LEAVE});
	cluster_end(&k);
}

/* Which of the three the bytes are is said by the two that are given. */
static inline int
conf_try(const uint8_t *bytes, size_t len, const char *hacf, const char *haresources,
    const char *authkeys)
{
	g_autofree char *text = g_strndup((const char *)bytes, len);
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = conf_of("node1", hacf != NULL ? hacf : text,
	    haresources != NULL ? haresources : text, authkeys != NULL ? authkeys : text,
	    faults);

	conf_judge_faults(faults, c == NULL);
	if (c != NULL) {
		conf_judge(c);
		conf_work(c);
	}
	conf_free(c);
	return 0;
}

#endif
