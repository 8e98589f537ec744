/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "log_place.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "listener.h"
#include "scratch.h"

/* A machine's root directory. */
static int
root_new(void **state)
{
	g_autofree char *dev = NULL, *journal = NULL;

	if (scratch_new(state) != 0)
		return -1;
	dev = g_build_filename(*state, "dev", NULL);
	journal = g_build_filename(*state, "run/systemd/journal", NULL);
	return g_mkdir_with_parents(dev, 0755) != 0 || g_mkdir_with_parents(journal, 0755) != 0;
}

static int
root_free(void **state)
{
	char *argv[] = {"rm", "-rf", *state, NULL};

	g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
	g_free(*state);
	return 0;
}

static int
listen_at(void **state, const char *path)
{
	g_autofree char *full = g_build_filename(*state, path, NULL);

	return listener_new(full);
}

static void
assert_takers(void **state, bool journal, bool forwards, bool is_syslog)
{
	const struct log_takers t = log_takers_look(*state);

	assert_int_equal(t.journal, journal);
	assert_int_equal(t.forwards, forwards);
	assert_int_equal(t.syslog, is_syslog);
}

static void
test_bare(void **state)
{
	assert_takers(state, false, false, false);
	assert_false(log_takers_look(*state).systemd);
}

static void
test_syslog_daemon(void **state)
{
	int fd = listen_at(state, "dev/log");

	assert_takers(state, false, false, true);
	/* Its socket outlives it. */
	close(fd);
	assert_takers(state, false, false, false);
}

static void
test_journald(void **state)
{
	g_autofree char *dev_log = g_build_filename(*state, "dev/log", NULL);
	g_autofree char *target = g_build_filename(*state, "run/systemd/journal/dev-log", NULL);
	const int socket = listen_at(state, "run/systemd/journal/socket");
	const int syslog = listen_at(state, "run/systemd/journal/dev-log");

	assert_int_equal(symlink(target, dev_log), 0);
	assert_takers(state, true, false, false);
	const int forward = listen_at(state, "run/systemd/journal/syslog");
	assert_takers(state, true, true, true);
	close(forward);
	assert_takers(state, true, false, false);
	/* One that reads the journal. */
	g_autofree char *pidfile = g_build_filename(*state, "run/rsyslogd.pid", NULL);
	g_autofree char *number = g_strdup_printf("%ld\n", (long)getpid());
	assert_true(g_file_set_contents(pidfile, number, -1, NULL));
	assert_takers(state, true, false, true);
	close(syslog);
	close(socket);
	assert_takers(state, false, false, true);
}

/* /dev/log is somebody else's: a line by both ways might come twice. */
static void
test_journald_beside_another(void **state)
{
	const int socket = listen_at(state, "run/systemd/journal/socket");
	const int syslog = listen_at(state, "dev/log");

	assert_takers(state, false, false, true);
	close(syslog);
	close(socket);
}

static void
test_places(void **state)
{
	static const struct {
		struct conf conf;
		struct log_takers takers;
		bool stderr_seen;
		const char *place;
	} cases[] = {
	    {{.logfacility = "local0"}, {.journal = true, .systemd = true}, false,
		"journalctl -u heartbeat"},
	    {{.logfacility = "local0"}, {.journal = true}, false, "journalctl -t heartbeat"},
	    {{.logfacility = "daemon"}, {.syslog = true}, false, "syslog, facility daemon"},
	    {{.logfacility = "daemon"},
		{.syslog = true, .journal = true, .forwards = true, .systemd = true}, false,
		"syslog, facility daemon, journalctl -u heartbeat"},
	    {{.logfacility = "daemon", .logfile = "/var/log/ha-log", .debugfile = "/var/log/ha-debug"},
		{.journal = true, .systemd = true}, false,
		"/var/log/ha-log, /var/log/ha-debug, journalctl -u heartbeat"},
	    {{.logfile = "/a", .debugfile = "/a"}, {.journal = true}, true, "/a"},
	    {{.logfacility = "daemon", .logfile = "/a"}, {.journal = false}, true, "/a"},
	    {{.logfacility = "daemon"}, {.journal = false}, true,
		"standard error (of a container: docker logs NAME)"},
	    {{.logfacility = "daemon"}, {.journal = false}, false,
		"nowhere: no syslog and no journal here: set logfile in ha.cf"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *place =
		    log_place(&cases[i].conf, &cases[i].takers, cases[i].stderr_seen);

		assert_string_equal(place, cases[i].place);
		assert_int_equal(log_goes_nowhere(&cases[i].conf, &cases[i].takers), i >= 7);
	}
}

static void
test_published(void **state)
{
	g_autofree char *path = scratch_file(state, "log", NULL);
	g_autofree char *none = log_place_published(path);
	g_autofree char *place = NULL;
	struct stat s;

	assert_null(none);
	umask(077);
	assert_int_equal(log_place_publish(path, "/var/log/ha-log"), 0);
	place = log_place_published(path);
	assert_string_equal(place, "/var/log/ha-log");
	umask(022);
	/* Everybody may look. */
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0644);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, root_new, root_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_bare),
	    CASE(test_syslog_daemon),
	    CASE(test_journald),
	    CASE(test_journald_beside_another),
	    cmocka_unit_test(test_places),
	    CASE(test_published),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
