/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipfail: the respawned client that weighs ping nodes. The node that sees fewer of them
 * than its peer gives its groups away. ipfail/rules.c decides; here are the daemon, the
 * clock and the log.
 */
#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* The names of the facilities too. */
#define SYSLOG_NAMES
#include <syslog.h>
#include <unistd.h>

#include "config.h"

#include "client/hbclient.h"
#include "clock.h"
#include "ipfail/rules.h"

/* An exit code after which the daemon does not start a client again. */
#define EXIT_FOR_GOOD 100

static const int priorities[] = {
    [TRACE_CRITICAL] = LOG_CRIT,
    [TRACE_ERROR] = LOG_ERR,
    [TRACE_WARNING] = LOG_WARNING,
    [TRACE_NOTICE] = LOG_NOTICE,
    [TRACE_INFO] = LOG_INFO,
    [TRACE_DEBUG] = LOG_DEBUG,
};

/* The files of ha.cf, which the daemon hands to its programs in their environment. */
static void
log_to_file(const char *variable, const char *line)
{
	const char *path = getenv(variable);
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	g_autofree char *stamp = NULL;
	FILE *file;

	if (path == NULL || path[0] != '/' || strcmp(path, "/dev/null") == 0 || now == NULL)
		return;
	file = fopen(path, "ae");
	if (file == NULL)
		return;
	stamp = g_date_time_format(now, "%b %d %H:%M:%S");
	fprintf(file, "%s %s ipfail: %s\n", stamp, g_get_host_name(), line);
	fclose(file);
}

/* "local0" and its like; -1: none, or the one that gets every line anyway. */
static int
facility_of_hacf(void)
{
	const char *name = getenv("HA_LOGFACILITY");

	for (int i = 0; name != NULL && facilitynames[i].c_name != NULL; i++) {
		if (strcmp(name, facilitynames[i].c_name) == 0 &&
		    facilitynames[i].c_val != LOG_DAEMON)
			return facilitynames[i].c_val;
	}
	return -1;
}

static void
log_line(void *arg, enum trace_level level, const char *line)
{
	g_autofree char *text = g_strdup_printf(
	    "[%d]: %s: %s", (int)getpid(), trace_level_name(level), line);
	const int facility = facility_of_hacf();

	(void)arg;
	syslog(priorities[level], "%s", text);
	if (facility >= 0)
		syslog(facility | priorities[level], "%s", text);
	if (level == TRACE_DEBUG)
		return;
	log_to_file("HA_LOGFILE", text);
	log_to_file("HA_DEBUGLOG", text);
}

static const struct trace log_trace = {.emit = log_line};

/* The daemon is gone, or does not answer: a new ipfail will find out how things stand. */
static void
give_in(const char *what, int result, const char *text)
{
	trace(&log_trace, TRACE_ERROR, "%s: %s", what,
	    text[0] != '\0' ? text : hb_strerror(result));
	exit(EXIT_FAILURE);
}

static void
world_tell(void *arg, const char *peer, const char *type, int num_ping)
{
	struct hb_client *client = arg;
	g_autofree char *number = g_strdup_printf("%d", num_ping);
	const char *const fields[] = {num_ping < 0 ? NULL : "num_ping", number, NULL};
	int result = hb_message(client, peer, type, fields);

	/* A peer that is not there has nothing to compare with. */
	if (result == -ECANCELED)
		trace(&log_trace, TRACE_INFO, "message %s not sent: %s", type,
		    hb_text(client));
	else if (result != 0)
		give_in(type, result, "");
}

static void
world_standby(void *arg, const char *set)
{
	struct hb_client *client = arg;
	int result = hb_standby(client, set);

	if (result == -ECANCELED)
		trace(&log_trace, TRACE_WARNING, "standby [%s]: %s", set, hb_text(client));
	else if (result != 0)
		give_in("standby", result, "");
}

static const char *
field(const struct hb_client *client, const char *name)
{
	const char *value = hb_notice_get(client, name);

	return value != NULL ? value : "";
}

static void
take_notice(struct ipfail *f, struct hb_client *client)
{
	const struct moment now = clock_read().now;
	const char *what = field(client, "what");

	if (strcmp(what, "node") == 0)
		ipfail_node(f, field(client, "node"), field(client, "status"), now);
	else if (strcmp(what, "link") == 0)
		ipfail_link(f, field(client, "node"), field(client, "link"),
		    field(client, "status"));
	else if (strcmp(what, "client") == 0)
		ipfail_client(f, field(client, "node"), field(client, "client"),
		    field(client, "status"));
	else if (strcmp(what, "resources") == 0)
		ipfail_resources(f, field(client, "holds"),
		    strcmp(field(client, "settled"), "yes") == 0, now);
	else if (strcmp(what, "message") == 0)
		ipfail_message(f, field(client, "from"), field(client, "type"),
		    hb_notice_get(client, "num_ping"), now);
}

/* How long poll() may wait: rounded up, so that the deadline has come when it returns. */
static int
patience_ms(struct moment deadline)
{
	if (moment_is_never(deadline))
		return -1;

	int64_t ms = span_ms(moment_since(deadline, clock_read().now)) + 1;
	return ms < 0 ? 0 : (int)MIN(ms, 3600 * 1000);
}

static void
run(struct ipfail *f, struct hb_client *client)
{
	for (;;) {
		struct pollfd p = {.fd = hb_fd(client), .events = POLLIN};
		struct moment now;
		int result;

		while ((result = hb_notice(client, 0)) == 1)
			take_notice(f, client);
		if (result < 0)
			give_in("notices", result, "");
		now = clock_read().now;
		if (moment_reached(now, ipfail_deadline(f)))
			ipfail_timer(f, now);
		else
			poll(&p, 1, patience_ms(ipfail_deadline(f)));
	}
}

static struct ipfail *
begin(struct hb_client *client)
{
	const struct ipfail_world world = {world_tell, world_standby, log_trace, client};
	struct ipfail *f;
	char *json = NULL;
	int result;

	/* First subscribe, then ask: so no change is missed in between. And before we are known:
	 * of two that start at the same time one learns of the other, and asks it. */
	result = hb_subscribe(client);
	if (result != 0)
		give_in("subscribe", result, hb_text(client));
	result = hb_signon(client, "ipfail");
	if (result != 0)
		give_in("signon", result, hb_text(client));
	result = hb_status(client, &json);
	if (result != 0)
		give_in("status", result, hb_text(client));

	enum ipfail_fault fault = ipfail_new(json, &world, &f);
	free(json);
	switch (fault) {
	case IPFAIL_FINE:
		return f;
	case IPFAIL_LEGACY:
		trace(&log_trace, TRACE_ERROR,
		    "auto_failback set to incompatible legacy option.");
		exit(EXIT_FOR_GOOD);
	case IPFAIL_NO_PEER:
		trace(&log_trace, TRACE_ERROR,
		    "ha.cf names no other node: there is nobody to compare ping nodes "
		    "with.");
		exit(EXIT_FOR_GOOD);
	case IPFAIL_NO_STATE:
		break;
	}
	give_in("status", -EPROTO, "");
	return NULL;
}

int
main(int argc, char **argv)
{
	struct hb_client *client;
	int result;

	/* Other words mean nothing, as they always did: a respawn line may have some. */
	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		puts("Usage: ipfail\n"
		     "Gives groups to the node that reaches more ping nodes. The daemon starts it: a\n"
		     "respawn line of ha.cf names it. See ipfail(8).");
		return EXIT_SUCCESS;
	}
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		puts("ipfail " PACKAGE_VERSION);
		return EXIT_SUCCESS;
	}
	openlog("ipfail", LOG_PERROR, LOG_DAEMON);
	result = hb_connect(&client);
	if (result != 0)
		give_in("signon", result, "");
	run(begin(client), client);
	return EXIT_FAILURE;
}
