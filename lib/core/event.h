/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything the world can tell the core.
 */
#ifndef HB_CORE_EVENT_H
#define HB_CORE_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/monotime.h"
#include "conf/conf.h"

enum event_type {
	EVENT_START,	/* once, first */
	EVENT_PACKET,	/* a datagram or serial frame came in */
	EVENT_TIMER,	/* core_deadline() is reached */
	EVENT_CHILD,	/* a job (ACTION_RUN, ACTION_CLIENT_START) ended */
	EVENT_REQUEST,	/* a client asks */
	EVENT_CLIENT,	/* a client connected or went */
	EVENT_MEDIUM,	/* sending on a medium began or ceased to work; as before: it was opened anew */
	EVENT_LEAVE,	/* stop: give up everything, tell the peers, then ACTION_EXIT */
	EVENT_ORPHANED,	/* the master is gone: say so to the peers, then ACTION_EXIT */
	EVENT_ADDRESS,	/* where an address of a group is, or its neighbours may not know */
	EVENT_CONFLICT,	/* another machine on the wire says that it has an address of ours */
	EVENT_TYPE_COUNT
};

/* What the master knows of a group when an engine starts. */
enum group_hint {
	HINT_UNKNOWN,	/* first engine of this master: find out by status */
	HINT_STOPPED,	/* nothing of it has been started since it was last stopped well */
	HINT_RUNNING,	/* started well, nothing under way */
	HINT_PARTLY,	/* something may run: find out by status */
	HINT_AWAY,	/* stopped, and sent away by a standby: not to be taken back unasked */
	HINT_COUNT
};

/* How a job ended. */
enum child_end {
	CHILD_EXITED,	/* code is the exit code */
	CHILD_SIGNALED,	/* code is the signal */
	CHILD_TIMED_OUT,	/* killed by the runner after its timeout */
	CHILD_NOT_FOUND,	/* no script, unit or agent of that name; output says where we looked */
	CHILD_KILLED,	/* by ACTION_KILL */
	CHILD_END_COUNT
};

/* Who carried a resource operation out: decides how its status is read. */
enum agent_class {
	AGENT_HEARTBEAT,	/* resource.d or init script: the output of status counts */
	AGENT_NATIVE,	/* address by netlink: code 0 runs, 7 does not */
	AGENT_OCF,	/* code 0 runs, 7 does not */
	AGENT_SYSTEMD,	/* systemctl is-active: code 0 runs, 3 does not */
	AGENT_NONE,	/* a respawned client */
};

#define TALK_MEMORY_COUNT 128
/* Between one ACTION_RENEW and the next, whatever the peers say. */
#define RENEW_PAUSE_MS 60000

/* Output of a program passed to the core at most; the rest is only logged or dropped. */
#define CHILD_OUTPUT_MAX 4096

/* Where an address is on this machine. */
enum address_state {
	ADDRESS_HERE,	/* on an interface that is up */
	ADDRESS_GONE,	/* not there, and there is an interface that is up and can have it */
	ADDRESS_NOWHERE,	/* not there or of no use, and no interface can have it now */
	ADDRESS_STATE_COUNT
};

struct event_start {
	uint64_t generation;	/* already on disk */
	unsigned char uuid[16];
	const enum group_hint *hints;	/* one a group of the configuration; borrowed */
	/* The last ACTION_TALK of the engine before, below TALK_MEMORY_COUNT; 0: none. Only the core
	 * knows what it means. */
	unsigned talk;
	bool renewed;	/* an ACTION_RENEW was carried out less than RENEW_PAUSE_MS ago */
};

struct event_packet {
	unsigned medium;	/* index in conf->media */
	const char *source;	/* sender's address for messages to people; may be NULL */
	const void *bytes;	/* borrowed */
	size_t len;
	struct moment received;	/* when the kernel had it; at or before now */
};

struct event_child {
	uint64_t job;
	enum agent_class agent;
	enum child_end end;
	int code;
	const char *output;	/* head of its standard output (and error for the log); borrowed */
};

/* Nobody's number: a request of this client is a message that a script wrote to the FIFO. */
#define CLIENT_FIFO 0

struct event_request {
	uint32_t client;
	const void *bytes;	/* a message, see proto/request.h; of CLIENT_FIFO: see local.h */
	size_t len;
};

struct event_client {
	uint32_t client;	/* a number given by control.c, never used twice in a life */
	bool connected;
	uint32_t uid, gid;	/* of the peer, as the kernel says */
	const char *user;	/* name of uid, or its number in decimal; borrowed */
	const char *const *groups;	/* names of gid and the user's other groups; borrowed */
};

struct event_medium {
	unsigned medium;
	bool up;
	bool missing;	/* the interface or serial line is not there (yet); not up then */
	const char *reason;	/* "Network is unreachable"; borrowed */
};

/*
 * Told when it changes, of each address when an engine starts, and anew after each start or stop that
 * the master carried out itself.
 */
struct event_address {
	unsigned group, resource;	/* indexes in the configuration */
	enum address_state state;
	bool shaken;	/* the link under it came back, changed its MAC or its way: neighbours may not know */
	const char *reason;	/* NOWHERE: "eth0 is down"; may be NULL; borrowed */
};

struct event_conflict {
	unsigned group, resource;	/* an address; indexes in the configuration */
	const char *mac;	/* of the other machine: "52:54:00:12:34:56"; borrowed */
	const char *interface;	/* here; borrowed */
};

/* Of the two: a MAC address has up to 32 bytes. */
#define CONFLICT_MAC_MAX 95
#define CONFLICT_INTERFACE_MAX 15

struct event {
	enum event_type type;
	struct moment now;	/* never goes back */
	int64_t wall_s;	/* seconds since 1970, for the ts field only */
	union {
		struct event_start start;
		struct event_packet packet;
		struct event_child child;
		struct event_request request;
		struct event_client client;
		struct event_medium medium;
		struct event_address address;
		struct event_conflict conflict;
	} u;
};

/* May something of the group run? What was sent away is stopped too. */
static inline bool
hint_may_run(enum group_hint hint)
{
	return hint != HINT_STOPPED && hint != HINT_AWAY;
}

const char *event_type_name(enum event_type type);
const char *child_end_name(enum child_end end);
const char *address_state_name(enum address_state state);	/* "here" "gone" "nowhere" */

#endif
