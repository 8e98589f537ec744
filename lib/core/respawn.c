/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/respawn.h"

#include "core/node.h"

/* A run shorter than this was too quick. */
#define QUICK_MS 30000
#define PAUSE_MIN_MS 1000
#define PAUSE_MAX_MS 60000
/* So many quick runs go with the short pause; then it doubles each time. */
#define QUICK_MAX 10
/* The exit code of a client that does not want to be started again. */
#define EXIT_FOR_GOOD 100

void
respawn_init(struct core *c)
{
	c->respawns = g_new0(struct respawn, MAX(c->conf->client_count, 1));
}

void
respawn_clear(struct core *c)
{
	g_free(c->respawns);
}

static void
respawn_start(struct core *c, unsigned i)
{
	struct action *a = actions_add(c->out, ACTION_CLIENT_START);
	struct respawn *r = &c->respawns[i];

	r->job = core_next_job(c);
	r->started = c->now;
	a->job = r->job;
	a->index = i;
}

void
respawn_settle(struct core *c)
{
	if (c->self->status != NODE_ACTIVE || c->self->facts.leave != LEAVE_NOT)
		return;
	for (unsigned i = 0; i < c->conf->client_count; i++) {
		const struct respawn *r = &c->respawns[i];

		if (r->job == 0 && !r->over && moment_reached(c->now, r->restart_at))
			respawn_start(c, i);
	}
}

static int64_t
pause_ms(const struct respawn *r)
{
	int64_t ms = PAUSE_MIN_MS;

	for (unsigned i = QUICK_MAX; i < r->quick && ms < PAUSE_MAX_MS; i++)
		ms *= 2;
	return MIN(ms, PAUSE_MAX_MS);
}

static void
client_ended(struct core *c, unsigned i, const struct event_child *e)
{
	struct respawn *r = &c->respawns[i];
	const char *command = c->conf->clients[i].command;
	bool quick = span_ms(moment_since(c->now, r->started)) < QUICK_MS;
	enum trace_level level = e->code == 0 ? TRACE_INFO : TRACE_WARNING;

	r->job = 0;
	if (e->end == CHILD_EXITED)
		trace(&c->trace, level, "Managed %s process exited with return code %d.", command, e->code);
	else
		trace(&c->trace, TRACE_WARNING, "Managed %s process %s %d.", command,
		    e->end == CHILD_SIGNALED ? "killed by signal" : child_end_name(e->end), e->code);
	if (c->self->facts.leave != LEAVE_NOT)
		return;
	if (e->end == CHILD_EXITED && e->code == EXIT_FOR_GOOD) {
		r->over = true;
		return;
	}
	if (c->conf->clients[i].failfast && (e->end != CHILD_EXITED || e->code != 0)) {
		trace(&c->trace, TRACE_CRITICAL, "failfast client %s ended: this machine restarts", command);
		actions_add(c->out, ACTION_REBOOT)->reason =
		    g_strdup_printf("failfast client %s ended", command);
		return;
	}
	r->quick = quick ? r->quick + 1 : 0;
	r->restart_at = quick ? moment_add(c->now, span_from_ms(pause_ms(r))) : c->now;
	trace(&c->trace, TRACE_ERROR, "Respawning client \"%s\":", command);
	if (r->quick == QUICK_MAX + 1)
		trace(&c->trace, TRACE_ERROR, "Client %s \"respawning too fast\": slowed down", command);
}

bool
respawn_child(struct core *c, const struct event_child *e)
{
	for (unsigned i = 0; i < c->conf->client_count; i++) {
		if (c->respawns[i].job != 0 && c->respawns[i].job == e->job) {
			client_ended(c, i, e);
			c->changed = true;
			return true;
		}
	}
	return false;
}

struct moment
respawn_deadline(const struct core *c)
{
	struct moment soonest = MOMENT_NEVER;

	if (c->self->status != NODE_ACTIVE || c->self->facts.leave != LEAVE_NOT)
		return soonest;
	for (unsigned i = 0; i < c->conf->client_count; i++) {
		const struct respawn *r = &c->respawns[i];

		if (r->job == 0 && !r->over)
			soonest = moment_min(soonest, r->restart_at);
	}
	return soonest;
}
