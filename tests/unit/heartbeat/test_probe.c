/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Probes with doubles for what sends them. */
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#include "address.h"
#include "announce.h"
#include "clock.h"

#define PATIENCE_S 30

static GString *story;	/* the addresses asked for, and the ends of jobs */
static GArray *sent_at;	/* struct moment */
static unsigned looks, awaited, opened;
static qb_loop_t *loop;

/* Never looked into. */
struct address_world {
	int nothing;
};
static struct address_world world;

struct address_world *
address_world_new(void)
{
	looks++;
	return &world;
}

void
address_world_free(struct address_world *w)
{
	assert_true(w == NULL || w == &world);
}

int
address_probe(const struct address_world *w, struct announce_sockets *sockets, const char *script,
    char *const *args, GString *output)
{
	const struct moment now = clock_read().now;

	(void)w;
	(void)script;
	/* To close a packet socket takes its time: one for all. */
	if (sockets->arp < 0) {
		sockets->arp = open("/dev/null", O_RDONLY | O_CLOEXEC);
		opened++;
	}
	g_string_append_printf(story, "%s ", args[0]);
	g_array_append_val(sent_at, now);
	if (args[0][0] != '!')
		return 0;
	g_string_assign(output, "no such interface");
	return 6;
}

void
announce_sockets_close(struct announce_sockets *s)
{
	if (s->arp >= 0)
		close(s->arp);
}

static void
done(void *arg, uint64_t job, int code, const char *output)
{
	(void)arg;
	g_string_append_printf(story, "%u:%d:%s ", (unsigned)job, code, output);
	if (--awaited == 0)
		qb_loop_stop(loop);
}

static void
await(unsigned ends)
{
	awaited = ends;
	qb_loop_run(loop);
}

static int
add(struct probes *p, uint64_t job, const char *ip, int64_t ms)
{
	char *args[] = {(char *)ip, NULL};
	const struct conf_resource r = {
	    .kind = RESOURCE_ADDRESS, .text = (char *)ip, .script = "IPaddr", .args = args};

	return probes_add(p, job, &r, span_from_ms(ms));
}

static int
setup(void **state)
{
	loop = qb_loop_create();
	story = g_string_new(NULL);
	sent_at = g_array_new(FALSE, FALSE, sizeof(struct moment));
	looks = opened = 0;
	*state = probes_new(loop, done, NULL);
	alarm(PATIENCE_S);
	return 0;
}

static int
teardown(void **state)
{
	probes_free(*state);
	qb_loop_destroy(loop);
	g_string_free(story, TRUE);
	g_array_unref(sent_at);
	return 0;
}

static void
test_twice_and_then_over(void **state)
{
	const struct moment before = clock_read().now;

	assert_int_equal(add(*state, 1, "a", 60), 0);
	await(1);
	assert_string_equal(story->str, "a a 1:0: ");
	assert_int_equal(opened, 1);
	assert_true(span_exceeds(moment_since(clock_read().now, before), span_from_ms(59)));
}

static void
test_one_look_for_many(void **state)
{
	for (unsigned i = 0; i < 20; i++)
		add(*state, i, "a", 40);
	await(20);
	assert_int_equal(sent_at->len, 40);
	assert_in_range(looks, 2, 12);
}

static void
test_what_cannot_be_sent_is_over(void **state)
{
	add(*state, 7, "!", 60);
	await(1);
	assert_string_equal(story->str, "! 7:6:no such interface ");
}

/* Never more than a tenth of a second's worth, and some that the loop was late for. */
static void
test_pace(void **state)
{
	for (unsigned i = 0; i < 200; i++)
		add(*state, i, "a", 40);
	await(200);
	assert_int_equal(sent_at->len, 400);
	for (guint i = 0; i + 2 * PROBE_FRAMES < sent_at->len; i++) {
		const struct moment first = g_array_index(sent_at, struct moment, i);
		const struct moment last = g_array_index(sent_at, struct moment, i + 2 * PROBE_FRAMES);

		assert_true(span_exceeds(moment_since(last, first), span_from_ms(PROBE_PAUSE_MS - 1)));
	}
}

static void
test_dropped(void **state)
{
	add(*state, 1, "a", 60);
	probes_drop(*state);
	add(*state, 2, "b", 40);
	await(1);
	assert_string_equal(story->str, "b b 2:0: ");
}

static void
test_too_many(void **state)
{
	for (unsigned i = 0; i < PROBES_MAX; i++)
		assert_int_equal(add(*state, i, "a", 40), 0);
	assert_int_equal(add(*state, 1, "a", 40), -EAGAIN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_twice_and_then_over, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_one_look_for_many, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_what_cannot_be_sent_is_over, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_pace, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_dropped, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_too_many, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
