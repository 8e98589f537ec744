/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "address_place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_addr.h>

/* What a machine has, as "eth0 up", "eth0 down", "eth0 idle" (no carrier), "eth0 up in br0", "eth0 10.0.0.1/24",
 * "eth0 fd00::1/64 dadfailed": links get indexes 1, 2 ... */
struct bench {
	GArray *links, *addresses;
	GHashTable *up_once;
	struct address_words words;
	struct address_memory memory;
	char *reason;
};

static unsigned
index_of(const struct bench *b, const char *name)
{
	for (guint i = 0; i < b->links->len; i++) {
		const struct netlink_link *l = &g_array_index(b->links, struct netlink_link, i);

		if (strcmp(l->name, name) == 0)
			return l->index;
	}
	return 0;
}

static void
add_link(struct bench *b, const char *name, const char *state)
{
	const bool up = strcmp(state, "down") != 0;
	struct netlink_link l = {.index = b->links->len + 1, .flags = up ? IFF_UP : 0};

	if (strcmp(state, "up") == 0)
		l.flags |= IFF_RUNNING;
	l.bridge = g_str_has_prefix(name, "br");

	g_strlcpy(l.name, name, sizeof(l.name));
	if (strcmp(name, "lo") == 0)
		l.flags |= IFF_LOOPBACK;
	if (up)
		g_hash_table_add(b->up_once, g_strdup(name));
	g_array_append_val(b->links, l);
}

/* Of br0, which comes next. */
static void
add_member(struct bench *b, const char *name)
{
	add_link(b, name, "up");
	struct netlink_link *l =
	    &g_array_index(b->links, struct netlink_link, b->links->len - 1);

	l->member = true;
	l->master = l->index + 1;
}

static void
add_address(struct bench *b, const char *name, const char *text)
{
	g_auto(GStrv) word = g_strsplit(text, " ", 2);
	char *const args[] = {word[0], NULL};
	struct address_words words;
	char *why;
	struct netlink_address a = {
	    .index = index_of(b, name), .flags = word[1] != NULL ? IFA_F_DADFAILED : 0};

	assert_true(address_words_read("IPaddr2", args, &words, &why));
	a.family = words.family;
	a.prefix_len = words.prefix_len;
	memcpy(a.ip, words.ip, sizeof(a.ip));
	g_array_append_val(b->addresses, a);
}

/* "eth0 up; eth0 10.0.0.1/24" in place of what there was. */
static void
has(struct bench *b, const char *text)
{
	g_auto(GStrv) facts = g_strsplit(text, "; ", -1);

	g_array_set_size(b->links, 0);
	g_array_set_size(b->addresses, 0);
	for (char **fact = facts; *fact != NULL && **fact != '\0'; fact++) {
		g_auto(GStrv) word = g_strsplit(*fact, " ", 2);

		if (strcmp(word[1], "up in br0") == 0)
			add_member(b, word[0]);
		else if (g_ascii_isalpha(word[1][0]) && strchr(word[1], ':') == NULL)
			add_link(b, word[0], word[1]);
		else
			add_address(b, word[0], word[1]);
	}
}

static struct bench *
bench_new(const char *words)
{
	struct bench *b = g_new0(struct bench, 1);
	char *const args[] = {(char *)words, NULL};
	char *why;

	b->links = g_array_new(FALSE, FALSE, sizeof(struct netlink_link));
	b->addresses = g_array_new(FALSE, FALSE, sizeof(struct netlink_address));
	b->up_once = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	b->memory.up_once = b->up_once;
	assert_true(address_words_read("IPaddr2", args, &b->words, &why));
	return b;
}

static void
bench_free(struct bench *b)
{
	g_array_unref(b->links);
	g_array_unref(b->addresses);
	g_hash_table_unref(b->up_once);
	g_free(b->reason);
	g_free(b);
}

static enum address_state
where(struct bench *b, const char *machine)
{
	has(b, machine);
	struct place_map *m = place_map_new(b->links, b->addresses);

	g_free(b->reason);
	const enum address_state state = address_where(m, &b->words, &b->memory, &b->reason);

	assert_true((b->reason == NULL) == (state == ADDRESS_HERE));
	place_map_free(m);
	return state;
}

/* Where it can be put: the name, or "none". */
static const char *
place(struct bench *b)
{
	struct place_map *m = place_map_new(b->links, b->addresses);
	const struct netlink_link *l = address_place(m, &b->words, &b->memory);

	place_map_free(m);
	return l != NULL ? l->name : "none";
}

#define ETH0 "lo up; eth0 up; eth0 10.0.0.1/24"

static void
test_it_goes_back_although_nothing_leads_there(void **state)
{
	struct bench *b = bench_new("10.0.0.100");

	(void)state;
	b->memory.ours = true;
	assert_int_equal(where(b, ETH0 "; eth0 10.0.0.100/24"), ADDRESS_HERE);
	assert_true(b->memory.known);
	assert_int_equal(where(b, ETH0), ADDRESS_GONE);
	assert_string_equal(b->reason, "was gone from eth0");
	assert_string_equal(place(b), "eth0");
	/* The node's own is gone with it. */
	assert_int_equal(where(b, "lo up; eth0 up"), ADDRESS_GONE);
	assert_string_equal(place(b), "eth0");
	assert_int_equal(b->memory.prefix_len, 24);
	assert_int_equal(where(b, "lo up; eth0 down"), ADDRESS_NOWHERE);
	assert_string_equal(b->reason, "eth0 is down");
	assert_string_equal(place(b), "none");
	assert_int_equal(where(b, "lo up; eth0 down; eth0 10.0.0.100/24"), ADDRESS_NOWHERE);
	assert_int_equal(where(b, "lo up"), ADDRESS_NOWHERE);
	assert_string_equal(b->reason, "there is no interface eth0");
	/* Its network has moved to a bridge. */
	assert_int_equal(where(b, "lo up; eth0 up; br0 up; br0 10.0.0.1/24"), ADDRESS_GONE);
	assert_string_equal(place(b), "br0");
	bench_free(b);
}

static void
test_what_duplicate_detection_keeps_off_is_gone(void **state)
{
	struct bench *b = bench_new("fd00::100/64/eth0");

	(void)state;
	b->memory.ours = true;
	assert_int_equal(where(b, "lo up; eth0 up; eth0 fd00::100/64"), ADDRESS_HERE);
	assert_int_equal(where(b, "lo up; eth0 up; eth0 fd00::100/64 dadfailed"), ADDRESS_GONE);
	assert_string_equal(
	    b->reason, "is on eth0, but of no use: another machine had it when it was added");
	assert_string_equal(place(b), "eth0");
	bench_free(b);
}

static void
test_an_interface_without_carrier_and_address_is_left_alone(void **state)
{
	struct bench *b = bench_new("10.0.0.100/24/eth0");

	(void)state;
	assert_int_equal(where(b, "lo up; eth0 idle; eth0 10.0.0.1/24; eth0 10.0.0.100/24"), ADDRESS_HERE);
	/* The node's own is there: nobody has given the interface up. */
	assert_int_equal(where(b, "lo up; eth0 idle; eth0 10.0.0.1/24"), ADDRESS_GONE);
	assert_string_equal(place(b), "eth0");
	assert_int_equal(where(b, "lo up; eth0 idle"), ADDRESS_NOWHERE);
	assert_string_equal(b->reason, "eth0 has no carrier and no address");
	assert_string_equal(place(b), "none");
	assert_int_equal(where(b, "lo up; eth0 up"), ADDRESS_GONE);
	assert_string_equal(place(b), "eth0");
	/* A command by hand remembers nothing, and is obeyed. */
	b->memory.up_once = NULL;
	assert_int_equal(where(b, "lo up; eth0 idle"), ADDRESS_GONE);
	bench_free(b);
	b = bench_new("10.0.0.100/24/br0");
	assert_int_equal(where(b, "lo up; br0 idle"), ADDRESS_GONE);
	bench_free(b);
}

static void
test_a_node_at_rest_knows_where_it_would_go(void **state)
{
	struct bench *b = bench_new("10.0.0.100");

	(void)state;
	assert_int_equal(where(b, ETH0), ADDRESS_GONE);
	assert_int_equal(where(b, "lo up; eth0 down"), ADDRESS_NOWHERE);
	assert_int_equal(where(b, "lo up; eth0 up"), ADDRESS_GONE);
	bench_free(b);
	/* Perhaps a route leads to it: that is for the start to see. */
	b = bench_new("192.168.7.7");
	assert_int_equal(where(b, ETH0), ADDRESS_GONE);
	assert_string_equal(place(b), "none");
	assert_int_equal(where(b, "lo up; eth0 down"), ADDRESS_GONE);
	bench_free(b);
}

static void
test_one_that_was_never_up_is_set_up_by_a_start(void **state)
{
	struct bench *b = bench_new("10.0.0.100/24/eth7");

	(void)state;
	assert_int_equal(where(b, ETH0), ADDRESS_NOWHERE);
	assert_string_equal(b->reason, "there is no interface eth7");
	assert_int_equal(where(b, ETH0 "; eth7 down"), ADDRESS_GONE);
	assert_string_equal(place(b), "eth7");
	assert_int_equal(where(b, ETH0 "; eth7 down; eth7 10.0.0.100/24"), ADDRESS_GONE);
	assert_int_equal(where(b, ETH0 "; eth7 up; eth7 10.0.0.100/24"), ADDRESS_HERE);
	assert_int_equal(where(b, ETH0 "; eth7 down"), ADDRESS_NOWHERE);
	bench_free(b);
}

static void
test_another_prefix_is_not_ours(void **state)
{
	struct bench *b = bench_new("10.0.0.100");

	(void)state;
	/* Nothing is known: what is there is it. */
	assert_int_equal(where(b, ETH0 "; eth0 10.0.0.100/32"), ADDRESS_HERE);
	b->memory.ours = true;
	assert_int_equal(where(b, ETH0 "; eth0 10.0.0.100/24"), ADDRESS_HERE);
	assert_int_equal(where(b, ETH0 "; eth0 10.0.0.100/32"), ADDRESS_GONE);
	assert_string_equal(b->reason, "is on eth0 as /32, which is not ours");
	assert_int_equal(
	    where(b, ETH0 "; eth0 10.0.0.100/32; eth0 10.0.0.100/24"), ADDRESS_HERE);
	bench_free(b);
	/* IPv6 cannot have it twice. */
	b = bench_new("fd00::100");
	b->memory.ours = true;
	assert_int_equal(where(b, ETH0 "; eth0 fd00::100/64"), ADDRESS_HERE);
	assert_int_equal(where(b, ETH0 "; eth0 fd00::100/128"), ADDRESS_HERE);
	bench_free(b);
}

static void
test_a_renamed_interface_is_the_same(void **state)
{
	struct bench *b = bench_new("10.0.0.100/24/eth0");

	(void)state;
	b->memory.ours = true;
	assert_int_equal(where(b, "lo up; eth0 up; eth0 10.0.0.100/24"), ADDRESS_HERE);
	assert_int_equal(where(b, "lo up; lan0 up; lan0 10.0.0.100/24"), ADDRESS_HERE);
	assert_int_equal(where(b, "lo up; lan0 up"), ADDRESS_GONE);
	assert_string_equal(place(b), "lan0");
	bench_free(b);
}

static void
test_of_two_ways_it_keeps_the_one_that_it_had(void **state)
{
	struct bench *b = bench_new("10.0.0.100");
	const char *both = "eth0 up; eth1 up; eth0 10.0.0.1/24; eth1 10.0.0.2/24";

	(void)state;
	assert_int_equal(where(b, both), ADDRESS_GONE);
	assert_string_equal(place(b), "eth0");
	b->memory.ours = true;
	assert_int_equal(where(b, "eth0 up; eth1 up; eth0 10.0.0.1/24; eth1 10.0.0.2/24; "
				  "eth1 10.0.0.100/24"), ADDRESS_HERE);
	assert_int_equal(where(b, both), ADDRESS_GONE);
	assert_string_equal(place(b), "eth1");
	assert_int_equal(where(b, "eth0 up; eth1 down; eth0 10.0.0.1/24"), ADDRESS_GONE);
	assert_string_equal(place(b), "eth0");
	bench_free(b);
}

static void
test_a_member_of_a_bridge_is_of_no_use(void **state)
{
	struct bench *b = bench_new("10.0.0.100/24/eth0");

	(void)state;
	b->memory.ours = true;
	assert_int_equal(where(b, "eth0 up; br0 up; eth0 10.0.0.100/24"), ADDRESS_HERE);
	assert_int_equal(where(b, "eth0 up in br0; br0 up; eth0 10.0.0.100/24"), ADDRESS_GONE);
	assert_string_equal(b->reason, "was gone from br0");
	assert_string_equal(place(b), "br0");
	assert_int_equal(
	    where(b, "eth0 up in br0; br0 up; eth0 10.0.0.100/24; br0 10.0.0.100/24"), ADDRESS_HERE);
	assert_int_equal(where(b, "eth0 up"), ADDRESS_GONE);
	assert_string_equal(place(b), "eth0");
	bench_free(b);
}

static void
test_loopback_counts_only_if_named(void **state)
{
	struct bench *b = bench_new("10.0.0.100"), *named = bench_new("10.0.0.100/32/lo");

	(void)state;
	assert_int_equal(where(b, ETH0 "; lo 10.0.0.100/32"), ADDRESS_GONE);
	assert_int_equal(where(named, ETH0 "; lo 10.0.0.100/32"), ADDRESS_HERE);
	bench_free(b);
	bench_free(named);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_it_goes_back_although_nothing_leads_there),
	    cmocka_unit_test(test_a_node_at_rest_knows_where_it_would_go),
	    cmocka_unit_test(test_one_that_was_never_up_is_set_up_by_a_start),
	    cmocka_unit_test(test_another_prefix_is_not_ours),
	    cmocka_unit_test(test_a_renamed_interface_is_the_same),
	    cmocka_unit_test(test_of_two_ways_it_keeps_the_one_that_it_had),
	    cmocka_unit_test(test_a_member_of_a_bridge_is_of_no_use),
	    cmocka_unit_test(test_loopback_counts_only_if_named),
	    cmocka_unit_test(test_what_duplicate_detection_keeps_off_is_gone),
	    cmocka_unit_test(test_an_interface_without_carrier_and_address_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
