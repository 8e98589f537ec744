/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The life of the process:
 *
 *   waiting for configuration --4 texts--> configured --START--> running --EXIT--> ended
 *                                  (sockets may come at any time from here on)
 *
 * While it runs, each readiness of a descriptor is one event: the clock is read once, the
 * core takes a step, its actions are performed in order. What performing brings to light (a
 * medium that ceased to work) is an event of its own after that step, never inside it.
 */
#include "engine.h"

#include <assert.h>
#include <errno.h>
#include <glib.h>
#include <qb/qbloop.h>
#include <signal.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "channel_queue.h"
#include "engine_state.h"

/* Records taken from the master before the loop may turn to others. */
#define CHANNEL_BATCH 32
/* What is still to be said when we end. */
#define FAREWELL_MASTER_MS 1000
#define FAREWELL_MEDIA_MS 200

static void
engine_log(void *arg, enum trace_level level, const char *line)
{
	struct engine *e = arg;

	if (!e->performer.orphaned)
		channel_queue_log(e->performer.master, level, line);
}

/* One step of the core and what it asks for. */
static void
engine_step(struct engine *e, struct event *event, const struct clock_reading *c)
{
	assert(!e->stepping);
	if (e->performer.ended)
		return;
	e->last = moment_max(e->last, c->now);
	event->now = e->last;
	event->wall_s = c->real_ns / 1000000000;
	e->stepping = true;
	flight_step(e->flight, e->core, event, e->actions);
	perform(&e->performer, e->actions, e->last);
	actions_clear(e->actions);
	e->stepping = false;
}

/* Each piece of news once; what performing these brings up waits for the next event. */
static void
engine_news(struct engine *e, const struct clock_reading *c)
{
	static const char *const none[] = {NULL};

	for (unsigned i = 0; i < e->conf->media_count; i++) {
		struct medium_news *n = &e->media_news[i];

		if (!n->changed)
			continue;
		g_autofree char *reason = g_steal_pointer(&n->reason);
		struct event event = {
		    .type = EVENT_MEDIUM,
		    .u.medium = {.medium = i,
			.up = n->up,
			.missing = n->missing,
			.reason = reason},
		};
		n->changed = false;
		engine_step(e, &event, c);
	}
	g_autoptr(GArray) gone = g_steal_pointer(&e->clients_gone);
	e->clients_gone = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	for (unsigned i = 0; i < gone->len; i++) {
		struct event event = {
		    .type = EVENT_CLIENT,
		    .u.client = {.client = g_array_index(gone, uint32_t, i),
			.user = "",
			.groups = none},
		};
		engine_step(e, &event, c);
	}
}

static void
timer_arm(struct engine *e)
{
	const struct moment deadline =
	    moment_min(core_deadline(e->core), core_seek_deadline(e->core));
	struct itimerspec when = {0};

	if (deadline.ns == e->armed.ns)
		return;
	if (!moment_is_never(deadline)) {
		/* All zero would turn the timer off. */
		int64_t ns = deadline.ns > 0 ? deadline.ns : 1;

		when.it_value.tv_sec = ns / 1000000000;
		when.it_value.tv_nsec = ns % 1000000000;
	}
	timerfd_settime(e->timer, TFD_TIMER_ABSTIME, &when, NULL);
	e->armed = deadline;
}

static void
engine_end(struct engine *e, int exit_code)
{
	if (!e->performer.orphaned)
		channel_queue_finish(e->performer.master, span_from_ms(FAREWELL_MASTER_MS));
	if (e->performer.media != NULL)
		media_flush(e->performer.media, span_from_ms(FAREWELL_MEDIA_MS));
	e->performer.ended = true;
	e->exit_code = exit_code;
	qb_loop_stop(e->loop);
}

static int32_t channel_ready(int32_t fd, int32_t revents, void *data);

/* Wake up when the pipe has room, as long as something waits for it. */
static void
channel_watch(struct engine *e)
{
	bool wanted = channel_queue_waiting(e->performer.master);

	if (wanted == e->channel_for_writing)
		return;
	e->channel_for_writing = wanted;
	qb_loop_poll_mod(e->loop, QB_LOOP_HIGH, e->channel,
	    wanted ? POLLIN | POLLOUT : POLLIN, e, channel_ready);
}

/* The master is gone: a last word to the peers, and out. */
static void
engine_orphaned(struct engine *e, const struct clock_reading *c)
{
	struct event event = {.type = EVENT_ORPHANED};

	if (e->performer.orphaned)
		return;
	e->performer.orphaned = true;
	if (e->core != NULL)
		engine_step(e, &event, c);
	engine_end(e, EXIT_FAILURE);
}

/* What is to be done after steps, whatever they were about. */
static void
engine_settle(struct engine *e, const struct clock_reading *c)
{
	engine_news(e, c);
	if (e->performer.master_error != 0)
		engine_orphaned(e, c);
	else if (e->performer.ended)
		engine_end(e, EXIT_SUCCESS);
	if (e->performer.ended)
		return;
	timer_arm(e);
	channel_watch(e);
}

/* An event from outside, all that follows from it, and the timer for what comes next. */
void
engine_event(struct engine *e, struct event *event, const struct clock_reading *c)
{
	if (e->performer.ended)
		return;
	engine_step(e, event, c);
	engine_settle(e, c);
}

void
engine_tell_news(struct engine *e, const struct clock_reading *c)
{
	if (!e->performer.ended)
		engine_settle(e, c);
}

/* Our last status once more, where it is due. */
static void
engine_seek(struct engine *e, const struct clock_reading *c)
{
	e->stepping = true;
	core_seek(e->core, moment_max(e->last, c->now), e->actions);
	perform(&e->performer, e->actions, c->now);
	actions_clear(e->actions);
	e->stepping = false;
	engine_settle(e, c);
}

static void
media_packet(void *arg, const struct event_packet *p, const struct clock_reading *c)
{
	struct event event = {.type = EVENT_PACKET, .u.packet = *p};

	engine_event(arg, &event, c);
}

/* Often in the middle of a step: kept for after it. */
static void
media_state(void *arg, unsigned medium, bool up, bool missing, const char *reason)
{
	struct engine *e = arg;
	struct medium_news *n = &e->media_news[medium];

	g_free(n->reason);
	*n = (struct medium_news){
	    .changed = true, .up = up, .missing = missing, .reason = g_strdup(reason)};
}

static void
media_reopen(void *arg, unsigned medium)
{
	struct engine *e = arg;
	struct channel_record r = {.type = CHANNEL_REOPEN, .medium = medium};

	if (!e->performer.orphaned)
		channel_queue_send(e->performer.master, &r, NULL, 0);
}

static void
control_client(void *arg, const struct event_client *client)
{
	struct engine *e = arg;
	struct event event = {.type = EVENT_CLIENT, .u.client = *client};
	struct clock_reading c = clock_read();

	flight_client(e->flight, client);
	if (e->stepping)
		g_array_append_val(e->clients_gone, client->client);
	else
		engine_event(e, &event, &c);
}

static void
control_request(void *arg, const struct event_request *r)
{
	struct engine *e = arg;
	struct event event = {.type = EVENT_REQUEST, .u.request = *r};
	struct clock_reading c = clock_read();
	g_autoptr(GByteArray) reply = flight_answer(e->flight, r);

	if (reply != NULL)
		control_reply(e->performer.control, r->client, reply->data, reply->len);
	else
		engine_event(e, &event, &c);
}

void
engine_fifo_message(void *arg, const void *bytes, size_t len)
{
	struct engine *e = arg;
	struct event event = {
	    .type = EVENT_REQUEST,
	    .u.request = {.client = CLIENT_FIFO, .bytes = bytes, .len = len},
	};
	struct clock_reading c = clock_read();

	if (e->core != NULL)
		engine_event(e, &event, &c);
}

/*
 * The deadline has come. First everything that has arrived meanwhile is taken in, so that
 * after a pause of ours nobody is called silent whose messages wait in the kernel.
 */
static int32_t
timer_ready(int32_t fd, int32_t revents, void *data)
{
	struct engine *e = data;
	uint64_t times;

	(void)revents;
	if (read(fd, &times, sizeof(times)) != sizeof(times))
		return 0;
	e->armed = MOMENT_NEVER;
	media_drain(e->performer.media);

	struct clock_reading c = clock_read();
	struct event event = {.type = EVENT_TIMER};
	if (e->performer.ended)
		return 0;
	if (moment_reached(c.now, core_deadline(e->core)))
		engine_event(e, &event, &c);
	else
		engine_seek(e, &c);
	return 0;
}

static bool
conflict_minds(void *arg, unsigned group, unsigned resource)
{
	const struct engine *e = arg;

	return e->core != NULL && !e->performer.ended &&
	       core_minds_conflict(e->core, group, resource);
}

static void
conflict_heard(void *arg, const struct event_conflict *conflict)
{
	struct event event = {.type = EVENT_CONFLICT, .u.conflict = *conflict};
	struct clock_reading c = clock_read();

	engine_event(arg, &event, &c);
}

struct conflict_owner
engine_conflict_owner(struct engine *e)
{
	return (struct conflict_owner){
	    .minds = conflict_minds,
	    .heard = conflict_heard,
	    .arg = e,
	};
}

struct media_owner
engine_media_owner(struct engine *e)
{
	return (struct media_owner){
	    .packet = media_packet,
	    .state = media_state,
	    .reopen = media_reopen,
	    .trace = e->trace,
	    .arg = e,
	};
}

struct control_owner
engine_control_owner(struct engine *e)
{
	return (struct control_owner){
	    .client = control_client,
	    .request = control_request,
	    .trace = e->trace,
	    .arg = e,
	};
}

int
engine_timer_start(struct engine *e)
{
	return qb_loop_poll_add(e->loop, QB_LOOP_HIGH, e->timer, POLLIN, e, timer_ready);
}

/* One record. Returns: false if there is none, or none will come. */
static bool
channel_take(struct engine *e)
{
	struct channel_record r;
	char *tail = NULL;
	int fd = -1;
	int result = channel_receive(e->channel, &r, &tail, &fd);

	if (result == -EAGAIN)
		return false;
	if (result == 0) {
		result = engine_take(e, &r, &tail, &fd);
		if (result != 0)
			trace(&e->trace, TRACE_ERROR, "the master's record of type %u: %s",
			    r.type, g_strerror(-result));
		g_free(tail);
		if (fd >= 0)
			close(fd);
		/* Half a configuration or no start: there is no engine to be. */
		if (result != 0 && e->core == NULL && r.type != CHANNEL_SOCKET)
			engine_end(e, EXIT_FAILURE);
		return !e->performer.ended;
	}
	if (result == -EPROTO)
		return true;

	struct clock_reading c = clock_read();
	engine_orphaned(e, &c);
	return false;
}

static int32_t
channel_ready(int32_t fd, int32_t revents, void *data)
{
	struct engine *e = data;

	(void)fd;
	if ((revents & POLLOUT) != 0) {
		channel_queue_flush(e->performer.master);
		channel_watch(e);
	}
	for (int i = 0; (revents & ~POLLOUT) != 0 && i < CHANNEL_BATCH && channel_take(e);
	     i++)
		;
	return 0;
}

/* The end comes through the channel, in order; what a terminal or an init system sends to
 * the whole process group must not come first. */
static void
signals_ignore(void)
{
	static const int ignored[] = {
	    SIGPIPE, SIGHUP, SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM};

	for (size_t i = 0; i < G_N_ELEMENTS(ignored); i++)
		signal(ignored[i], SIG_IGN);
}

static void
engine_clear(struct engine *e)
{
	fifo_reader_free(e->fifo);
	conflict_watch_free(e->conflicts);
	control_free(e->performer.control);
	media_free(e->performer.media);
	core_free(e->core);
	flight_free(e->flight);
	for (unsigned i = 0; e->conf != NULL && i < e->conf->media_count; i++)
		g_free(e->media_news[i].reason);
	g_free(e->media_news);
	conf_free(e->conf);
	for (unsigned i = 0; i < CHANNEL_FILE_COUNT; i++)
		g_free(e->texts[i]);
	actions_free(e->actions);
	g_array_unref(e->clients_gone);
	channel_queue_free(e->performer.master);
	close(e->timer);
	close(e->channel);
	qb_loop_destroy(e->loop);
}

int
engine_main(int channel_fd)
{
	struct engine e = {
	    .channel = channel_fd,
	    .armed = MOMENT_NEVER,
	    .loop = qb_loop_create(),
	    .timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC),
	    .actions = actions_new(),
	    .flight = flight_new(),
	    .clients_gone = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
	    .exit_code = EXIT_FAILURE,
	};

	signals_ignore();
	e.trace = (struct trace){engine_log, &e};
	e.performer.master = channel_queue_new(channel_fd);
	if (e.timer >= 0 && qb_loop_poll_add(e.loop, QB_LOOP_HIGH, channel_fd, POLLIN, &e,
				channel_ready) == 0)
		qb_loop_run(e.loop);
	engine_clear(&e);
	return e.exit_code;
}
