/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is heard on a wire, which is a pair of sockets here. */
#include "conflict_watch.h"

#include <arpa/inet.h>
#include <glib.h>
#include <net/if.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "address.h"

#define PATIENCE_S 30

static qb_loop_t *loop;
static GString *story;
static unsigned looks;
static bool minds;

int
address_ip(const char *script, char *const *args, unsigned char ip[16])
{
	(void)script;
	memset(ip, 0, 16);
	return inet_pton(AF_INET, args[0], ip) == 1 ? AF_INET : 0;
}

struct address_world {
	int nothing;
};
static unsigned worlds;	/* looked at */

struct address_world *
address_world_new(void)
{
	worlds++;
	return g_new0(struct address_world, 1);
}

void
address_world_free(struct address_world *w)
{
	g_free(w);
}

/* Ours ends in 01. */
bool
address_is_anothers(const struct address_world *w, const char *script, char *const *args,
    unsigned index, const unsigned char *hw, size_t hw_len, char *interface)
{
	assert_non_null(w);
	(void)script;
	(void)args;
	(void)index;
	looks++;
	g_strlcpy(interface, "eth7", IFNAMSIZ);
	return hw[hw_len - 1] != 1;
}

static bool
asked(void *arg, unsigned group, unsigned resource)
{
	(void)arg;
	return minds && group == 0 && resource == 1;
}

static void
heard(void *arg, const struct event_conflict *e)
{
	(void)arg;
	g_string_append_printf(story, "%u/%u %s %s;", e->group, e->resource, e->mac, e->interface);
}

static void
over(void *data)
{
	(void)data;
	qb_loop_stop(loop);
}

static void
run(unsigned ms)
{
	qb_loop_timer_handle timer;

	qb_loop_timer_add(loop, QB_LOOP_LOW, ms * (uint64_t)1000000, NULL, over, &timer);
	qb_loop_run(loop);
}

static void
say(int wire, unsigned char last_of_ip, unsigned char last_of_mac)
{
	const unsigned char arp[28] = {0, 1, 8, 0, 6, 4, 0, 2, 0x52, 0x54, 0, 0, 0, last_of_mac, 10, 0, 0,
	    last_of_ip};

	assert_int_equal(send(wire, arp, sizeof(arp), MSG_DONTWAIT), sizeof(arp));
}

static void
test_what_is_heard(void **state)
{
	char *args[] = {"10.0.0.9", NULL};
	struct conf_resource resources[] = {
	    {.kind = RESOURCE_SCRIPT, .args = args}, {.kind = RESOURCE_ADDRESS, .args = args}};
	struct conf_group group = {.resources = resources, .resource_count = 2};
	const struct conf conf = {.groups = &group, .group_count = 1};
	const struct conflict_owner owner = {asked, heard, NULL};
	int wire[2], other[2];

	(void)state;
	alarm(PATIENCE_S);
	loop = qb_loop_create();
	story = g_string_new(NULL);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, wire);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, other);

	struct conflict_watch *w = conflict_watch_new(loop, &conf, &owner);
	conflict_watch_attach(w, false, other[0]);
	/* The one of before is closed. */
	conflict_watch_attach(w, false, wire[0]);
	assert_int_equal(send(other[1], "x", 1, MSG_DONTWAIT | MSG_NOSIGNAL), -1);

	say(wire[1], 9, 0xcc);
	run(5);
	assert_string_equal(story->str, "");
	minds = true;
	say(wire[1], 9, 0xcc);
	run(2 * CONFLICT_PAUSE_MS);
	assert_string_equal(story->str, "0/1 52:54:00:00:00:cc eth7;");
	/* Another address; our own frame; nonsense. */
	say(wire[1], 8, 0xcc);
	say(wire[1], 9, 1);
	assert_int_equal(send(wire[1], "nonsense", 8, MSG_DONTWAIT), 8);
	run(2 * CONFLICT_PAUSE_MS);
	assert_string_equal(story->str, "0/1 52:54:00:00:00:cc eth7;");
	/* A flood: few are looked into at a time. */
	looks = 0;
	for (unsigned i = 0; i < 8; i++)
		say(wire[1], 9, 0xcc);
	run(1);
	run(1);
	assert_in_range(looks, 1, CONFLICT_LOOKS);
	/* One look at the machine will do for all so far, be this one slow. */
	assert_in_range(worlds, 1, 2);
	worlds = 0;
	run(CONFLICT_WORLD_MS);
	say(wire[1], 9, 0xcc);
	run(2 * CONFLICT_PAUSE_MS);
	assert_int_equal(worlds, 1);

	conflict_watch_free(w);
	conflict_watch_free(NULL);
	close(wire[1]);
	close(other[1]);
	qb_loop_destroy(loop);
	g_string_free(story, TRUE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_is_heard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
