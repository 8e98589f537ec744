/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One node of ours and one Heartbeat 3.0.6, and every way in which a set of groups moves between
 * them, each met by every fault at every moment of it: conversation x fault x time.
 *
 *   talk_grid --thin N [LEFT]   one cell in N, LEFT of N (make check)
 *   talk_grid --all [MATCH]     every cell, or those whose name contains MATCH
 *   talk_grid --cell NUMBER     one cell, with its trace
 *   talk_grid --control [MATCH] as --all, with two 3.0.6: what they get wrong by themselves
 *
 * The judge asks that
 *   two      no resource starts while it runs elsewhere; when each must take the other for dead that
 *            counts from when that is mended: a 3.0.6 that slept takes everything, and then yields;
 *   stuck    whoever is to leave is gone, and both nodes are settled, a minute after everybody
 *            knows who lives: no conversation waits on;
 *   absent   every group runs then, whole and once;
 *   moves    nothing goes to and fro;
 *   exam     the next order is carried out: a conversation that was forgotten on one side only shows.
 * A failure is printed as a story. The last line is for people and machines; exit code 1 if anything
 * was violated.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "sim/draw.h"
#include "sim/scenario.h"

/* deadtime is 10 s, and the nodes notice within a beat. A restart of a 3.0.6 takes 30 s by itself. */
#define KNOWN_S 30
#define TALK_S 60
/* Longer than a failback is put off. */
#define REST_S 25
#define STEP_MS 250
#define STEPS 32
#define STORIES_MAX 10

enum { OURS, THEM, NODES };
#define NOBODY NODES

static const char *const names[NODES] = {"ours", "them"};

struct trouble {
	const char *name, *statements;
	enum {
		HONEST,
		PARTS,	/* each must take the other for dead */
		ENGINE,	/* our engine alone starts again */
		FORGETS,	/* we start again before we were missed */
	} kind;
};

static const struct trouble faults[] = {
    {"nothing", "run 1ms", HONEST},
    {"pause ours, short", "pause ours 8500ms; run 8500ms", HONEST},
    {"pause ours, long", "pause ours 11500ms; run 11500ms", PARTS},
    {"pause them, short", "pause them 7s; run 7s", HONEST},
    {"pause them, long", "pause them 11500ms; run 11500ms", PARTS},
    {"cut, half deadtime", "cut ours them; run 5s; mend ours them", HONEST},
    {"cut, 1.5 deadtimes", "cut ours them; run 15s; mend ours them", PARTS},
    {"cut, 3 deadtimes", "cut ours them; run 30s; mend ours them", PARTS},
    {"cut one link", "cut ours them eth0; run 30s; mend ours them", HONEST},
    {"ours is not heard", "cut-from ours them; run 5s; mend-from ours them", HONEST},
    {"they are not heard", "cut-from them ours; run 5s; mend-from them ours", HONEST},
    {"power ours, back at once", "power-off ours; run 2s; boot ours", FORGETS},
    {"power ours", "power-off ours; run 15s; boot ours", HONEST},
    {"power them, back at once", "power-off them; run 2s; boot them", HONEST},
    {"power them", "power-off them; run 15s; boot them", HONEST},
    {"kill engine", "kill-engine ours", ENGINE},
    {"kill engine twice", "kill-engine ours; run 1500ms; kill-engine ours", ENGINE},
    {"reload ours",
	"haresources ours ours IPaddr::10.0.0.100 svc1 | them IPaddr::10.0.0.101 svc2; reload ours",
	ENGINE},
    {"reload them", "ask them reload", HONEST},
    {"loss", "loss 30; run 8s; loss 0", HONEST},
    {"stop ours", "stop ours; run 30s; boot ours", HONEST},
    {"stop them", "stop them; run 30s; boot them", HONEST},
};

/* How a set is made to move, from some state. */
struct talk {
	const char *name, *order;
	unsigned leaver;	/* who is to be gone then */
	bool legacy;	/* there is such a thing in auto_failback legacy */
};

static const struct talk talks[] = {
    {"ours standby all", "ask ours standby all", NOBODY, false},
    {"ours standby local", "ask ours standby local", NOBODY, false},
    {"ours standby foreign", "ask ours standby foreign", NOBODY, false},
    {"them standby all", "ask them standby all", NOBODY, false},
    {"them standby local", "ask them standby local", NOBODY, false},
    {"them standby foreign", "ask them standby foreign", NOBODY, false},
    {"ours takeover all", "ask ours takeover all", NOBODY, false},
    {"ours takeover local", "ask ours takeover local", NOBODY, false},
    {"ours takeover foreign", "ask ours takeover foreign", NOBODY, false},
    {"them takeover all", "ask them takeover all", NOBODY, false},
    {"them takeover local", "ask them takeover local", NOBODY, false},
    {"them takeover foreign", "ask them takeover foreign", NOBODY, false},
    {"both standby", "ask ours standby all; ask them standby all", NOBODY, false},
    {"ours stop", "stop ours", OURS, true},
    {"them stop", "stop them", THEM, true},
    {"ours return", "boot ours", NOBODY, true},
    {"them return", "boot them", NOBODY, true},
    {"start", "boot all", NOBODY, true},
};

struct state {
	const char *name, *statements;
	const char *only;	/* the talks that begin so; NULL: those of two nodes that run */
	bool legacy;
};

static const struct state states[] = {
    {"each its own", "run 1s", NULL, true},
    {"all on ours", "ask them standby all; run 20s", NULL, false},
    {"all on them", "ask ours standby all; run 20s", NULL, false},
    {"ours died", "power-off ours; run 20s", "ours return", true},
    {"ours left", "stop ours; run 20s", "ours return", true},
    {"they died", "power-off them; run 20s", "them return", true},
    {"they left", "stop them; run 20s", "them return", true},
    {"nobody", "stop ours; run 20s; stop them; run 20s", "start", true},
};

static const char *const failbacks[] = {"on", "off", "legacy"};

struct cell {
	unsigned number;
	const char *failback;
	const struct state *state;
	const struct talk *talk;
	const struct trouble *fault;
	unsigned step;
};

struct grid {
	bool control, list;
	const char *match;
	unsigned thin, left;	/* thin 0: all */
	unsigned cells, excused, violations;
	GString *trace;	/* of a single cell */
};

/* -- one cell -- */

static void
hear_line(void *arg, const char *line)
{
	GString *trace = arg;

	if (trace != NULL)
		g_string_append_printf(trace, "%s\n", line);
}

/* The run of one cell: what was told is kept, as a story. */
struct run {
	struct scenario *s;
	GPtrArray *told;
	const char *rule;	/* NULL: nothing is violated */
	unsigned doubles;	/* so many were to be expected */
	bool excused;	/* a 3.0.6 is wrong about itself */
	char *how;
};

static void
blame(struct run *r, const char *rule, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void
blame(struct run *r, const char *rule, const char *format, ...)
{
	va_list args;

	if (r->rule != NULL)
		return;
	va_start(args, format);
	r->rule = rule;
	r->how = g_strdup_vprintf(format, args);
	va_end(args);
}

static void
tell(struct run *r, const char *statements)
{
	g_auto(GStrv) parts = g_strsplit(statements, ";", -1);

	for (char **part = parts; *part != NULL && r->rule == NULL; part++) {
		const char *statement = g_strstrip(*part);
		g_autofree char *wrong = scenario_do(r->s, statement);

		g_ptr_array_add(r->told, g_strdup(statement));
		if (wrong != NULL)
			blame(r, "scenario", "%s: %s", statement, wrong);
	}
}

static void
tell_run(struct run *r, unsigned ms)
{
	g_autofree char *statement = g_strdup_printf("run %ums", ms);

	tell(r, statement);
}

static const struct world *
world_of(const struct run *r)
{
	return scenario_world(r->s);
}

static bool
is_up(const struct run *r, unsigned node)
{
	const struct world *w = world_of(r);

	return world_host_condition(w, (unsigned)world_host(w, names[node])) == HOST_UP;
}

static bool
is_settled(const struct run *r, unsigned node)
{
	const struct world *w = world_of(r);

	return world_is_settled(w, (unsigned)world_host(w, names[node]));
}

/*
 * Every group whole, and on one node. Returns: the key of one that is not so; NULL: all are.
 * What a 3.0.6 believes to run, because one script of it started what another then stopped, nobody
 * can miss: *believed.
 */
static const char *
astray(const struct run *r, bool *believed)
{
	const struct world *w = world_of(r);

	for (unsigned g = 0; g < world_group_count(w); g++) {
		unsigned whole = 0, parts = 0, claims = 0;

		for (unsigned h = 0; h < world_host_count(w); h++) {
			whole += world_group_runs(w, h, g) == 2 ? 1 : 0;
			parts += world_group_runs(w, h, g) == 1 ? 1 : 0;
			claims += world_old_claims(w, h, g) ? 1 : 0;
		}
		if (whole == 0 && claims > 0)
			*believed = true;
		if (whole != 1 || parts != 0)
			return world_group_key(w, g);
	}
	return NULL;
}

static bool
all_is_well(const struct run *r)
{
	bool believed = false;

	return is_settled(r, OURS) && is_settled(r, THEM) && astray(r, &believed) == NULL;
}

static bool
has_left_or_stays(const struct run *r, unsigned leaver)
{
	return !is_up(r, leaver) || all_is_well(r);
}

static void
judge_doubles(struct run *r)
{
	if (world_doubles(world_of(r)) > r->doubles)
		blame(r, "two", "a resource was started while it ran elsewhere");
}

static void
blame_unwell(struct run *r, unsigned seconds, const char *after)
{
	bool believed = false;
	const char *group = astray(r, &believed);

	judge_doubles(r);
	for (unsigned n = 0; n < NODES; n++) {
		if (!is_settled(r, n))
			blame(r, "stuck", "%s is not settled %u s after %s", names[n], seconds, after);
	}
	if (group == NULL)
		blame(r, "moves", "it goes to and fro %u s after %s", seconds, after);
	r->excused |= believed;
	blame(r, "absent", "%s does not run on one node %u s after %s", group, seconds, after);
}

/* Well, and for so long that nothing is to be expected any more. */
static void
run_until_well(struct run *r, unsigned seconds, const char *after)
{
	g_autofree char *holders = world_holders(world_of(r));
	unsigned rest = 0;

	for (unsigned i = 0; i < seconds + REST_S && rest < REST_S && r->rule == NULL; i++) {
		tell(r, "run 1s");
		g_autofree char *now = world_holders(world_of(r));

		rest = all_is_well(r) && strcmp(now, holders) == 0 ? rest + 1 : 0;
		g_free(holders);
		holders = g_steal_pointer(&now);
	}
	if (rest < REST_S)
		blame_unwell(r, seconds + REST_S, after);
}

static void
run_until_gone(struct run *r, unsigned leaver, unsigned seconds, const char *after)
{
	for (unsigned i = 0; i < seconds && !has_left_or_stays(r, leaver) && r->rule == NULL; i++)
		tell(r, "run 1s");
	judge_doubles(r);
	if (!has_left_or_stays(r, leaver))
		blame(r, "stuck", "%s has not left %u s after %s", names[leaver], seconds, after);
}

/* Everything must run there. */
static void
judge_place(struct run *r, unsigned node)
{
	const struct world *w = world_of(r);

	for (unsigned g = 0; g < world_group_count(w); g++) {
		if (world_group_runs(w, (unsigned)world_host(w, names[node]), g) == 2)
			continue;
		r->excused |= world_old_claims(w, (unsigned)world_host(w, names[node]), g);
		blame(r, "exam", "%s does not run on %s", world_group_key(w, g), names[node]);
	}
}

static void
examine(struct run *r, const struct cell *c)
{
	unsigned node = c->number % NODES;
	/* A 3.0.6 that took all from the living gives it back when something next moves. */
	bool leaves = c->number / NODES % 2 == 0 || strcmp(c->failback, "legacy") == 0 ||
	    c->fault->kind == PARTS;
	g_autofree char *order =
	    g_strdup_printf(leaves ? "stop %s" : "ask %s standby all", names[node]);

	if (r->rule != NULL)
		return;
	tell(r, order);
	tell(r, "run 20s");
	if (leaves)
		run_until_gone(r, node, TALK_S, "the next order");
	else
		run_until_well(r, TALK_S, "the next order");
	judge_place(r, NODES - 1 - node);
	tell(r, "boot all");
	run_until_well(r, KNOWN_S + TALK_S, "the last start");
}

static void
set_up(struct run *r, const struct grid *grid, const struct cell *c)
{
	static const char *const ops[] = {"start", "stop"};

	tell(r, c->number % 3 == 0 ? "nodes them ours" : "nodes ours them");
	tell(r, "conf keepalive 1; conf deadtime 10; conf initdead 20");
	tell(r, "conf ucast eth0 10.0.0.1; conf ucast eth1 10.0.1.1");
	g_autofree char *failback = g_strdup_printf("conf auto_failback %s", c->failback);
	tell(r, failback);
	tell(r, "group ours IPaddr::10.0.0.100 svc1; group them IPaddr::10.0.0.101 svc2");
	tell(r, grid->control ? "old all" : "old them");
	for (unsigned n = 0; n < NODES; n++) {
		for (unsigned g = 1; g <= 2; g++) {
			for (unsigned o = 0; o < G_N_ELEMENTS(ops); o++) {
				g_autofree char *script = g_strdup_printf(
				    "script %s svc%u %s ok takes 1s", names[n], g, ops[o]);
				tell(r, script);
			}
		}
	}
	/* Two that start at one moment are rare, and 3.0.6 in legacy cannot do it. */
	tell(r, "boot them; run 3s; boot ours; run 60s");
	tell(r, c->state->statements);
}

static void
play(struct run *r, const struct grid *grid, const struct cell *c)
{
	bool parts = c->fault->kind == PARTS;

	set_up(r, grid, c);
	judge_doubles(r);
	r->doubles = parts ? UINT_MAX : 0;
	tell(r, c->talk->order);
	tell_run(r, 1 + c->step * STEP_MS);
	tell(r, c->fault->statements);
	if (c->talk->leaver != NOBODY)
		run_until_gone(r, c->talk->leaver, KNOWN_S + TALK_S, "the fault");
	tell(r, "boot all");
	/* A conversation that our machine has forgotten a 3.0.6 waits for, as it would for its like. */
	if (c->fault->kind == FORGETS)
		tell(r, "run 30s");
	if (c->fault->kind == FORGETS && !all_is_well(r))
		tell(r, "run 70min");
	run_until_well(r, KNOWN_S + TALK_S, "the fault");
	r->doubles = parts ? world_doubles(world_of(r)) : 0;
	examine(r, c);
	judge_doubles(r);
}

static char *
cell_name(const struct cell *c)
{
	return g_strdup_printf("%s | %s | %s | %s | %.2f s", c->failback, c->state->name,
	    c->talk->name, c->fault->name, c->step * STEP_MS / 1000.0);
}

static void
run_cell(struct grid *grid, const struct cell *c, const char *name)
{
	struct run r = {scenario_new(c->number, TRACE_INFO, hear_line, grid->trace),
	    g_ptr_array_new_with_free_func(g_free), NULL, 0, false, NULL};

	play(&r, grid, c);
	grid->cells++;
	grid->excused += r.rule != NULL && r.excused ? 1 : 0;
	if (r.rule != NULL && !r.excused) {
		grid->violations++;
		printf("%s: %s: cell %u: %s\n", r.rule, r.how, c->number, name);
		for (unsigned i = 0; i < r.told->len && grid->violations <= STORIES_MAX && !grid->list; i++)
			printf("%s\n", (const char *)g_ptr_array_index(r.told, i));
		fflush(stdout);
	}
	g_free(r.how);
	g_ptr_array_unref(r.told);
	scenario_free(r.s);
}

/* -- the grid -- */

static bool
exists(const struct grid *grid, const struct cell *c)
{
	bool legacy = strcmp(c->failback, "legacy") == 0;

	if (legacy && (!c->talk->legacy || !c->state->legacy))
		return false;
	/*
	 * A 3.0.6 has no engine that could die alone; and one in legacy asks nobody who starts at
	 * that moment.
	 */
	if ((grid->control || legacy) && c->fault->kind == ENGINE)
		return false;
	if (c->state->only != NULL)
		return strcmp(c->state->only, c->talk->name) == 0;
	return strncmp(c->talk->order, "boot", 4) != 0;
}

static void
visit(struct grid *grid, struct cell *c)
{
	/* Neighbours would fall into one column of the grid. */
	uint64_t mixed = (uint64_t)c->number * 2654435761U >> 7;

	if (grid->thin != 0 && mixed % grid->thin != grid->left)
		return;
	g_autofree char *name = cell_name(c);

	if (grid->match == NULL || strstr(name, grid->match) != NULL)
		run_cell(grid, c, name);
}

static void
walk(struct grid *grid, const unsigned *only)
{
	struct cell c = {0};

	for (unsigned b = 0; b < G_N_ELEMENTS(failbacks); b++)
		for (unsigned s = 0; s < G_N_ELEMENTS(states); s++)
			for (unsigned t = 0; t < G_N_ELEMENTS(talks); t++)
				for (unsigned f = 0; f < G_N_ELEMENTS(faults); f++)
					for (c.step = 0; c.step < STEPS; c.step++, c.number++) {
						c.failback = failbacks[b];
						c.state = &states[s];
						c.talk = &talks[t];
						c.fault = &faults[f];
						if (exists(grid, &c) && (only == NULL || *only == c.number))
							visit(grid, &c);
					}
}

static int
finish(const struct grid *grid)
{
	printf("GRID: %s cells=%u excused=%u violations=%u cpu=%.0fs\n",
	    grid->violations == 0 && grid->cells > 0 ? "PASS" : "FAIL", grid->cells, grid->excused,
	    grid->violations, (double)clock() / CLOCKS_PER_SEC);
	return grid->violations == 0 && grid->cells > 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";
	struct grid grid = {.match = argc > 2 ? argv[2] : NULL};
	unsigned number = argc > 2 ? (unsigned)g_ascii_strtoull(argv[2], NULL, 10) : 0;

	grid.list = g_getenv("GRID_LIST") != NULL;
	if (strcmp(how, "--thin") == 0 && argc > 2 && number > 0) {
		grid.match = NULL;
		grid.thin = number;
		grid.left = argc > 3 ? (unsigned)g_ascii_strtoull(argv[3], NULL, 10) % number : 0;
		walk(&grid, NULL);
	} else if (strcmp(how, "--cell") == 0 && argc > 2) {
		grid.match = NULL;
		grid.trace = g_string_new(NULL);
		walk(&grid, &number);
		printf("%s", grid.trace->str);
		g_string_free(grid.trace, TRUE);
	} else if (strcmp(how, "--all") == 0 || strcmp(how, "--control") == 0) {
		grid.control = strcmp(how, "--control") == 0;
		walk(&grid, NULL);
	} else {
		fprintf(stderr,
		    "usage: talk_grid --thin N [LEFT] | --all [MATCH] | --cell N | --control [MATCH]\n");
		return 2;
	}
	return finish(&grid);
}
