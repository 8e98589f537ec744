/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "engine_state.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "memory.h"
#include "proto/request.h"

#define UUID_SIZE 16
/* Somebody else may have the name of the service, for as long as he likes. */
#define CONTROL_RETRY_MS 1000

/* The master has checked the same texts with the same code: a fault here is a bug. */
static int
engine_configure(struct engine *e)
{
	const struct conf_text text = {
	    .hacf_path = HB_HADIR "/ha.cf",
	    .hacf = e->texts[FILE_HACF],
	    .haresources_path = HB_HADIR "/haresources",
	    .haresources = e->texts[FILE_HARESOURCES],
	    .authkeys_path = HB_HADIR "/authkeys",
	    .authkeys = e->texts[FILE_AUTHKEYS],
	    .authkeys_owner_ok = true,
	    .node_name = e->texts[FILE_NODE_NAME],
	};
	const struct media_owner owner = engine_media_owner(e);
	g_autoptr(GPtrArray) faults = conf_faults_new();

	e->conf = conf_parse(&text, faults);
	for (unsigned i = 0; e->conf == NULL && i < faults->len; i++) {
		g_autofree char *line = fault_text(g_ptr_array_index(faults, i));

		trace(&e->trace, TRACE_ERROR, "%s", line);
	}
	explicit_bzero(e->texts[FILE_AUTHKEYS], strlen(e->texts[FILE_AUTHKEYS]));
	if (e->conf == NULL)
		return -EINVAL;
	e->media_news = g_new0(struct medium_news, e->conf->media_count);
	e->performer.media = media_new(e->loop, e->conf, &owner);
	memory_lock(e->conf->memreserve_kb, &e->trace);
	return 0;
}

static int
engine_take_text(struct engine *e, const struct channel_record *r, char **tail)
{
	if (e->conf != NULL || r->number != e->text_count ||
	    r->number >= CHANNEL_FILE_COUNT)
		return -EPROTO;
	e->texts[r->number] = *tail != NULL ? g_steal_pointer(tail) : g_strdup("");
	e->text_count++;
	return e->text_count == CHANNEL_FILE_COUNT ? engine_configure(e) : 0;
}

static void control_retry(void *data);

/* Without clients the cluster still works: they are told that the service is not there. 0 or -errno. */
static int
control_open(struct engine *e)
{
	const struct control_owner owner = engine_control_owner(e);
	qb_loop_timer_handle handle;
	int error = 0;

	e->performer.control = control_new(e->loop, &owner, &error);
	if (e->performer.control == NULL)
		qb_loop_timer_add(e->loop, QB_LOOP_LOW, CONTROL_RETRY_MS * (uint64_t)1000000, e,
		    control_retry, &handle);
	return error;
}

static void
control_retry(void *data)
{
	struct engine *e = data;

	if (control_open(e) == 0)
		trace(&e->trace, TRACE_NOTICE, "commands such as cl_status can reach us now");
}

static void
control_begin(struct engine *e)
{
	const int error = control_open(e);

	if (error != 0)
		trace(&e->trace, TRACE_ERROR,
		    "commands such as cl_status cannot reach us: no service '%s': %s%s; it is tried"
		    " again each second", REQUEST_SERVICE, g_strerror(-error),
		    error == -EADDRINUSE ? " by another process, which ss -xlp | grep @"
			REQUEST_SERVICE " names" : "");
}

static int
engine_start(struct engine *e, const struct channel_record *r, const char *tail)
{
	if (e->conf == NULL || e->core != NULL || tail == NULL ||
	    r->tail_len != UUID_SIZE + e->conf->group_count)
		return -EPROTO;

	g_autofree enum group_hint *hints =
	    g_new0(enum group_hint, e->conf->group_count + 1);
	for (unsigned i = 0; i < e->conf->group_count; i++) {
		unsigned char hint = (unsigned char)tail[UUID_SIZE + i];

		if (hint >= HINT_COUNT)
			return -EPROTO;
		hints[i] = (enum group_hint)hint;
	}

	uint64_t seed;
	if (getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
		return -EIO;
	const struct record_header header = {
	    .version = PACKAGE_VERSION,
	    .node_name = e->texts[FILE_NODE_NAME],
	    .hacf = e->texts[FILE_HACF],
	    .haresources = e->texts[FILE_HARESOURCES],
	    .seed = seed,
	};
	e->core = core_new(
	    e->conf, seed, flight_begin(e->flight, &header, e->conf, e->trace));
	control_begin(e);

	int result = media_start(e->performer.media);
	if (result == 0)
		result = engine_timer_start(e);
	if (result != 0)
		return result;

	struct clock_reading c = clock_read();
	struct event event = {
	    .type = EVENT_START,
	    .u.start = {
		.generation = r->job,
		.hints = hints,
		.talk = r->number,
		.renewed = r->op == 1,
	    },
	};
	memcpy(event.u.start.uuid, tail, UUID_SIZE);
	engine_event(e, &event, &c);
	return 0;
}

static int
engine_take_socket(struct engine *e, const struct channel_record *r, int *fd)
{
	if (e->performer.media == NULL || *fd < 0 || r->op >= SOCKET_ROLE_COUNT)
		return -EPROTO;

	int taken = *fd;
	*fd = -1;
	const int result = media_attach(
	    e->performer.media, r->medium, (enum socket_role)r->op, r->number, taken);
	struct clock_reading c = clock_read();

	/* What was missing is there. */
	if (e->core != NULL)
		engine_tell_news(e, &c);
	return result;
}

/* Before START it is kept, and told right after it. */
static int
engine_take_medium(struct engine *e, const struct channel_record *r, const char *tail)
{
	struct clock_reading c = clock_read();

	if (e->performer.media == NULL || r->medium >= e->conf->media_count)
		return -EPROTO;
	media_cannot_open(e->performer.media, r->medium, r->op == 1, tail != NULL ? tail : "unknown");
	if (e->core != NULL)
		engine_tell_news(e, &c);
	return 0;
}

static int
engine_take_record(struct engine *e, int *fd)
{
	if (e->core != NULL || *fd < 0)
		return -EPROTO;
	flight_keep_in(e->flight, *fd);
	*fd = -1;
	return 0;
}

static int
engine_take_fifo(struct engine *e, int *fd)
{
	if (e->core != NULL || e->fifo != NULL || *fd < 0)
		return -EPROTO;
	e->fifo = fifo_reader_new(e->loop, *fd, engine_fifo_message, e, e->trace);
	*fd = -1;
	return 0;
}

static int
engine_take_watch(struct engine *e, const struct channel_record *r, int *fd)
{
	const struct conflict_owner owner = engine_conflict_owner(e);

	if (e->conf == NULL || *fd < 0 || r->number > 1)
		return -EPROTO;
	if (e->conflicts == NULL)
		e->conflicts = conflict_watch_new(e->loop, e->conf, &owner);
	conflict_watch_attach(e->conflicts, r->number == 1, *fd);
	*fd = -1;
	return 0;
}

static int
engine_take_child(struct engine *e, const struct channel_record *r, const char *tail)
{
	struct clock_reading c = clock_read();
	struct event event = {
	    .type = EVENT_CHILD,
	    .u.child = {.job = r->job,
		.agent = (enum agent_class)r->agent,
		.end = (enum child_end)r->end,
		.code = r->code,
		.output = tail != NULL ? tail : ""},
	};

	if (e->core == NULL || r->end >= CHILD_END_COUNT || r->agent > AGENT_NONE)
		return -EPROTO;
	engine_event(e, &event, &c);
	return 0;
}

static int
engine_leave(struct engine *e)
{
	struct clock_reading c = clock_read();
	struct event event = {.type = EVENT_LEAVE};

	if (e->core == NULL)
		return -EPROTO;
	engine_event(e, &event, &c);
	return 0;
}

static int
engine_take_address(struct engine *e, const struct channel_record *r, const char *tail)
{
	struct clock_reading c = clock_read();
	struct event event = {
	    .type = EVENT_ADDRESS,
	    .u.address = {.group = r->group,
		.resource = r->resource,
		.state = (enum address_state)r->number,
		.shaken = r->op == 1,
		.reason = tail},
	};

	if (e->core == NULL || r->group >= e->conf->group_count ||
	    r->resource >= e->conf->groups[r->group].resource_count)
		return -EPROTO;
	engine_event(e, &event, &c);
	return 0;
}

int
engine_take(struct engine *e, const struct channel_record *r, char **tail, int *fd)
{
	switch ((enum channel_type)r->type) {
	case CHANNEL_CONF:
		return engine_take_text(e, r, tail);
	case CHANNEL_SOCKET:
		return engine_take_socket(e, r, fd);
	case CHANNEL_START:
		return engine_start(e, r, *tail);
	case CHANNEL_CHILD:
		return engine_take_child(e, r, *tail);
	case CHANNEL_LEAVE:
		return engine_leave(e);
	case CHANNEL_ADDRESS:
		return engine_take_address(e, r, *tail);
	case CHANNEL_MEDIUM:
		return engine_take_medium(e, r, *tail);
	case CHANNEL_RECORD:
		return engine_take_record(e, fd);
	case CHANNEL_FIFO:
		return engine_take_fifo(e, fd);
	case CHANNEL_WATCH:
		return engine_take_watch(e, r, fd);
	case CHANNEL_RUN:
	case CHANNEL_KILL:
	case CHANNEL_CLIENT_START:
	case CHANNEL_REOPEN:
	case CHANNEL_ACTIVE:
	case CHANNEL_GROUP:
	case CHANNEL_TALK:
	case CHANNEL_LOG:
	case CHANNEL_REBOOT:
	case CHANNEL_EXIT:
	case CHANNEL_RENEW:
	case CHANNEL_HOOK:
	case CHANNEL_TYPE_COUNT:
		break; /* these go the other way */
	}
	return -EPROTO;
}
