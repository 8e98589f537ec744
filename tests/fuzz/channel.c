/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a captured engine may write into the pipe to its master: records of any length and
 * content, with descriptors. Those that pass are done as the master does them; the
 * resources and users of the configuration do not exist, so nothing is run.
 */
#include "channel.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"
#include "base/trace.h"
#include "fuzz.h"
#include "hooks.h"
#include "log.h"
#include "runner.h"

#define HACF \
	"logfacility none\nkeepalive 1\ndeadtime 10\nucast lo 127.0.0.1\nnode node1 " \
	"node2\n" \
	"auto_failback off\nrespawn nobody-of-that-name /nonexistent/client\n"
#define HARESOURCES "node1 absent-script-a absent-script-b\nnode2 absent-script-c\n"

static struct {
	int ends[2];
	qb_loop_t *loop;
	struct conf *conf;
	struct hooks *hooks;
	int null;
} world;

static void
world_make(void)
{
	if (world.conf != NULL)
		return;
	world.conf = conf_of("node1", HACF, HARESOURCES, "auth 1\n1 crc\n", NULL);
	CLAIM(world.conf != NULL);
	log_open(world.conf, false);
	world.loop = qb_loop_create();
	world.hooks = hooks_new(world.loop, "/nonexistent", world.conf);
	CLAIM(channel_pair(world.ends) == 0);
	world.null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	CLAIM(world.null >= 0);
}

static void
done(void *arg, uint64_t job, enum agent_class agent, enum child_end end, int code,
    const char *output)
{
	unsigned *ended = arg;

	(void)job;
	(void)code;
	CLAIM(output != NULL && agent <= AGENT_NONE && end < CHILD_END_COUNT);
	++*ended;
}

/* With up to three descriptors. */
static bool
write_record(const void *bytes, size_t len, unsigned descriptors)
{
	struct iovec part = {(void *)bytes, len};
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(3 * sizeof(int))];
	} room = {0};
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};

	if (descriptors > 0) {
		m.msg_control = room.bytes;
		m.msg_controllen = CMSG_SPACE(descriptors * sizeof(int));
		struct cmsghdr *c = CMSG_FIRSTHDR(&m);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(descriptors * sizeof(int));
		for (unsigned i = 0; i < descriptors; i++)
			memcpy(CMSG_DATA(c) + i * sizeof(int), &world.null, sizeof(int));
	}
	return sendmsg(world.ends[0], &m, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)len;
}

static void
judge(const struct channel_record *r, const char *tail)
{
	CLAIM(r->type < CHANNEL_TYPE_COUNT && r->tail_len <= CHANNEL_TAIL_MAX);
	CLAIM((tail == NULL) == (r->tail_len == 0));
	CLAIM(tail == NULL || tail[r->tail_len] == '\0');
	CLAIM(r->type != CHANNEL_RUN || r->op < OP_COUNT);
	CLAIM(r->type != CHANNEL_GROUP || r->number < HINT_COUNT);
	CLAIM(r->type != CHANNEL_MEDIUM || r->op <= 1);
	CLAIM(r->type != CHANNEL_WATCH || r->number <= 1);
	CLAIM(r->type != CHANNEL_ADDRESS || (r->number < ADDRESS_STATE_COUNT && r->op <= 1));
	CLAIM(r->type != CHANNEL_CHILD ||
	      (r->end < CHILD_END_COUNT && r->agent <= AGENT_NONE));
}

/* Addresses apart, whatever is carried out goes through here. */
static void
perform(struct runner *run, const struct channel_record *r, const char *tail)
{
	g_autofree char *words = text_escape(
	    tail != NULL ? tail : "", tail != NULL ? strlen(tail) : 0, CHANNEL_TAIL_MAX);

	switch ((enum channel_type)r->type) {
	case CHANNEL_RUN:
		runner_run(run, r->job, (enum resource_op)r->op, r->group, r->resource,
		    span_from_ms((int64_t)r->timeout_ms));
		break;
	case CHANNEL_KILL:
		runner_kill(run, r->job);
		break;
	case CHANNEL_CLIENT_START:
		runner_client_start(run, r->job, r->number);
		break;
	case CHANNEL_HOOK:
		if (tail != NULL)
			hooks_run(world.hooks, tail, r->tail_len);
		break;
	case CHANNEL_LOG:
		log_line((enum trace_level)r->number, words);
		break;
	default:
		break;
	}
}

static void
take(struct runner *run)
{
	struct channel_record r;
	g_autofree char *tail = NULL;
	int fd = -1;
	int result = channel_receive(world.ends[1], &r, &tail, &fd);

	CLAIM(result == 0 || result == -EPROTO);
	CLAIM(result == 0 || (tail == NULL && fd == -1));
	if (result != 0)
		return;
	judge(&r, tail);
	perform(run, &r, tail);
	if (fd >= 0)
		close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct reader r = {bytes, len};
	unsigned ended = 0;

	world_make();
	int before = dup(world.null);
	close(before);
	struct runner *run = runner_new(world.loop, world.conf, done, &ended);
	runner_renew(run, world.conf);
	while (r.left > 0) {
		unsigned descriptors = take_below(&r, 4);
		size_t n;
		const uint8_t *at = take_bytes(&r, &n);
		g_autofree uint8_t *copy = g_memdup2(at, n);

		/* The length is often right in a record that is otherwise wrong. */
		if ((descriptors & 1) == 0 && n >= sizeof(struct channel_record))
			memcpy(copy + 4,
			    &(uint32_t){(uint32_t)(n - sizeof(struct channel_record))},
			    sizeof(uint32_t));
		/* Nothing at all is the end of a pipe of this kind. */
		if (n > 0 && write_record(copy, n, descriptors))
			take(run);
	}
	runner_free(run);
	/* No descriptor stays behind. */
	int after = dup(world.null);
	CLAIM(after == before);
	close(after);
	return 0;
}
