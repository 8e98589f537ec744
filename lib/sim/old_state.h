/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The inside of the model of a 3.0.6 node, shared by its files.
 */
#ifndef HB_SIM_OLD_STATE_H
#define HB_SIM_OLD_STATE_H

#include "base/prng.h"
#include "proto/msg.h"
#include "sim/old_node.h"

enum old_status {
	OLD_INIT,
	OLD_UP,
	OLD_ACTIVE,
	OLD_DEAD,
	OLD_PING,
	OLD_OTHER,	/* a word nobody knows; taken over as it is */
};

/* A node or ping node that is known, itself included. */
struct old_peer {
	char *name;
	bool is_ping;
	bool has_uuid;
	unsigned char uuid[16];
	enum old_status status;
	bool heard;	/* anything since the start */
	struct moment clock;	/* last status, or the start */
	bool clock_runs;	/* a status was heard in this life of it */
	struct span deadtime;	/* as it said itself, or ours */
	uint64_t generation;	/* highest in a status; 0: none yet */
	uint64_t status_seq, status_time;	/* of its last status */
	bool any;	/* a sequence has begun */
	uint64_t last;
	GArray *missing;	/* struct old_missing, ascending */
	unsigned trigger;	/* remainder of the numbers to acknowledge */
	uint64_t acknowledged;	/* of ours, by it */
};

struct old_missing {
	uint64_t seq;
	struct moment ask_at;
};

enum old_comm {
	COMM_WAITING,	/* for the first words of every node */
	COMM_ASKING,	/* somebody for the list of nodes */
	COMM_COMPLETE,
};

enum old_phase {
	PHASE_INIT,
	PHASE_STARTING,
	PHASE_BOTHSTARTING,
	PHASE_RSCRCVD,
	PHASE_STABLE,
	PHASE_SHUTDOWN,
};

/* Sets of groups, in the words of the one who speaks. */
#define HOLD_LOCAL 1U
#define HOLD_FOREIGN 2U
#define HOLD_ALL (HOLD_LOCAL | HOLD_FOREIGN)

enum old_standby {
	STANDBY_NOT,
	STANDBY_ME,
	STANDBY_OTHER,
	STANDBY_DONE,
};

enum old_leave {
	LEAVE_NOT,
	LEAVE_WANTED,	/* until everything is calm */
	LEAVE_RELEASING,
	LEAVE_SAID,	/* shutdone was sent */
	LEAVE_LAST,	/* the last second */
	LEAVE_SILENT,	/* between two lives */
	LEAVE_GONE,
};

enum old_job_kind {
	JOB_TAKE_GROUP,	/* rc.d/ip-request-resp */
	JOB_MACH_DOWN,	/* rc.d/status with st=dead */
	JOB_STANDBY_TAKE,
	JOB_STANDBY_GIVE,
	JOB_GIVE_ALL,	/* for a shutdown */
	JOB_IP_REQUEST,	/* rc.d/ip-request */
	JOB_COMMAND,	/* hb_standby, run by rc.d/hb_takeover */
	JOB_FAILBACK,	/* no program: only the question, when nothing runs */
};

/* Where the script that runs stands in its job. */
enum old_script {
	SCRIPT_ASK,	/* status, before a start */
	SCRIPT_START,
	SCRIPT_STOP,
	SCRIPT_PAUSE,	/* between two attempts to stop */
	SCRIPT_DOUBT,	/* status, after the last attempt to stop */
	SCRIPT_OWNED,	/* status, for an ip-request */
};

struct old_job {
	enum old_job_kind kind;
	bool take;	/* else give */
	GArray *groups;	/* unsigned */
	unsigned next;	/* index of the one at hand */
	unsigned set;	/* of a standby or command */
	char *who;	/* asker of an ip-request */
	bool owned;	/* it ran here */

	enum old_script script;
	unsigned resource;
	unsigned attempts;
	bool undoing;	/* a failed start: the group is being stopped */
	uint64_t child;	/* 0: none */
	struct moment pause_until;
};

/* Something that waits for the main loop to come round. */
struct old_input {
	GBytes *packet;	/* NULL: a command */
	unsigned medium;
	struct msg *command;
};

struct old_ipfail {
	bool runs;
	unsigned pings_up;
	struct moment say_at;	/* something is to be said */
	GQueue *sayings;	/* struct msg *: to the peer's ipfail */
	struct moment give_up_at;
	unsigned give_up_set;
	bool owed;	/* it could not give up when the time came */
};

struct old_node {
	const struct conf *conf;
	struct prng prng;
	struct trace trace;
	struct moment now;
	int64_t wall_s;
	struct actions *out;	/* of the step under way */

	unsigned char uuid[16];
	uint64_t generation;
	struct moment tick_at;
	struct moment react_at;
	struct span reaction;	/* how long it takes in this beat */
	GQueue *inputs;	/* struct old_input * */

	GPtrArray *peers;	/* struct old_peer * */
	struct old_peer *self;
	enum old_comm comm;
	struct moment ask_nodes_at;
	struct span told_deadtime;	/* dt in our status */
	struct moment calm_dt_at;	/* when the addition at the start ends */
	bool no_protocol;	/* a status without that field was heard */

	uint64_t seq;
	GQueue *history;	/* struct old_sent * */

	enum old_phase phase;
	unsigned i_hold, other_holds;
	bool other_known;	/* it told what it holds */
	bool other_stable;
	bool takeover;
	enum old_standby standby;
	struct moment standby_until;
	unsigned standby_set;
	bool want_failback;
	struct moment failback_at;
	struct moment first_deadline;

	GPtrArray *jobs;	/* struct old_job *: they run */
	GQueue *requests;	/* struct old_job *: they wait until nothing runs */
	bool finishing;	/* what a job's last message leads to waits for its end */
	unsigned acquisitions;	/* asked for, the one under way included */
	unsigned acquire_next;	/* its group */
	uint64_t acquire_child;
	uint64_t last_child;
	GArray *failed_starts;	/* struct moment: when to go standby for them */

	enum old_leave leave;
	struct moment leave_at;
	struct moment leave_began;
	bool will_restart;
	struct moment restart_at;	/* the partition has healed: leave, and start again */
	struct moment reload_at;
	bool keeps;	/* a reload: the next life keeps what it holds */

	struct old_ipfail ipfail;
};

#define OLD_NEVER MOMENT_NEVER

/* -- old_node.c: the life -- */

/* Ask the main loop to come round within a beat. */
void old_node_wake(struct old_node *o);
/* Give everything up and leave; or start again afterwards. */
void old_node_leave(struct old_node *o, bool restart);
/* Everything is released. */
void old_node_released(struct old_node *o);
/* A machine that cannot stop something. */
void old_node_reboot(struct old_node *o, const char *why);

/* -- old_wire.c: sequence, copies, repetition -- */

void old_wire_begin(struct old_node *o);
void old_wire_clear(struct old_node *o);
/* Number, loop back, send. dest: NULL for everybody. Owns: takes m. */
void old_wire_send(struct old_node *o, struct msg *m, const char *dest);
/* An echo request to each ping node. */
void old_wire_ping(struct old_node *o);
void old_wire_packet(struct old_node *o, GBytes *packet);
/* Ask for what is missing and due. */
void old_wire_ask(struct old_node *o);
struct moment old_wire_deadline(const struct old_node *o);
/* Forget the sequence of a node. */
void old_wire_forget(struct old_node *o, struct old_peer *p);

/* -- old_members.c: who is there -- */

void old_members_begin(struct old_node *o);
void old_members_clear(struct old_node *o);
struct old_peer *old_members_find(const struct old_node *o, const char *name);
void old_members_add(struct old_node *o, const char *name);
void old_members_send_status(struct old_node *o);
/* A status or NS_st that is to be believed. returning: it was dead in this generation. */
void old_members_status(
    struct old_node *o, struct old_peer *p, const struct msg *m, bool returning);
void old_members_ask_list(struct old_node *o);
void old_members_list_asked(struct old_node *o, const struct old_peer *asker);
void old_members_list(struct old_node *o, const struct msg *m);
/* Is communication complete by now? */
void old_members_settle(struct old_node *o);
/* Who has been silent too long? */
void old_members_judge(struct old_node *o);
bool old_members_is_other(const struct old_node *o, const struct old_peer *p);
bool old_members_other_is_active(const struct old_node *o);

/* -- old_resources.c: who holds what -- */

void old_resources_begin(struct old_node *o);
/* Communication is complete. */
void old_resources_start(struct old_node *o);
/* A message about resources; p may be ourselves. */
void old_resources_message(struct old_node *o, struct old_peer *p, const struct msg *m);
void old_resources_died(struct old_node *o, struct old_peer *p);
void old_resources_acquire(struct old_node *o, bool forced);
/* The state of the acquisition's scripts is known. */
void old_resources_acquired(struct old_node *o);
void old_resources_send(struct old_node *o, bool stable, const char *info);
/* What was taken from the dead is offered back, unless something speaks against it. */
void old_resources_failback(struct old_node *o);
/* Deadlines that the main loop looks at. */
void old_resources_tick(struct old_node *o);
bool old_resources_are_calm(const struct old_node *o);
bool old_resources_are_nice(const struct old_node *o);
const char *old_resources_word(unsigned set);
/* Errors: false; *set is then unchanged. */
bool old_resources_set(const char *word, unsigned *set);

/* -- old_standby.c: the conversation by which a set changes hands -- */

void old_standby_ask(struct old_node *o, unsigned set, const char *info, const char *from);
void old_standby_message(struct old_node *o, bool own, const struct msg *m);
/* The other one leaves: start what is missing as the taker of a standby would. */
void old_standby_inherit(struct old_node *o);
void old_standby_forget(struct old_node *o);
/* The limits are looked at whenever a message arrives. */
void old_standby_check_limit(struct old_node *o);
/* local is the other's foreign. */
unsigned old_standby_counterpart(unsigned set);

/* -- old_scripts.c: programs -- */

void old_scripts_begin(struct old_node *o);
void old_scripts_clear(struct old_node *o);
/* The groups of a set, in our words, or all of a node's. */
void old_scripts_take_set(struct old_node *o, enum old_job_kind kind, unsigned set);
void old_scripts_give_set(struct old_node *o, enum old_job_kind kind, unsigned set);
void old_scripts_take_node(struct old_node *o, const char *name);
void old_scripts_take_key(struct old_node *o, const char *key);
void old_scripts_ip_request(struct old_node *o, const char *key, const char *asker);
void old_scripts_command(struct old_node *o, unsigned set);
void old_scripts_acquire(struct old_node *o);
void old_scripts_failback(struct old_node *o);
void old_scripts_child(struct old_node *o, const struct event_child *child);
void old_scripts_tick(struct old_node *o);
struct moment old_scripts_deadline(const struct old_node *o);
/* Jobs that run or wait. */
unsigned old_scripts_count(const struct old_node *o);

/* -- old_ipfail.c: the client that weighs ping nodes -- */

void old_ipfail_begin(struct old_node *o);
void old_ipfail_clear(struct old_node *o);
void old_ipfail_signon(struct old_node *o);
void old_ipfail_ping(struct old_node *o, bool up);
void old_ipfail_message(struct old_node *o, const struct old_peer *p, const struct msg *m);
/* The other one became stable. */
void old_ipfail_stable(struct old_node *o);
void old_ipfail_tick(struct old_node *o);
struct moment old_ipfail_deadline(const struct old_node *o);

#endif
