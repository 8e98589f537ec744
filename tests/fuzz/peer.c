/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Real packets, changed and then signed with the key: a peer that has it may still be
 * wrong. The first byte says who we are, the rest is a stream of packets in the classic
 * form, where a change of a byte does not shift everything behind it; they are passed on in
 * either form. A line "@N" between two of them lets so many tenths of a second pass.
 */
#include "cluster.h"
#include "proto/frames.h"
#include "proto/seal.h"

#define HACF \
	"logfacility none\nkeepalive 1\nwarntime 5\ndeadtime 10\ninitdead 30\n" \
	"auto_failback on\nucast eth0 10.0.0.2\nnode node1 node2\n"
#define HARESOURCES "node1 IPaddr::10.0.0.9\nnode2 IPaddr::10.0.0.10 httpd\n"

struct line {
	struct cluster k;
	bool netstring;
};

static const struct conf *
setting(unsigned self, bool three)
{
	static struct conf *made[2][2];
	struct conf **c = &made[self][three];

	if (*c == NULL)
		*c = conf_of(self == 0 ? "node1" : "node2",
		    three ? HACF "node node3\n" : HACF, HARESOURCES, CLUSTER_KEYS, NULL);
	CLAIM(*c != NULL);
	return *c;
}

/* The lines as they stand, with a signature that is right for them. Owns: the caller's. */
static GByteArray *
sign_again(const struct keyring *keys, const struct wire_frame *frame)
{
	GByteArray *out = wire_frame_signed_part(frame);
	char trailer[AUTH_TRAILER_MAX];

	auth_sign(keys, keys->signing, out->data, out->len, trailer);
	g_autofree char *tail = g_strdup_printf("auth=%s\n<<<\n", trailer);
	g_byte_array_prepend(out, (const guint8 *)">>>\n", 4);
	g_byte_array_append(out, (const guint8 *)tail, (guint)strlen(tail));
	return out;
}

static void
arrive(void *arg, const void *bytes, size_t len)
{
	struct line *l = arg;
	struct wire_frame frame;
	AUTO_MSG struct msg *m = NULL;

	if (wire_frame(bytes, len, &frame) != WIRE_OK)
		return;
	g_autoptr(GByteArray) whole = sign_again(&l->k.conf->keys, &frame);
	if (l->netstring && wire_decode(&frame, &m) == WIRE_OK)
		cluster_message(&l->k, 0, g_steal_pointer(&m), 0);
	else
		cluster_packet(&l->k, 0, whole->data, whole->len, 0);
}

static void
pass_time(struct line *l, const char *text)
{
	cluster_run(&l->k, (int64_t)(strtoul(text, NULL, 10) % 1000) * 100, 60);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct reader r = {bytes, len};
	uint8_t how = take_byte(&r);
	struct line l = {.netstring = (how & 4) != 0};
	struct frames *f = frames_new();

	cluster_begin(&l.k, setting(how & 1, (how & 2) != 0), 1, NULL);
	while (r.left > 0) {
		const uint8_t *newline = memchr(r.at, '\n', r.left);
		size_t n = newline != NULL ? (size_t)(newline - r.at) + 1 : r.left;
		g_autofree char *text = g_strndup((const char *)r.at, n);

		if (text[0] == '@')
			pass_time(&l, text + 1);
		else
			frames_feed(f, r.at, n, arrive, &l);
		r.at += n;
		r.left -= n;
	}
	cluster_run(&l.k, 12000, 30);
	cluster_end(&l.k);
	frames_free(f);
	return 0;
}
