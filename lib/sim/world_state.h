/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of the simulated world share: world.c (making, time), queue.c (what is under
 * way), host.c (machines), clock.c (their time), interfaces.c, daemon.c (what runs on them),
 * network.c, neighbours.c (who finds it there), picture.c (what its master sees of it), programs.c, holders.c and look.c (looking), respawned.c (clients). Their users see
 * world.h.
 */
#ifndef HB_SIM_WORLD_STATE_H
#define HB_SIM_WORLD_STATE_H

#include "core/record.h"
#include "sim/twin.h"
#include "sim/world.h"

/* The first moment of every world, far from 0 so that nothing depends on it. */
#define WORLD_EPOCH_MS 1000000

/* As the master: an engine that dies so often within a minute gets no successor. */
#define ENGINE_DEATHS_MAX 3
#define ENGINE_DEATHS_MS 60000

/* What is under way between a cause and its effect. */
struct pending {
	struct moment at;
	struct moment due;	/* that, or when its frozen host runs again */
	uint64_t order;	/* of two at the same time the older comes first */
	enum {
		PENDING_PACKET,
		PENDING_CHILD,
		PENDING_RESPAWNED,
		PENDING_TOO_LATE,
		PENDING_MEDIUM,	/* sends on it begin to fail, or fresh: work again */
		PENDING_ANNOUNCEMENT,	/* of the address source; medium: how many are left */
		PENDING_PICTURE	/* the master looks where its addresses are */
	} what;
	unsigned host;
	uint64_t life;	/* of the host when it was sent; child ends of an earlier one are void */
	unsigned medium;
	char *source;
	GBytes *bytes;
	uint64_t job;
	bool by_master;	/* of its own accord: nobody waits for it */
	enum resource_op op;
	const struct conf_group *group;
	const struct conf_resource *resource;
	uint64_t master_life;	/* of the host when the master began it of its own accord */
	struct span timeout;
	struct behaviour behaviour;
	bool fresh;	/* CHILD: the resource did not run before */
	bool is_request;	/* RESPAWNED: of the program; else a notice, or, without bytes, its start */
	unsigned client;	/* RESPAWNED: which of the respawn lines */
	uint64_t daemon_life;	/* RESPAWNED, MEDIUM, PICTURE: void in a later one */
};

/* A network card of a host, its cable, and its firewall. */
struct interface {
	bool down;	/* ip link set down */
	bool unplugged;	/* no carrier */
	bool refuses;	/* what is sent is refused */
	bool told;	/* the daemon knows that sends fail */
};

struct host {
	unsigned index;
	struct world *w;
	struct conf *conf;	/* in use: the last of confs, or one before if that was refused */
	GPtrArray *confs;	/* all that it ever had; what is under way refers to them */
	char *hacf, *haresources;	/* its files */
	char *haresources_used;	/* as conf was made of */
	const struct daemon_kind *kind;	/* what is installed (daemon.h) */
	struct core *core;	/* NULL: ours does not run */
	struct old_node *old;	/* NULL: no 3.0.6 runs */
	struct record_writer *writer;	/* NULL: its life is not recorded */
	GByteArray *record;	/* of the engines of one master */
	struct twin *twin;
	bool powered;
	bool orphaned;	/* no master: nothing is carried out any more */
	uint64_t power_life;	/* changes when running programs are lost */
	uint64_t master_life;	/* changes with each master */
	struct moment releasing_until;	/* a master without engine stops everything, and ends then */
	uint64_t generation;	/* as its disk has it */
	uint64_t generation_at_power_on;	/* what a disk that loses writes has after a power cut */
	int64_t clock_off_s;	/* its wall clock is ahead by so much */
	struct moment frozen_until;
	struct span stood_still;	/* its monotonic clock, altogether: it lags behind by so much */
	struct moment stood_at;	/* on that clock, the last time; it never goes back */
	struct moment deaf_from, deaf_until;	/* suspended: what arrives is lost */
	GHashTable *running;	/* what really runs, as written in haresources */
	GHashTable *removed;	/* what ran there and was removed behind its back */
	struct moment deaths[ENGINE_DEATHS_MAX];	/* of its engine; the last ones, oldest first */
	bool **reach;	/* [to host][link]: false is cut; link by index of medium */
	bool *ping_reach;	/* by medium */
	struct interface *interfaces;	/* by medium; one more for addresses if no medium is one */
	unsigned service;	/* the one with the service addresses */
	GHashTable *neighbours;	/* of the client beside it: address -> struct neighbour * */
	GHashTable *announcing;	/* address -> uint64_t *, the series that counts */
	GHashTable *told;	/* what its engine was told: address -> enum address_state and 1 */
	bool looks;	/* its master is about to look at its addresses */
	bool shaken;	/* since the last look the interface came back */
	enum group_hint *hints;
	unsigned talk;
	bool leaving;	/* its master was told to stop, and tells each engine */
	struct moment renewed_at;	/* of the present master; 0: never */
	GHashTable *behaviours;	/* "resource op" -> struct behaviour * */
	char *reply;	/* last one to our client */
	struct respawned *respawned;	/* NULL: no ipfail runs */
	uint64_t daemon_life;	/* changes when the daemon ends */
};

struct world {
	struct host *hosts;
	struct moment *deadlines;	/* by host, while time passes: when its timer is due */
	unsigned host_count;
	struct moment now;
	uint64_t order;
	GSequence *pending;
	struct prng prng;
	struct span delay_low, delay_high;
	struct span takes;
	world_watch_fn *watch;	/* NULL: nobody */
	void *watch_arg;
	unsigned loss_percent, duplicate_percent, corrupt_percent;
	unsigned doubles;
	uint64_t steps;
	enum trace_level verbosity;
	world_line_fn *line;
	void *line_arg;
	const struct conf *conf;	/* of the first host, as it was at first */
	struct world_recording recording;	/* done NULL: nothing is recorded */
};

/* -- world.c -- */

/* A line of the trace, with the time and who says it. */
void world_say(struct world *w, const char *who, const char *text);

/* -- queue.c -- */

/* Something that will happen to that host; the caller says what, then adds it. */
struct pending *pending_new(struct world *w, unsigned host, struct moment at);
void pending_free(gpointer pending);
void pending_add(struct world *w, struct pending *p);
/* That host runs again before its time. */
void pending_thaw(struct world *w, unsigned host);
/* What comes next, and when. A frozen host's things wait for it. NULL: nothing. */
GSequenceIter *pending_soonest(struct world *w, struct moment *at);

/* -- host.c -- */

/* Errors: false, and the faults of its files are told to the world's line. */
bool host_init(struct world *w, unsigned index, const char *name, const char *hacf,
    const char *haresources);
void host_clear(struct host *h);
bool host_is_awake(const struct world *w, const struct host *h);
/* When its daemon, or ipfail, wants to be woken; MOMENT_NEVER if none runs. */
struct moment host_deadline(const struct host *h);
/* That moment has come. */
void host_timer(struct world *w, struct host *h);
/* The peers take over now: what a master without engine has not stopped ends with the machine. */
void host_too_late(struct world *w, const struct pending *p);
/* Give its daemon the event, at this moment, and carry out what it asks for. */
void host_step(struct world *w, struct host *h, struct event *e);

/* -- clock.c -- */

/* A time as the host's monotonic clock has it, and the other way round. */
struct moment host_own_time(const struct host *h, struct moment t);
struct moment host_world_time(const struct host *h, struct moment own);
/* What arrived at that time is lost: its network card was not there either. */
bool host_was_deaf(const struct host *h, struct moment t);
/* It runs, and its clocks go, from now on. */
void clock_reset(struct host *h);

/* -- respawned.c -- */

/* Is that the number of the respawned client? */
bool respawned_is(uint32_t client);
void respawned_start(struct host *h, const struct action *a);
void respawned_reply(struct host *h, GBytes *bytes);
void respawned_happen(struct host *h, const struct pending *p);
struct moment respawned_deadline(const struct host *h);
void respawned_timer(struct host *h);
/* With its daemon. */
void respawned_gone(struct host *h);

/* -- network.c -- */

void network_init(struct host *h);
void network_clear(struct host *h);
void network_send(struct world *w, struct host *h, const struct action *a);
void network_deliver(struct world *w, struct host *h, const struct pending *p);

/* -- interfaces.c -- */

void interfaces_init(struct host *h);
void interfaces_clear(struct host *h);
/* All of them are up again at the next boot, if they are plugged in. */
void interfaces_power_cut(struct host *h);
/* It knows of no failure. */
void interfaces_new_engine(struct host *h);
/* Of the service addresses: it can have them. */
bool interface_is_up(const struct host *h);
const char *interface_name(const struct host *h);
/* Packets pass it. */
bool interface_carries(const struct host *h, unsigned medium);
/* Returns: whether a send is accepted. Its daemon is told when that changes. */
bool interface_sends(struct host *h, unsigned medium);
void interface_happen(struct host *h, const struct pending *p);

/* -- neighbours.c -- */

void neighbours_init(struct host *h);
void neighbours_clear(struct host *h);
/* Now and a few times more, if the address is there. */
void neighbours_announce(struct host *h, const char *address);
/* Not again. */
void neighbours_cease(struct host *h, const char *address);
void neighbours_happen(struct host *h, const struct pending *p);
/* Nobody reaches it by what he remembers: it has another network card, or another port. */
void neighbours_lose(struct host *h);

/* -- picture.c -- */

void picture_init(struct host *h);
void picture_clear(struct host *h);
/* Something happened to addresses, or to their interface. */
void picture_wake(struct host *h);
/* Its interface is back. */
void picture_shake(struct host *h);
/* Of this address the engine is told anew. */
void picture_forget(struct host *h, const char *address);
/* It is told of all. */
void picture_new_engine(struct host *h);
void picture_happen(struct host *h, const struct pending *p);

/* -- programs.c -- */

bool resource_is_address(const struct conf_resource *r);

void programs_init(struct host *h);
void programs_clear(struct host *h);
/* Nothing runs there any more, and what is under way never ends. */
void programs_power_cut(struct host *h);
void programs_run(struct world *w, struct host *h, const struct action *a);
/* The master stops what may run there, of its own accord. Returns: when that is done. */
struct moment programs_release(struct world *w, struct host *h);
/* Does anything run that the daemon has started? */
bool programs_left_over(const struct host *h);
/* Does that resource run there? */
bool programs_runs(const struct host *h, const char *resource);
/* Its service addresses are removed, or only those of IPv6. */
void programs_flush(struct host *h, bool ipv6);
/* Is an operation on that group under way? */
bool programs_group_is_busy(const struct world *w, const struct host *h, unsigned group);
void programs_end(struct world *w, struct host *h, const struct pending *p);

#endif
