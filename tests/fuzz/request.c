/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Requests of clients. The first byte says whether the rest is the bytes of one request, or
 * lines "name=value" of several with an empty line between them, and whose they are.
 */
#include "cluster.h"
#include "proto/request.h"

#define HACF \
	"logfacility none\nkeepalive 1\nwarntime 2\ndeadtime 3\ninitdead 6\n" \
	"auto_failback off\nucast eth0 10.0.0.2\nnode node1 node2\n" \
	"apiauth test uid=root gid=staff\napiauth ipfail uid=hacluster\n"
#define HARESOURCES "node1 IPaddr::10.0.0.9\nnode2 IPaddr::10.0.0.10 httpd\n"

static const struct conf *
setting(void)
{
	static struct conf *made;

	if (made == NULL)
		made = conf_of("node1", HACF, HARESOURCES, CLUSTER_KEYS, NULL);
	CLAIM(made != NULL);
	return made;
}

static void
connect_client(struct cluster *k, uint8_t how)
{
	static const struct {
		const char *user, *group;
		uint32_t uid;
	} users[] = {{"root", "root", 0}, {"hacluster", "haclient", 90},
	    {"joe", "staff", 1000}, {"guest", "guests", 1001}};
	unsigned i = (how >> 1) & 3;

	cluster_client(k, 1, true, users[i].user, users[i].uid, users[i].group);
	/* Somebody who is told everything. */
	cluster_client(k, 2, true, "root", 0, "root");
	g_autoptr(GByteArray) bytes = NULL;
	AUTO_MSG struct msg *m = msg_new("subscribe");
	bytes = request_encode(m);
	cluster_request(k, 2, bytes->data, bytes->len);
}

/* What is ours is read again as it was written. */
static void
ask(struct cluster *k, const void *bytes, size_t len)
{
	AUTO_MSG struct msg *m = request_decode(bytes, len);

	if (m != NULL) {
		g_autoptr(GByteArray) again = request_encode(m);
		AUTO_MSG struct msg *same = request_decode(again->data, again->len);

		CLAIM(same != NULL && msg_count(same) == msg_count(m));
	}
	cluster_request(k, 1, bytes, len);
	for (unsigned i = 0; i < 8 && k->jobs->len > 0; i++)
		cluster_child(k, 0, AGENT_HEARTBEAT, CHILD_EXITED, 0, "stopped");
}

static void
ask_lines(struct cluster *k, const char *text)
{
	g_auto(GStrv) blocks = g_strsplit(text, "\n\n", 20);

	for (char **block = blocks; *block != NULL; block++) {
		g_autofree char *frame = g_strconcat(">>>\n", *block, "\n<<<\n", NULL);
		g_auto(GStrv) lines = g_strsplit(*block, "\n", -1);

		/* A script may write the same to the FIFO. */
		cluster_request(k, CLIENT_FIFO, frame, strlen(frame));
		AUTO_MSG struct msg *m = msg_new(NULL);

		for (char **line = lines; *line != NULL; line++) {
			char *equals = strchr(*line, '=');

			if (equals == NULL)
				continue;
			*equals = '\0';
			msg_add_bytes(
			    m, *line, FIELD_STRING, equals + 1, strlen(equals + 1));
		}
		g_autoptr(GByteArray) bytes = request_encode(m);
		ask(k, bytes->data, bytes->len);
		cluster_run(k, 1500, 20);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct reader r = {bytes, len};
	uint8_t how = take_byte(&r);
	struct cluster k;

	cluster_begin(&k, setting(), 1, NULL);
	for (unsigned i = 0; i < 8 && k.jobs->len > 0; i++)
		cluster_child(&k, 0, AGENT_HEARTBEAT, CHILD_EXITED, 0, "stopped");
	/* The other node stays silent: everything comes here. */
	cluster_run(&k, 7000, 40);
	connect_client(&k, how);
	if ((how & 1) != 0) {
		cluster_request(&k, CLIENT_FIFO, r.at, r.left);
		ask(&k, r.at, r.left);
	} else {
		g_autofree char *text = g_strndup((const char *)r.at, r.left);

		ask_lines(&k, text);
	}
	cluster_client(&k, 1, false, "root", 0, "root");
	cluster_run(&k, 5000, 20);
	cluster_end(&k);
	return 0;
}
