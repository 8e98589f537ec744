/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the modules of the core share: the core itself and the tables in it. Inside lib/core only;
 * users of the core see core.h.
 */
#ifndef HB_CORE_STATE_H
#define HB_CORE_STATE_H

#include "base/prng.h"
#include "core/core.h"
#include "core/facts.h"
#include "core/inbox.h"
#include "core/outbox.h"
#include "core/seek.h"

enum node_status {
	NODE_INIT,	/* not heard yet */
	NODE_UP,	/* alive, still waiting for others */
	NODE_ACTIVE,	/* takes part in decisions */
	NODE_DEAD,	/* silent too long, or gone in good order: see node.left */
	NODE_STATUS_COUNT
};

/*
 * The two sets of groups that a 3.0.6 can name, by whose they are: the words local and
 * foreign turn round with the speaker.
 */
enum side {
	SIDE_NONE = 0,
	SIDE_OURS = 1,	/* groups that prefer us */
	SIDE_THEIRS = 2,	/* all others */
	SIDE_BOTH = 3,
};

/* How far a standby conversation with a 3.0.6 has come. */
enum talk {
	TALK_NONE,
	TALK_ASKED,	/* we said "me": will it take a set? */
	TALK_GIVING,	/* it said "other": we stop the set */
	TALK_GIVEN,	/* we said "done": it starts the set */
	TALK_OFFERED,	/* it said "me": shall we take a set? */
	TALK_TAKING,	/* we said "other": it stops the set */
	TALK_TAKEN,	/* it said "done": we start the set */
};

/* In auto_failback legacy each group is asked for by itself. */
enum legacy_word {
	LEGACY_QUIET,
	LEGACY_WE_ASKED,	/* ip-request went out */
	LEGACY_FREE,	/* the answer came: it does not run there */
	LEGACY_THEY_ASK,	/* they want it, and it did not run here */
	LEGACY_THEY_TAKE,	/* they want it, and it ran here */
	LEGACY_THEY_RUN,	/* they started it without asking, believing us away */
	LEGACY_UNSAID,	/* theirs: they may have asked before our time, and wait for the answer */
};

/* What a node that tells no facts, a 3.0.6, told in its own words; see dialect.h. */
struct dialect {
	bool spoken;	/* its statuses carry no facts */
	bool died;	/* we took it for dead in this life of it */
	bool began;	/* we saw it start: all that it runs is what it says it holds */
	bool told;	/* it said what it holds, and we have no reason to doubt that */
	unsigned holds;	/* enum side, or-ed */
	uint64_t holds_seq;	/* number of the message that said so: an older one counts no more */
	bool stable;
	bool leaving;
	unsigned away;	/* sets that it gave away, or would not take */
	unsigned ghost;	/* sets that it held in a life which ended without a word: they may run there */
	bool *pushed;	/* by group: offered to it because it could not be started here */
	enum legacy_word *legacy;	/* by group */

	enum talk talk;
	unsigned talk_sides;	/* what it is about */
	uint64_t talk_seq;	/* number of its word that began it: an older one is of another; 0: unknown */
	unsigned talk_held;	/* of that, what it held when it offered */
	bool talk_goes_on;	/* TAKING: it began to give; GIVEN: it says that it has it */
	struct moment talk_until;	/* it ends without an outcome then */

	bool greeted;
	struct moment greet_at;	/* say "starting" (again), until it told */
	bool answer;	/* it waits for our words, even if they are the old ones */
	bool look;	/* it should see us come to be stable again */
	struct moment takes_over_until;	/* it took us for dead, and starts what is ours; NEVER: not */
	uint64_t took_over_seq;	/* number of the message that last said so */
	bool said;	/* the words that we said last: */
	unsigned said_holds;
	bool said_stable, said_leaving;
	struct moment repeat_at;	/* say them once more; MOMENT_NEVER: that is done */
};

/* One link to one node; or to a ping node. */
struct path {
	bool up;
	struct moment heard;	/* last; meaningless until it was up once */
};

/* Counted no further. */
#define FALSE_DEATHS_MAX 16

struct node {
	unsigned index;	/* in conf->nodes */
	const char *name;
	enum node_status status;
	char *why;	/* of the last change of status */
	struct moment since;	/* of the last change of status */

	bool heard;	/* a status came in this life of ours */
	bool left;	/* it went in good order, as generation says */
	uint64_t generation;	/* highest that a status carried */
	uint64_t status_seq;	/* number of the newest status used */
	struct moment heard_at, heard_first;	/* newest and first status of its life */
	struct span dead_after;	/* the deadtime it asked for */
	struct span credit;	/* our own lateness, granted to it */
	unsigned false_deaths;	/* in a row it was taken for dead, and lived: see liveness_returned() */
	struct moment false_at;	/* when the last of them was known */
	struct inbox inbox;
	uint64_t acknowledged;	/* highest of our numbers that it acknowledged */
	struct path *paths;	/* one a link name of core.links */

	bool has_uuid;
	unsigned char uuid[16];
	struct facts facts;	/* what it told; for ourselves: what we tell */
	struct dialect dialect;
	bool digest_told, orphan_told, offer_told;	/* said once in the log */
	bool past_told;	/* it had us for dead: our groups are in doubt since */
	bool takeover;	/* its groups are being taken over: say when that is done */
	uint64_t late;	/* statuses that came after warntime */
};

/* A ping node or ping group. */
struct ping {
	unsigned medium;
	const char *name;
	bool ever;
	enum node_status status;	/* INIT, ACTIVE ("ping") or DEAD */
	struct moment heard_at, since;
};

enum resource_state {
	RESOURCE_UNKNOWN,
	RESOURCE_STOPPED,
	RESOURCE_STARTING,
	RESOURCE_RUNNING,
	RESOURCE_STOPPING,
	RESOURCE_BROKEN,	/* its last operation failed */
	RESOURCE_STATE_COUNT
};

/* Another machine that says it has an address of ours. */
struct stranger {
	char *mac;	/* NULL: none was heard */
	char *interface;	/* of ours, on which it was heard */
	struct moment heard;	/* last */
	bool sure;	/* it answered a probe of ours, or was heard twice */
	struct moment said;	/* last in the log; NEVER: not yet */
};

struct resource {
	enum resource_state state;
	bool touched;	/* its start was tried, or it was found running */
	uint64_t yielding;	/* an address: the job that takes it away, beside the walk; 0: none */

	/* of an address; see presence.h */
	enum address_state place;	/* as the master told last; HERE before it did */
	char *place_why;	/* not HERE: why; may be NULL */
	struct moment absent_since;	/* of one that we hold; NEVER: it is there */
	struct moment put_at;	/* put it back then; NEVER: nothing to do */
	uint64_t put_job;	/* it is being put back, beside the walk; 0: it is not */
	unsigned put_back;	/* so often */
	unsigned row;	/* losses that followed each other closely */
	struct moment lost_at;	/* the last of them, or when that was to be made good */
	struct stranger stranger;	/* addresses only */
};

enum walk {
	WALK_NONE,
	WALK_PROBE,	/* status of each, to learn what runs */
	WALK_START,	/* left to right */
	WALK_STOP,	/* right to left */
};

struct group {
	unsigned index;
	const struct conf_group *conf;
	struct claim *claim;	/* ours, in our own facts */
	uint64_t told;	/* version of our facts in which the present state was first told */
	enum claim_state rest;	/* IDLE or AWAY: where a withdrawn wish goes back to */

	enum walk walk;
	unsigned position;	/* resource at hand */
	enum resource_op op;	/* under way on it, if job != 0 */
	uint64_t job;	/* 0: none */
	unsigned attempts;	/* of the stop at hand */
	struct moment retry_at;	/* of that stop; NEVER: none waits */
	bool abort;	/* give up the start after the operation under way */
	enum claim_state after;	/* state after the stop */
	char *after_why;
	bool foreign_stop;	/* what is being stopped was not started by us: a failed stop does
				 * not restart the machine */
	bool last_stop;	/* such a stop was tried once more because we leave */

	struct resource *resources;
	unsigned failures;	/* starts that failed in a row */
	struct moment failed_until;
	bool unplaced;	/* FAILED since an interface is missing, not since a start failed */
	struct moment placed_at;	/* then not before, should that be over */
	struct moment offer_until;
	bool offer_is_standby;	/* asked for by somebody; else auto_failback */
	struct moment failback_at;	/* not before */
	bool contested;	/* another node runs it too: said once */
	bool yields;	/* to another holder: first its addresses go, then it is stopped */
	char *doubt;	/* why the neighbours may have heard of another holder; NULL: they have not */
	bool doubt_eased;	/* announced when only a stop was left to the other one */
	struct moment deaf_at;	/* a rival that has not heard us by then does not hear us at all */

	/* Its addresses on the wire: see conflict.h. */
	bool held;	/* a node was known to hold it, since this engine started */
	uint64_t probe_first, probe_last;	/* jobs of the last round of probes */
	unsigned probes;	/* of these that have not ended */
	struct moment probe_begun, probe_ended;	/* of that round; NEVER: none was */
	struct moment look_at;	/* of the next round while it runs; NEVER: it does not */
	struct moment conflict_until;	/* a stranger keeps us from starting it until then; NEVER: none does */
};

/* Why a packet was dropped. */
enum drop {
	DROP_BAD_FRAME,
	DROP_UNSIGNED,
	DROP_NO_KEY,
	DROP_FORGED,
	DROP_BAD_TEXT,
	DROP_BAD_ENVELOPE,
	DROP_UNKNOWN_NODE,
	DROP_REPLAY,
	DROP_TWIN,	/* somebody else uses our name */
	DROP_BAD_FACTS,
	DROP_LOCAL,	/* not a packet: a message in the FIFO */
	DROP_COUNT
};

struct respawn {
	uint64_t job;	/* 0: not running */
	struct moment started, restart_at;	/* restart_at NEVER: no restart waits */
	unsigned quick;	/* runs in a row that ended too soon */
	bool over;	/* never again */
};

struct api_client;

struct core {
	const struct conf *conf;
	struct trace trace;
	struct prng prng;

	/* of the event at hand */
	struct moment now;
	int64_t wall_s;
	struct actions *out;
	const struct msg *heard;	/* a node's own words; NULL: it is no such event */

	bool started;
	struct moment started_at;
	struct moment path_at;	/* since then there was a path to other nodes; started_at, or later */
	bool renewed;	/* as in struct event_start */
	struct moment stepped_at;	/* time of the last step */
	struct moment armed;	/* core_deadline() after the last step */
	uint64_t generation;
	uint64_t version_first;	/* of our facts in this life */
	unsigned char uuid[16];
	uint64_t job_last;

	GPtrArray *links;	/* names (char *) of all paths to nodes; borrowed from conf */
	struct node *nodes;	/* conf->node_count, by index */
	struct node *self;	/* in nodes */
	struct ping *pings;
	unsigned ping_count;
	bool *medium_missing;	/* there is no interface or line for it */
	bool *medium_down;	/* by index in conf->media: as it was said */
	bool *medium_failing;	/* the last send on it failed */
	struct moment *medium_since;	/* of the last change of that */
	char **medium_reason;	/* as the last change was told */
	uint64_t *medium_sent, *medium_received;
	struct group *groups;	/* conf->group_count */
	struct respawn *respawns;	/* conf->client_count */
	GPtrArray *clients;	/* struct api_client *, by id */
	uint64_t signons;	/* of clients, in our life */
	struct outbox outbox;
	struct seek seek;

	unsigned talk_kept;	/* last ACTION_TALK, of this engine or the one before */

	bool changed;	/* something changed in this step: settle again */
	bool tell;	/* a status is to be sent at the end of this step */
	bool facts_dirty;	/* our facts changed since the last version */
	struct moment status_at;	/* of the next regular status */
	bool acquired;	/* the first acquisition was said to be complete */
	bool leave_wanted;	/* but a conversation with a 3.0.6 must end before */
	struct moment leave_until;	/* no longer is waited for what our end waits for */
	bool exiting;
	/* For the log only: the set that we give, how far that is, and the set that we take. */
	const char *standby_word;	/* NULL: none */
	enum {
		STANDBY_ASKED,
		STANDBY_STOPPING,
		STANDBY_STOPPED,
	} standby_phase;
	const char *taking_word;	/* in the giver's words; NULL: none */
	const char *holds_told;	/* last notice to clients; one of the words of standby_holds() */
	bool settled_told;

	uint64_t drops[DROP_COUNT];
	struct moment drops_said[DROP_COUNT];	/* a storm is said once a minute */
	uint64_t drops_unsaid[DROP_COUNT];
};

/* Our facts changed: a new version goes out at the end of the step. */
void core_touch(struct core *c);
uint64_t core_next_job(struct core *c);

#endif
