/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The media over real descriptors: UDP on the loopback interface, a serial line made of a
 * pseudo terminal. The test turns the loop by hand with media_drain().
 */
#include "medium.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>
#include <cmocka.h>

#include "proto/wire.h"

#define PATIENCE_MS 20000

enum { UCAST, SERIAL, MEDIA };

static char *hosts[] = {"127.0.0.1", NULL};
static struct conf_medium conf_media[MEDIA] = {
    [UCAST] = {.kind = MEDIUM_UCAST, .name = "lo", .device = "lo", .hosts = hosts},
    [SERIAL] = {.kind = MEDIUM_SERIAL, .name = "/dev/ttyT0", .device = "/dev/ttyT0"},
};
static const struct conf conf = {.media = conf_media, .media_count = MEDIA};

struct world {
	qb_loop_t *loop;
	struct media *media;
	GPtrArray *packets;    /* text of each */
	GString *news;	       /* states, reopens, log lines */
	int64_t oldest_age_ns; /* of a packet, when it was taken in */
	char last_source[128];
};

static void
seen_packet(void *arg, const struct event_packet *p, const struct clock_reading *c)
{
	struct world *w = arg;

	assert_false(moment_before(c->now, p->received));
	w->oldest_age_ns = MAX(w->oldest_age_ns, moment_since(c->now, p->received).ns);
	g_strlcpy(w->last_source, p->source, sizeof(w->last_source));
	g_ptr_array_add(w->packets, g_strndup(p->bytes, p->len));
}

static void
seen_state(void *arg, unsigned medium, bool up, bool missing, const char *reason)
{
	g_string_append_printf(((struct world *)arg)->news, "state %u %s (%s); ", medium,
	    up ? "up" : missing ? "missing" : "down", reason != NULL ? reason : "");
}

static void
seen_reopen(void *arg, unsigned medium)
{
	g_string_append_printf(((struct world *)arg)->news, "reopen %u; ", medium);
}

static void
seen_line(void *arg, enum trace_level level, const char *line)
{
	g_string_append_printf(
	    ((struct world *)arg)->news, "%s: %s; ", trace_level_name(level), line);
}

static int
setup(void **state)
{
	struct world *w = g_new0(struct world, 1);
	const struct media_owner owner = {
	    seen_packet, seen_state, seen_reopen, {seen_line, w}, w};

	w->loop = qb_loop_create();
	w->packets = g_ptr_array_new_with_free_func(g_free);
	w->news = g_string_new(NULL);
	w->media = media_new(w->loop, &conf, &owner);
	*state = w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	media_free(w->media);
	g_ptr_array_unref(w->packets);
	g_string_free(w->news, TRUE);
	qb_loop_destroy(w->loop);
	g_free(w);
	return 0;
}

static void
expect_news(struct world *w, const char *expected)
{
	assert_string_equal(w->news->str, expected);
	g_string_truncate(w->news, 0);
}

/* Take packets in until there are n in all, or fail. */
static void
expect_packets(struct world *w, unsigned n)
{
	for (int i = 0; i < PATIENCE_MS && w->packets->len < n; i++) {
		media_drain(w->media);
		if (w->packets->len < n)
			g_usleep(1000);
	}
	assert_int_equal(w->packets->len, n);
}

/* A receiving socket for the medium, and its address. */
static struct sockaddr_in
attach_receiver(struct world *w)
{
	struct sockaddr_in a = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &len), 0);
	assert_int_equal(media_attach(w->media, UCAST, SOCKET_RECEIVE, 0, fd), 0);
	return a;
}

static int
connected_to(const struct sockaddr_in *a)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	assert_int_equal(connect(fd, (const struct sockaddr *)a, sizeof(*a)), 0);
	return fd;
}

static void
a_datagram_keeps_the_time_the_kernel_had_it(void **state)
{
	struct world *w = *state;
	struct sockaddr_in a = attach_receiver(w);
	const struct moment now = clock_read().now;

	media_attach(w->media, UCAST, SOCKET_SEND, 0, connected_to(&a));
	assert_int_equal(media_send(w->media, UCAST, "early", 5, now), 0);
	media_drain(w->media);
	assert_int_equal(w->packets->len, 0);
	assert_int_equal(media_start(w->media), 0);
	expect_packets(w, 1);
	assert_string_equal(g_ptr_array_index(w->packets, 0), "early");

	/* They wait in the kernel for a while, as after a stall of ours. The kernel begins
	 * to stamp a moment after the first socket asked for it, so the first ones may lack
	 * it. */
	for (unsigned n = 2; w->oldest_age_ns < 50000000; n++) {
		assert_true(n < 100);
		assert_int_equal(media_send(w->media, UCAST, "more", 4, now), 0);
		g_usleep(50000);
		expect_packets(w, n);
	}
	assert_true(g_str_has_prefix(w->last_source, "127.0.0.1:"));
	expect_news(w, "");
}

static void
what_waits_in_a_socket_that_is_replaced_is_read(void **state)
{
	struct world *w = *state;
	struct sockaddr_in a = attach_receiver(w);

	media_attach(w->media, UCAST, SOCKET_SEND, 0, connected_to(&a));
	assert_int_equal(media_start(w->media), 0);
	assert_int_equal(media_send(w->media, UCAST, "beat", 4, clock_read().now), 0);
	attach_receiver(w);
	assert_int_equal(w->packets->len, 1);
}

static void
what_cannot_be_opened_is_told_until_it_is_there(void **state)
{
	struct world *w = *state;
	struct sockaddr_in a = attach_receiver(w);

	media_cannot_open(w->media, UCAST, false, "no route");
	expect_news(w, "state 0 down (no route); ");
	media_cannot_open(w->media, UCAST, true, "there is no interface eth0");
	expect_news(w, "state 0 missing (there is no interface eth0); ");
	media_cannot_open(w->media, UCAST, true, "there is no interface eth0");
	expect_news(w, "");
	assert_int_equal(media_start(w->media), 0);
	media_attach(w->media, UCAST, SOCKET_SEND, 0, connected_to(&a));
	expect_news(w, "state 0 down (opened anew); ");
	assert_int_equal(media_send(w->media, UCAST, "beat", 4, clock_read().now), 0);
	expect_news(w, "state 0 up (0 failed attempts); ");
	media_attach(w->media, UCAST, SOCKET_SEND, 0, connected_to(&a));
	expect_news(w, "state 0 up (opened anew); ");
}

static void
a_peer_that_does_not_listen_is_no_fault_of_the_medium(void **state)
{
	struct world *w = *state;
	struct sockaddr_in a;
	socklen_t len = sizeof(a);
	int closed = socket(AF_INET, SOCK_DGRAM, 0);

	a = (struct sockaddr_in){
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	assert_int_equal(bind(closed, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(getsockname(closed, (struct sockaddr *)&a, &len), 0);
	close(closed);
	media_attach(w->media, UCAST, SOCKET_SEND, 0, connected_to(&a));
	for (int i = 0; i < 10; i++)
		assert_int_equal(
		    media_send(w->media, UCAST, "anybody?", 8, clock_read().now), 0);
	expect_news(w, "");
}

static void
a_medium_that_fails_is_told_once_and_asked_for_once_a_second(void **state)
{
	struct world *w = *state;
	struct sockaddr_in a = attach_receiver(w);
	const struct moment start = {1000000000};

	for (int ms = 0; ms < 1000; ms += 100)
		assert_int_equal(media_send(w->media, UCAST, "x", 1,
				     moment_add(start, span_from_ms(ms))),
		    -ENODEV);
	expect_news(w, "state 0 down (No such device); reopen 0; ");
	media_send(w->media, UCAST, "x", 1, moment_add(start, span_from_ms(1000)));
	expect_news(w, "reopen 0; ");

	media_attach(w->media, UCAST, SOCKET_SEND, 0, connected_to(&a));
	assert_int_equal(media_send(w->media, UCAST, "x", 1, start), 0);
	expect_news(w, "state 0 up (11 failed attempts); ");
}

static void
what_fails_now_and_then_is_counted_together(void **state)
{
	struct world *w = *state;
	struct sockaddr_in a = attach_receiver(w);
	g_autofree char *much = g_strnfill(WIRE_MAX, 'm');
	const struct moment start = {1000000000};

	media_attach(w->media, UCAST, SOCKET_SEND, 0, connected_to(&a));
	for (int n = 1; n <= 4; n++) {
		/* The last one is a failure of its own. */
		const struct moment now = moment_add(start, span_from_ms(n < 4 ? 500 * n : 3000));
		g_autofree char *news = g_strdup_printf("state 0 down (Message too long); "
							"state 0 up (%d failed attempts); ",
		    n < 4 ? n : 1);

		assert_int_equal(media_send(w->media, UCAST, much, WIRE_MAX, now), -EMSGSIZE);
		assert_int_equal(media_send(w->media, UCAST, "x", 1, now), 0);
		assert_int_equal(media_send(w->media, UCAST, "x", 1, now), 0);
		expect_news(w, news);
	}
}

static void
what_is_too_long_passes_up_as_too_long(void **state)
{
	struct world *w = *state;
	struct sockaddr_in a = attach_receiver(w);
	g_autofree char *much = g_strnfill(WIRE_MAX, 'm');

	media_start(w->media);
	media_attach(w->media, UCAST, SOCKET_SEND, 0, connected_to(&a));
	assert_int_equal(
	    media_send(w->media, UCAST, much, WIRE_MAX, clock_read().now), -EMSGSIZE);
	assert_int_equal(media_send(w->media, UCAST, much, 60000, clock_read().now), 0);
	assert_int_equal(media_send(w->media, UCAST, "", 0, clock_read().now), 0);
	expect_packets(w, 2);
	assert_int_equal(strlen(g_ptr_array_index(w->packets, 0)), 60000);
	assert_int_equal(strlen(g_ptr_array_index(w->packets, 1)), 0);
}

static void
descriptors_for_nothing_configured_are_closed(void **state)
{
	static const struct {
		unsigned medium, host;
		enum socket_role role;
	} wrong[] = {
	    {MEDIA, 0, SOCKET_SEND},
	    {UCAST, 1, SOCKET_RECEIVE},
	    {UCAST, 0, SOCKET_BOTH},
	    {SERIAL, 0, SOCKET_SEND},
	    {SERIAL, 0, SOCKET_RECEIVE},
	};
	struct world *w = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		int fd = socket(AF_INET, SOCK_DGRAM, 0);

		assert_int_equal(media_attach(w->media, wrong[i].medium, wrong[i].role,
				     wrong[i].host, fd),
		    -EINVAL);
		assert_int_equal(fcntl(fd, F_GETFD), -1);
	}
}

/* The other end of the line. */
static int
attach_serial(struct world *w)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
	struct termios raw;

	assert_true(master >= 0);
	assert_int_equal(grantpt(master), 0);
	assert_int_equal(unlockpt(master), 0);
	int line = open(ptsname(master), O_RDWR | O_NOCTTY);
	assert_true(line >= 0);
	assert_int_equal(tcgetattr(line, &raw), 0);
	cfmakeraw(&raw);
	assert_int_equal(tcsetattr(line, TCSANOW, &raw), 0);
	assert_int_equal(media_attach(w->media, SERIAL, SOCKET_BOTH, 0, line), 0);
	return master;
}

static void
a_serial_line_is_cut_into_frames(void **state)
{
	static const char *const pieces[] = {
	    "noise\n>>", ">\nt=status\n<<", "<\n>>>\nt=two\n<<<\n", ">>>\nhalf"};
	struct world *w = *state;
	int other = attach_serial(w);

	media_start(w->media);
	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		assert_int_equal(
		    write(other, pieces[i], strlen(pieces[i])), (ssize_t)strlen(pieces[i]));
		media_drain(w->media);
	}
	expect_packets(w, 2);
	assert_string_equal(g_ptr_array_index(w->packets, 0), ">>>\nt=status\n<<<\n");
	assert_string_equal(g_ptr_array_index(w->packets, 1), ">>>\nt=two\n<<<\n");
	assert_string_equal(w->last_source, "/dev/ttyT0");
	close(other);
}

static void
a_line_that_does_not_drain_drops_whole_frames(void **state)
{
	g_autofree char *frame = g_strnfill(1000, 'f');
	struct world *w = *state;
	int other = attach_serial(w);
	size_t accepted = 0;
	size_t arrived = 0;

	media_start(w->media);
	/* Far more than the line and the buffer hold. */
	for (int i = 0; i < 200; i++)
		accepted += media_send(w->media, SERIAL, frame, 1000, clock_read().now) == 0
				? 1000
				: 0;
	assert_true(accepted >= 16000 && accepted < 100000);
	expect_news(w,
	    "state 1 down (No buffer space available); ");

	/* The line moves again: what was accepted arrives whole, and nothing else. */
	for (int i = 0; i < PATIENCE_MS && arrived < accepted; i++) {
		char chunk[4096];
		ssize_t n;

		while ((n = read(other, chunk, sizeof(chunk))) > 0)
			arrived += (size_t)n;
		media_flush(w->media, span_from_ms(10));
	}
	assert_int_equal(arrived, accepted);
	assert_int_equal(media_send(w->media, SERIAL, frame, 1000,
			     moment_add(clock_read().now, span_from_ms(1000))),
	    0);
	assert_non_null(strstr(w->news->str, "state 1 up ("));
	close(other);
}

static void
a_line_that_hangs_up_is_opened_again(void **state)
{
	struct world *w = *state;
	int other = attach_serial(w);

	media_start(w->media);
	close(other);
	media_drain(w->media);
	expect_news(
	    w, "ERROR: read failure on serial /dev/ttyT0.: Input/output error; reopen 1; ");
	media_drain(w->media);
	expect_news(w, "");
	close(attach_serial(w));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	    TEST(a_datagram_keeps_the_time_the_kernel_had_it),
	    TEST(what_waits_in_a_socket_that_is_replaced_is_read),
	    TEST(what_cannot_be_opened_is_told_until_it_is_there),
	    TEST(a_peer_that_does_not_listen_is_no_fault_of_the_medium),
	    TEST(a_medium_that_fails_is_told_once_and_asked_for_once_a_second),
	    TEST(what_fails_now_and_then_is_counted_together),
	    TEST(what_is_too_long_passes_up_as_too_long),
	    TEST(descriptors_for_nothing_configured_are_closed),
	    TEST(a_serial_line_is_cut_into_frames),
	    TEST(a_line_that_does_not_drain_drops_whole_frames),
	    TEST(a_line_that_hangs_up_is_opened_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
