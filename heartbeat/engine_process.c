/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel_queue.h"
#include "conflict_socket.h"
#include "log.h"
#include "privs.h"

#define ENGINE_TITLE "heartbeat: engine"
/* Where the engine finds its channel: the first descriptor after the standard ones. */
#define ENGINE_CHANNEL 3
/* Records taken in one go before others get their turn. */
#define BATCH 64
/* A process that closed its channel is ending; one that is not by now is made to. */
#define END_PATIENCE_MS 500

struct engine_process {
	qb_loop_t *loop;
	struct engine_owner owner;
	struct engine_brief brief;
	unsigned char *start;	/* uuid, then one hint a group */
	pid_t pid;
	int channel;
	struct channel_queue *queue;
	bool *sockets_due;	/* by medium */
	bool record_due, fifo_due;
	bool watch_due[2];	/* IPv4, IPv6 */
	bool started;	/* START is on its way */
	GQueue early;	/* struct early *: what was to be sent before that, and comes behind it */
	bool gone;
};

/* --- the child ---------------------------------------------------------------------------- */

static void
child_complain(int channel, const char *what, int err)
{
	struct channel_record r = {.type = CHANNEL_LOG, .number = TRACE_ERROR};
	g_autofree char *line = g_strdup_printf("engine: %s: %s", what, g_strerror(-err));

	channel_send(channel, &r, line, strlen(line), -1);
}

static _Noreturn void
child_become_engine(const struct conf *c, int channel)
{
	char number[8];
	char *argv[] = {ENGINE_TITLE, ENGINE_ARGUMENT, number, NULL};
	g_autofree char *cores = g_build_filename(c->coreroot, PRIVS_USER, NULL);
	sigset_t none;
	int err;

	for (int s = 1; s < NSIG; s++)
		signal(s, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (channel == ENGINE_CHANNEL)
		fcntl(channel, F_SETFD, 0);
	else
		channel = dup2(channel, ENGINE_CHANNEL);
	close_range(ENGINE_CHANNEL + 1, ~0U, 0);
	g_snprintf(number, sizeof(number), "%d", ENGINE_CHANNEL);
	unsetenv("NOTIFY_SOCKET");
	if (!c->coredumps || chdir(cores) < 0)
		err = chdir("/");
	err = privs_become_engine(c);
	if (err < 0) {
		child_complain(channel, "cannot give up root", err);
		_exit(EXIT_FAILURE);
	}
	execv("/proc/self/exe", argv);
	child_complain(channel, "cannot be started", -errno);
	_exit(EXIT_FAILURE);
}

struct early {
	struct channel_record record;
	GBytes *tail;
};

static void
early_free(gpointer data)
{
	struct early *early = data;

	g_bytes_unref(early->tail);
	g_free(early);
}

/* --- to the engine ------------------------------------------------------------------------ */

static int32_t channel_ready(int32_t fd, int32_t revents, void *data);

static void
watch(struct engine_process *e, bool writable)
{
	qb_loop_poll_mod(e->loop, QB_LOOP_HIGH, e->channel, POLLIN | (writable ? POLLOUT : 0), e,
	    channel_ready);
}

/* false: the pipe is full for now. */
static bool
send_sockets(struct engine_process *e, unsigned medium)
{
	const GArray *all = sockets_of(e->brief.sockets, medium);

	for (guint i = 0; i < all->len; i++) {
		const struct opened_socket *s = &g_array_index(all, struct opened_socket, i);
		struct channel_record r = {
		    .type = CHANNEL_SOCKET,
		    .medium = medium,
		    .op = s->role,
		    .number = s->host,
		};

		/* Half of them sent is no harm: the next time all are sent again. */
		if (channel_send(e->channel, &r, NULL, 0, s->fd) == -EAGAIN)
			return false;
	}
	if (sockets_broken(e->brief.sockets, medium) && !sockets_send(e->brief.sockets, medium)) {
		const char *why = sockets_why(e->brief.sockets, medium);
		struct channel_record r = {.type = CHANNEL_MEDIUM,
		    .medium = medium,
		    .op = sockets_missing(e->brief.sockets, medium)};

		if (channel_send(e->channel, &r, why, strlen(why), -1) == -EAGAIN)
			return false;
	}
	e->sockets_due[medium] = false;
	return true;
}

/* A record that is nothing but its descriptor. false: the pipe is full for now. */
static bool
send_descriptor(struct engine_process *e, enum channel_type type, int fd, bool *due)
{
	struct channel_record r = {.type = type};

	if (channel_send(e->channel, &r, NULL, 0, fd) == -EAGAIN)
		return false;
	*due = false;
	return true;
}

static void
send_now(struct engine_process *e, const struct channel_record *r, const void *tail, size_t len)
{
	int err = channel_queue_send(e->queue, r, tail, len);

	/* -EPIPE: it is ending, and we are about to hear of that. */
	if (err < 0 && err != -EPIPE) {
		log_write(TRACE_ERROR, "the engine cannot be told anything any more: %s: killed",
		    g_strerror(-err));
		kill(e->pid, SIGKILL);
	}
}

static void
send_early(struct engine_process *e)
{
	for (struct early *early; (early = g_queue_pop_head(&e->early)) != NULL; early_free(early)) {
		size_t len;
		const void *tail = g_bytes_get_data(early->tail, &len);

		send_now(e, &early->record, tail, len);
	}
}

/* What hears other machines that have our addresses. Returns: false: the pipe is full for now. */
static bool
send_watch(struct engine_process *e, bool ipv6)
{
	struct channel_record r = {.type = CHANNEL_WATCH, .number = ipv6};
	const int fd = conflict_socket(e->brief.conf, ipv6);
	int err = fd;

	if (fd >= 0) {
		err = channel_send(e->channel, &r, NULL, 0, fd);
		close(fd);
		if (err == -EAGAIN)
			return false;
	}
	if (err < 0 && err != -ENOENT)
		log_write(TRACE_WARNING, "another machine that has one of our %s addresses cannot be noticed:"
		    " %s; it takes CAP_NET_RAW", ipv6 ? "IPv6" : "IPv4", g_strerror(-err));
	e->watch_due[ipv6] = false;
	return true;
}

/* Everything that is due, in its order, as far as there is room. */
static void
pump(struct engine_process *e)
{
	bool room;

	channel_queue_flush(e->queue);
	room = !channel_queue_waiting(e->queue);
	for (unsigned i = 0; i < e->brief.conf->media_count && room; i++) {
		if (e->sockets_due[i])
			room = send_sockets(e, i);
	}
	if (room && e->record_due)
		room = send_descriptor(e, CHANNEL_RECORD, e->brief.record, &e->record_due);
	if (room && e->fifo_due)
		room = send_descriptor(e, CHANNEL_FIFO, e->brief.fifo, &e->fifo_due);
	for (unsigned i = 0; i < G_N_ELEMENTS(e->watch_due) && room; i++) {
		if (e->watch_due[i])
			room = send_watch(e, i == 1);
	}
	if (room && !e->started) {
		struct channel_record r = {
		    .type = CHANNEL_START,
		    .job = e->brief.generation,
		    .number = e->brief.talk,
		    .op = e->brief.renewed,
		};

		e->started = true;
		channel_queue_send(
		    e->queue, &r, e->start, STORE_UUID_SIZE + e->brief.conf->group_count);
		send_early(e);
		room = !channel_queue_waiting(e->queue);
	}
	watch(e, !room);
}

void
engine_process_send(
    struct engine_process *e, const struct channel_record *r, const void *tail, size_t len)
{
	if (e->gone)
		return;
	if (!e->started && r->type != CHANNEL_CONF) {
		struct early *early = g_new(struct early, 1);

		*early = (struct early){*r, g_bytes_new(tail, len)};
		g_queue_push_tail(&e->early, early);
		return;
	}
	send_now(e, r, tail, len);
	if (channel_queue_waiting(e->queue))
		watch(e, true);
}

void
engine_process_sockets_changed(struct engine_process *e, unsigned medium)
{
	if (e->gone)
		return;
	e->sockets_due[medium] = true;
	pump(e);
}

static void
send_texts(struct engine_process *e)
{
	const struct files *f = e->brief.files;
	const char *const texts[CHANNEL_FILE_COUNT] = {
	    [FILE_HACF] = f->hacf,
	    [FILE_HARESOURCES] = f->haresources,
	    [FILE_AUTHKEYS] = f->authkeys,
	    [FILE_NODE_NAME] = f->node_name,
	};

	for (unsigned i = 0; i < CHANNEL_FILE_COUNT; i++) {
		const struct channel_record r = {.type = CHANNEL_CONF, .number = i};
		const char *text = texts[i] != NULL ? texts[i] : "";

		engine_process_send(e, &r, text, strlen(text));
	}
}

/* --- from the engine ---------------------------------------------------------------------- */

static char *
how_it_ended(int status)
{
	if (WIFSIGNALED(status))
		return g_strdup_printf(
		    "killed by signal %d [%s]", WTERMSIG(status), strsignal(WTERMSIG(status)));
	return g_strdup_printf("exit code %d", WEXITSTATUS(status));
}

/* Its channel is closed: it is ending, and if not it is ended. */
static char *
reap(struct engine_process *e)
{
	struct pollfd p = {.fd = pidfd_open(e->pid, 0), .events = POLLIN};
	int status = 0;

	if (p.fd < 0 || poll(&p, 1, END_PATIENCE_MS) != 1)
		kill(e->pid, SIGKILL);
	if (p.fd >= 0)
		close(p.fd);
	while (waitpid(e->pid, &status, 0) < 0 && errno == EINTR)
		;
	e->pid = 0;
	return how_it_ended(status);
}

static void
engine_gone(struct engine_process *e)
{
	g_autofree char *how = NULL;

	qb_loop_poll_del(e->loop, e->channel);
	e->gone = true;
	how = reap(e);
	e->owner.gone(e->owner.arg, how);
}

/* One record. Returns: 0, or -errno of channel_receive() if there is none, or none will come. */
static int
take_record(struct engine_process *e)
{
	g_autofree char *tail = NULL;
	struct channel_record r;
	int fd, result = channel_receive(e->channel, &r, &tail, &fd);

	if (result == -EPROTO) {
		log_write(TRACE_ERROR, "the engine sent a record that makes no sense: dropped");
		return 0;
	}
	if (result < 0)
		return result;
	/* Nobody has descriptors for the master. */
	if (fd >= 0)
		close(fd);
	e->owner.record(e->owner.arg, &r, tail != NULL ? tail : "");
	return 0;
}

static int32_t
channel_ready(int32_t fd, int32_t revents, void *data)
{
	struct engine_process *e = data;

	(void)fd;
	if ((revents & POLLOUT) != 0)
		pump(e);
	if ((revents & ~POLLOUT) == 0)
		return 0;
	/* What it says may have it killed. */
	for (int i = 0; i < BATCH && !e->gone; i++) {
		int result = take_record(e);

		if (result < 0) {
			if (result != -EAGAIN)
				engine_gone(e);
			break;
		}
	}
	return 0;
}

/* --- begin and end ------------------------------------------------------------------------ */

/* It can grow and not shrink, so that the master can read it whatever the engine does. */
int
engine_process_memory(void)
{
	int fd = memfd_create("heartbeat-record", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	int err;

	if (fd >= 0 && fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK) == 0)
		return fd;
	err = -errno;
	if (fd >= 0)
		close(fd);
	return err;
}

static struct engine_process *
engine_process_new(
    qb_loop_t *loop, const struct engine_brief *brief, const struct engine_owner *owner)
{
	struct engine_process *e = g_new0(struct engine_process, 1);

	e->loop = loop;
	e->brief = *brief;
	g_queue_init(&e->early);
	e->owner = *owner;
	e->sockets_due = g_new(bool, brief->conf->media_count + 1);
	memset(e->sockets_due, true, brief->conf->media_count + 1);
	e->start = g_malloc(STORE_UUID_SIZE + brief->conf->group_count);
	memcpy(e->start, brief->uuid, STORE_UUID_SIZE);
	for (unsigned i = 0; i < brief->conf->group_count; i++)
		e->start[STORE_UUID_SIZE + i] = (unsigned char)brief->hints[i];
	e->record_due = brief->record >= 0;
	e->watch_due[0] = e->watch_due[1] = true;
	e->fifo_due = brief->fifo >= 0;
	return e;
}

int
engine_process_start(qb_loop_t *loop, const struct engine_brief *brief,
    const struct engine_owner *owner, struct engine_process **out)
{
	struct engine_process *e;
	sigset_t every, before;
	int ends[2], err = channel_pair(ends);
	pid_t pid;

	*out = NULL;
	if (err < 0)
		return err;
	/* No signal for the child before its exec: it would reach our loop. */
	sigfillset(&every);
	sigprocmask(SIG_SETMASK, &every, &before);
	pid = fork();
	if (pid == 0)
		child_become_engine(brief->conf, ends[1]);
	err = pid < 0 ? -errno : 0;
	sigprocmask(SIG_SETMASK, &before, NULL);
	close(ends[1]);
	if (err < 0) {
		close(ends[0]);
		return err;
	}
	e = engine_process_new(loop, brief, owner);
	e->pid = pid;
	e->channel = ends[0];
	e->queue = channel_queue_new(e->channel);
	qb_loop_poll_add(loop, QB_LOOP_HIGH, e->channel, POLLIN, e, channel_ready);
	send_texts(e);
	pump(e);
	*out = e;
	return 0;
}

pid_t
engine_process_pid(const struct engine_process *e)
{
	return e->pid;
}

void
engine_process_kill(struct engine_process *e)
{
	if (e->gone)
		return;
	qb_loop_poll_del(e->loop, e->channel);
	e->gone = true;
	kill(e->pid, SIGKILL);
	g_free(reap(e));
}

void
engine_process_finish(struct engine_process *e)
{
	engine_process_kill(e);
	while (take_record(e) == 0)
		;
}

void
engine_process_free(struct engine_process *e)
{
	if (e == NULL)
		return;
	engine_process_kill(e);
	channel_queue_free(e->queue);
	g_queue_clear_full(&e->early, early_free);
	close(e->channel);
	g_free(e->sockets_due);
	g_free(e->start);
	g_free(e);
}
