/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A cluster in one process: hosts that run the real core, or a model of a 3.0.6, a network between them, programs that
 * succeed, fail or hang as told, and a clock that is only a number. Nothing here is random but
 * what comes from the seed, so a run can be repeated to the letter.
 */
#ifndef HB_SIM_WORLD_H
#define HB_SIM_WORLD_H

#include <glib.h>

#include "base/prng.h"
#include "core/core.h"
#include "core/facts.h"

struct world;

/* How a program behaves when it is run. */
struct behaviour {
	int exit_code;	/* for start and stop */
	bool hangs;	/* until its timeout */
	bool missing;	/* cannot be found */
	bool silent;	/* its status says nothing */
	struct span takes;	/* 0: as long as by default */
};

/* Of a machine. */
enum host_condition {
	HOST_OFF,
	HOST_FROZEN,
	HOST_BARE,	/* no daemon runs on it; services may */
	HOST_UP,
	HOST_CONDITION_COUNT
};

/* Of a group on a host, as a client finds it. */
enum group_phase {
	PHASE_NOTHING,
	PHASE_PARTLY,	/* some of it runs, and nothing is done about that */
	PHASE_STARTING,
	PHASE_SERVING,	/* all of it runs */
	PHASE_STOPPING,
	PHASE_COUNT
};

typedef void world_line_fn(void *arg, const char *line);

/*
 * A world in which nothing is powered on.
 *
 * hacf, haresources: text of the files, the same on every host; ha.cf without node lines.
 * nodes: names, NULL-ended. line: told every line of the trace (level <= verbosity), with time and
 * host in front; borrowed.
 * Errors: NULL, with the faults of the configuration passed to line.
 */
struct world *world_new(char *const *nodes, const char *hacf, const char *haresources,
    uint64_t seed, enum trace_level verbosity, world_line_fn *line, void *arg);
void world_free(struct world *w);

unsigned world_host_count(const struct world *w);
/* Errors: -1. */
int world_host(const struct world *w, const char *name);
struct moment world_began(const struct world *w);
struct moment world_now(const struct world *w);
/* Let time pass. */
void world_run(struct world *w, struct span length);
/* Be told after everything that happens while time passes. */
typedef void world_watch_fn(void *arg);
void world_watch(struct world *w, world_watch_fn *watch, void *arg);

/* -- machines -- */

/* Install a 3.0.6, or ours, which is there at first; no effect while a daemon runs. */
void world_install(struct world *w, unsigned host, bool old);
bool world_is_old(const struct world *w, unsigned host);
/* Power on, or start the daemon again; what still runs there is found by status. */
void world_boot(struct world *w, unsigned host);
/* Power cut: everything on it stops at once. */
void world_power_off(struct world *w, unsigned host);
/* The same, and what its disk was given since it was powered on is lost. */
void world_power_off_losing(struct world *w, unsigned host);
/* Its wall clock jumps. Unit: seconds, either way. */
void world_clock_step(struct world *w, unsigned host, int64_t seconds);
/* heartbeat -k */
void world_stop(struct world *w, unsigned host);
/* The engine dies; its master starts another at once. Third time in a minute: it stops all, and
 * ends. */
void world_kill_engine(struct world *w, unsigned host);
/* Master and engine die; what they ran runs on. */
void world_kill_daemons(struct world *w, unsigned host);
/* The master dies; the engine notices. */
void world_kill_master(struct world *w, unsigned host);
/* haresources on its disk is another now; the daemon reads it when it starts or is told to. */
void world_write_haresources(struct world *w, unsigned host, const char *text);
/* heartbeat -r: refused if what may run there would change. */
void world_reload(struct world *w, unsigned host);
/* Nothing on the machine runs for so long; packets wait in the kernel. */
void world_pause(struct world *w, unsigned host, struct span length);
/* The same, and its monotonic clock stands still, and packets are lost: a suspended virtual machine. */
void world_suspend(struct world *w, unsigned host, struct span length);

/* -- network: one way, from host to host, by link name (NULL: all links) -- */

void world_cut(struct world *w, unsigned from, unsigned to, const char *link, bool cut);
/* Of all packets. Unit: percent, 0..100. */
void world_loss(struct world *w, unsigned percent);
void world_duplication(struct world *w, unsigned percent);
/* One to three bits of a packet change on its way. */
void world_corruption(struct world *w, unsigned percent);
/* Each packet is delayed by low..high. */
void world_delay(struct world *w, struct span low, struct span high);
/* Whether a ping node answers a host. */
void world_ping_reach(struct world *w, unsigned host, const char *ping, bool reached);
/* A ping node that another powered host hears does not answer it: so clients do not, either. */
bool world_is_cut_off(const struct world *w, unsigned host);
/* Bytes arrive at a host from nowhere. */
void world_inject(struct world *w, unsigned host, const void *bytes, size_t len);

/* -- interfaces: each host has one for each link; on the first are its service addresses -- */

enum interface_change {
	INTERFACE_FLUSHED_DOWN,	/* as ifdown does it: its addresses are removed first */
	INTERFACE_DOWN,	/* ip link set down: those of IPv6 are gone, sends fail */
	INTERFACE_UP,	/* it is up again; nobody puts addresses back */
	INTERFACE_UNPLUGGED,	/* no carrier: addresses stay, packets are lost */
	INTERFACE_PLUGGED,
	INTERFACE_REFUSES,	/* sends fail: a firewall is loaded */
	INTERFACE_SENDS
};

/* link NULL: all of them. */
void world_interface(struct world *w, unsigned host, const char *link, enum interface_change change);
/* Somebody removes its service addresses: a network manager that restarts. */
void world_flush(struct world *w, unsigned host);
/* The interface of the service addresses is up. */
bool world_can_have_addresses(const struct world *w, unsigned host);
/* Nothing is cut, unplugged, down or refused. */
bool world_is_whole(const struct world *w);

/* -- clients: one beside each host, on the network of the service addresses -- */

/* The client beside one host would go to that other host with each address of the group. */
bool world_client_finds(const struct world *w, unsigned client, unsigned host, unsigned group);
/* One line: for each address to whom each client goes with it. Owns: the caller's. */
char *world_clients(const struct world *w);

/* -- programs -- */

void world_behave(struct world *w, unsigned host, const char *resource, enum resource_op op,
    struct behaviour b);
/* How long start and stop of anything but an address take by default: 1 ms if this is not told. */
void world_takes(struct world *w, struct span takes);
/* Something runs, or does not, without our doing. */
void world_set_running(struct world *w, unsigned host, const char *resource, bool running);
/* What was removed that way, and neither started nor stopped since, runs again. */
void world_restore(struct world *w, unsigned host);

/* -- clients -- */

/* A request of root on that host; the reply's JSON, text or "ok". Owns: the caller's. */
char *world_request(struct world *w, unsigned host, const char *type, const char *name,
    const char *value);

/*
 * A client on that host sends text to the clients on all other hosts. Who sends it, and who hears
 * it, says so in the trace. ha.cf must let root be client "judge".
 */
void world_message(struct world *w, unsigned host, const char *text);

/* -- flight records -- */

/* See retell.h for one that checks them. */
struct world_recording {
	size_t size;	/* of each record */
	unsigned twin_every;	/* as for twin_new() */
	/* Told a record (core/record.h) when the daemon whose cores it is of, or the world, ends. */
	void (*done)(void *arg, unsigned host, const void *bytes, size_t len);
	/* Told in what a core and its twin differ. */
	void (*differs)(void *arg, unsigned host, const char *how);
	void *arg;
};

/* Record each core that starts from now on. */
void world_record(struct world *w, const struct world_recording *recording);

/* -- looking -- */

/* One line a host: what runs there, group by group. Owns: the caller's. */
char *world_holders(const struct world *w);
/* The groups are those of the first host, as they were when the world was made. How much of one
 * runs on a host: 0 nothing, 1 a part, 2 all of it. */
unsigned world_group_count(const struct world *w);
const char *world_group_key(const struct world *w, unsigned group);
unsigned world_group_runs(const struct world *w, unsigned host, unsigned group);
/* Is a program at work that sets an address of the group, or takes it away? */
bool world_address_is_busy(const struct world *w, unsigned host, unsigned group);
/* How many of its addresses there are, and are on that host. */
unsigned world_group_addresses_all(const struct world *w, unsigned group);
unsigned world_group_addresses(const struct world *w, unsigned host, unsigned group);
/* Is that resource of the group an address? */
bool world_has_address_named(const struct world *w, unsigned group, const char *resource);
/* How many of its resources were removed behind the daemon's back and not started or stopped since:
 * as long as nothing watches them it believes that they run. */
unsigned world_group_removed(const struct world *w, unsigned host, unsigned group);
enum group_phase world_group_phase(const struct world *w, unsigned host, unsigned group);
enum host_condition world_host_condition(const struct world *w, unsigned host);
/* The daemon runs there, is not frozen, and sees nothing on its way. */
bool world_is_settled(const struct world *w, unsigned host);
/* Events that cores have been given since the start. */
uint64_t world_steps(const struct world *w);

/* How often since the start a resource began to run while it ran elsewhere. */
unsigned world_doubles(const struct world *w);

/* -- for a judge: plain facts about a host, not what its core concludes from them -- */

struct world_look {
	bool daemon;	/* its daemon runs; it may be frozen */
	bool awake;	/* and is not frozen */
	bool active, leaving;	/* as it says of itself */
	uint64_t generation;	/* of this life of the daemon */
};

void world_look(const struct world *w, unsigned host, struct world_look *out);
/* Its haresources, as it is in use, lists the group. */
bool world_has_group(const struct world *w, unsigned host, unsigned group);
/* Its stand on a group; idle if there is no daemon. */
enum claim_state world_claim(const struct world *w, unsigned host, unsigned group);
/* A 3.0.6 that is installed there answers for the group, as it believes. */
bool world_old_claims(const struct world *w, unsigned host, unsigned group);
/* It offers the group to a node of which it knows that it cannot take it. */
bool world_offers_in_vain(const struct world *w, unsigned host, unsigned group);
/* It counts the other one as alive, in the other one's present life. */
bool world_hears(const struct world *w, unsigned host, unsigned other);
/* It counts the other one as alive, in whatever life. */
bool world_counts_alive(const struct world *w, unsigned host, unsigned other);
const char *world_node_name(const struct world *w, unsigned host);
/* Host number of the node that the group prefers. */
unsigned world_group_preferred(const struct world *w, unsigned group);

#endif
