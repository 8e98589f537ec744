/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One function a struct of state.h, in its order; modules that keep their structs to themselves
 * have theirs. What a new field needs is a line here: see visit.h.
 */
#include "core/checkpoint.h"

#include <limits.h>

#include "core/api.h"
#include "core/group.h"
#include "core/standby.h"
#include "core/state.h"
#include "core/visit.h"

static void
dialect_visit(struct visit *v, struct dialect *d, const struct conf *conf)
{
	VISIT(v, d->spoken);
	VISIT(v, d->died);
	VISIT(v, d->began);
	VISIT(v, d->told);
	VISIT_UPTO(v, d->holds, SIDE_BOTH);
	VISIT(v, d->holds_seq);
	VISIT(v, d->stable);
	VISIT(v, d->leaving);
	VISIT_UPTO(v, d->away, SIDE_BOTH);
	VISIT_UPTO(v, d->ghost, SIDE_BOTH);
	for (unsigned i = 0; i < conf->group_count; i++) {
		VISIT(v, d->pushed[i]);
		VISIT_UPTO(v, d->legacy[i], LEGACY_UNSAID);
	}

	VISIT_UPTO(v, d->talk, TALK_TAKEN);
	VISIT_UPTO(v, d->talk_sides, SIDE_BOTH);
	VISIT(v, d->talk_seq);
	VISIT_UPTO(v, d->talk_held, SIDE_BOTH);
	VISIT(v, d->talk_goes_on);
	VISIT(v, d->talk_until);

	VISIT(v, d->greeted);
	VISIT(v, d->greet_at);
	VISIT(v, d->answer);
	VISIT(v, d->look);
	VISIT(v, d->takes_over_until);
	VISIT(v, d->took_over_seq);
	VISIT(v, d->said);
	VISIT_UPTO(v, d->said_holds, SIDE_BOTH);
	VISIT(v, d->said_stable);
	VISIT(v, d->said_leaving);
	VISIT(v, d->repeat_at);
}

static void
path_visit(struct visit *v, struct path *p)
{
	VISIT(v, p->up);
	VISIT(v, p->heard);
}

static void
node_visit(struct visit *v, struct node *n, const struct core *c)
{
	NOT_VISITED(n->index);
	NOT_VISITED(n->name);
	VISIT_UPTO(v, n->status, NODE_STATUS_COUNT - 1);
	VISIT(v, n->why);
	VISIT(v, n->since);

	VISIT(v, n->heard);
	VISIT(v, n->left);
	VISIT(v, n->generation);
	VISIT(v, n->status_seq);
	VISIT(v, n->heard_at);
	VISIT(v, n->heard_first);
	VISIT(v, n->dead_after);
	VISIT(v, n->credit);
	VISIT_UPTO(v, n->false_deaths, FALSE_DEATHS_MAX);
	VISIT(v, n->false_at);
	inbox_visit(v, &n->inbox);
	VISIT(v, n->acknowledged);
	for (unsigned i = 0; i < c->links->len; i++)
		path_visit(v, &n->paths[i]);

	VISIT(v, n->has_uuid);
	visit_bytes(v, n->uuid, sizeof(n->uuid));
	facts_visit(v, &n->facts, c->conf);
	dialect_visit(v, &n->dialect, c->conf);
	VISIT(v, n->digest_told);
	VISIT(v, n->orphan_told);
	VISIT(v, n->offer_told);
	VISIT(v, n->past_told);
	VISIT(v, n->takeover);
	VISIT(v, n->late);
}

static void
ping_visit(struct visit *v, struct ping *p)
{
	NOT_VISITED(p->medium);
	NOT_VISITED(p->name);
	VISIT(v, p->ever);
	VISIT_UPTO(v, p->status, NODE_STATUS_COUNT - 1);
	VISIT(v, p->heard_at);
	VISIT(v, p->since);
}

static void
stranger_visit(struct visit *v, struct stranger *s)
{
	VISIT(v, s->mac);
	VISIT(v, s->interface);
	VISIT(v, s->heard);
	VISIT(v, s->sure);
	VISIT(v, s->said);
	visit_expect(v, (s->mac != NULL) == (s->interface != NULL));
}

static void
resource_visit(struct visit *v, struct resource *r)
{
	VISIT_UPTO(v, r->state, RESOURCE_STATE_COUNT - 1);
	VISIT(v, r->touched);
	VISIT(v, r->yielding);

	VISIT_UPTO(v, r->place, ADDRESS_STATE_COUNT - 1);
	VISIT(v, r->place_why);
	VISIT(v, r->absent_since);
	VISIT(v, r->put_at);
	VISIT(v, r->put_job);
	VISIT_UPTO(v, r->put_back, UINT_MAX);
	VISIT_UPTO(v, r->row, UINT_MAX);
	VISIT(v, r->lost_at);
	stranger_visit(v, &r->stranger);
}

static void
group_visit(struct visit *v, struct group *g)
{
	NOT_VISITED(g->index);
	NOT_VISITED(g->conf);
	NOT_VISITED(g->claim);
	VISIT(v, g->told);
	VISIT_UPTO(v, g->rest, CLAIM_STATE_COUNT - 1);

	VISIT_UPTO(v, g->walk, WALK_STOP);
	VISIT_UPTO(v, g->position, g->conf->resource_count);
	VISIT_UPTO(v, g->op, OP_COUNT - 1);
	VISIT(v, g->job);
	VISIT_UPTO(v, g->attempts, UINT_MAX);
	VISIT(v, g->retry_at);
	VISIT(v, g->abort);
	VISIT_UPTO(v, g->after, CLAIM_STATE_COUNT - 1);
	VISIT(v, g->after_why);
	VISIT(v, g->foreign_stop);
	VISIT(v, g->last_stop);

	for (unsigned i = 0; i < g->conf->resource_count; i++)
		resource_visit(v, &g->resources[i]);
	VISIT_UPTO(v, g->failures, UINT_MAX);
	VISIT(v, g->failed_until);
	VISIT(v, g->unplaced);
	VISIT(v, g->placed_at);
	VISIT(v, g->offer_until);
	VISIT(v, g->offer_is_standby);
	VISIT(v, g->failback_at);
	VISIT(v, g->contested);
	VISIT(v, g->yields);
	VISIT(v, g->doubt);
	VISIT(v, g->doubt_eased);
	VISIT(v, g->deaf_at);

	VISIT(v, g->held);
	VISIT(v, g->probe_first);
	VISIT(v, g->probe_last);
	VISIT_UPTO(v, g->probes, g->conf->resource_count);
	VISIT(v, g->probe_begun);
	VISIT(v, g->probe_ended);
	VISIT(v, g->look_at);
	VISIT(v, g->conflict_until);
	visit_expect(v, group_is_sound(g));
}

static void
respawn_visit(struct visit *v, struct respawn *r)
{
	VISIT(v, r->job);
	VISIT(v, r->started);
	VISIT(v, r->restart_at);
	VISIT_UPTO(v, r->quick, UINT_MAX);
	VISIT(v, r->over);
}

static void
media_visit(struct visit *v, struct core *c)
{
	for (unsigned i = 0; i < c->conf->media_count; i++) {
		VISIT(v, c->medium_down[i]);
		VISIT(v, c->medium_missing[i]);
		VISIT(v, c->medium_failing[i]);
		VISIT(v, c->medium_since[i]);
		VISIT(v, c->medium_reason[i]);
		VISIT(v, c->medium_sent[i]);
		VISIT(v, c->medium_received[i]);
	}
}

static void
drops_visit(struct visit *v, struct core *c)
{
	for (unsigned i = 0; i < DROP_COUNT; i++) {
		VISIT(v, c->drops[i]);
		VISIT(v, c->drops_said[i]);
		VISIT(v, c->drops_unsaid[i]);
	}
}

static void
prng_visit(struct visit *v, struct prng *p)
{
	VISIT(v, p->state);
}

static void
core_visit(struct visit *v, struct core *c)
{
	NOT_VISITED(c->conf);
	NOT_VISITED(c->trace);
	prng_visit(v, &c->prng);

	VISIT(v, c->now);
	VISIT(v, c->wall_s);
	NOT_VISITED(c->out);
	NOT_VISITED(c->heard);

	VISIT(v, c->started);
	VISIT(v, c->started_at);
	VISIT(v, c->path_at);
	VISIT(v, c->renewed);
	VISIT(v, c->stepped_at);
	VISIT(v, c->armed);
	VISIT(v, c->generation);
	VISIT(v, c->version_first);
	visit_bytes(v, c->uuid, sizeof(c->uuid));
	VISIT(v, c->job_last);

	VISIT_UPTO(v, c->talk_kept, TALK_MEMORY_COUNT - 1);

	NOT_VISITED(c->links);
	for (unsigned i = 0; i < c->conf->node_count; i++)
		node_visit(v, &c->nodes[i], c);
	NOT_VISITED(c->self);
	for (unsigned i = 0; i < c->ping_count; i++)
		ping_visit(v, &c->pings[i]);
	media_visit(v, c);
	for (unsigned i = 0; i < c->conf->group_count; i++)
		group_visit(v, &c->groups[i]);
	for (unsigned i = 0; i < c->conf->client_count; i++)
		respawn_visit(v, &c->respawns[i]);
	api_visit(v, c->clients);
	VISIT(v, c->signons);
	outbox_visit(v, &c->outbox);
	NOT_VISITED(c->seek);

	VISIT(v, c->changed);
	VISIT(v, c->tell);
	VISIT(v, c->facts_dirty);
	VISIT(v, c->status_at);
	VISIT(v, c->acquired);
	VISIT(v, c->leave_wanted);
	VISIT(v, c->leave_until);
	VISIT(v, c->exiting);
	visit_word(v, &c->standby_word, facts_gives_word);
	VISIT_UPTO(v, c->standby_phase, STANDBY_STOPPED);
	visit_word(v, &c->taking_word, facts_gives_word);
	visit_word(v, &c->holds_told, standby_holds_word);
	VISIT(v, c->settled_told);

	drops_visit(v, c);
}

/* Behind all of them: the same fields in the same order? */
static void
form_visit(struct visit *v)
{
	const uint64_t ours = v->form;
	uint64_t form = ours;

	VISIT(v, form);
	visit_expect(v, form == ours && v->in.at == v->in.end);
}

void
core_save(const struct core *c, GByteArray *out)
{
	struct visit v = {.out = out};

	/* A visit that saves writes nothing into what it visits but the same again. */
	core_visit(&v, (struct core *)c);
	form_visit(&v);
}

struct core *
core_load(const struct conf *conf, const void *bytes, size_t len, struct trace trace)
{
	struct visit v = {.in = {.at = bytes, .end = (const uint8_t *)bytes + len}};
	struct core *c = core_new(conf, 0, trace);

	core_visit(&v, c);
	form_visit(&v);
	if (!v.in.bad)
		return c;
	core_free(c);
	return NULL;
}
