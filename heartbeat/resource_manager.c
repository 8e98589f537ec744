/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ResourceManager: the command of 3.0.6 by which scripts ask what haresources says, what runs, and
 * start or stop a group by hand while Heartbeat is down. It finds and calls scripts with the
 * daemon's own code. While Heartbeat runs a group is its business alone: a hand beside it would
 * make two holders, so the command then refuses.
 *
 * Source: compat commands.md section 7.
 */
#include <errno.h>
#include <glib.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>

#include "config.h"

#include "address.h"
#include "client/hbclient.h"
#include "core/group.h"
#include "files.h"
#include "script.h"

#define STOP_RETRIES 10
#define EXIT_NOT_RUNNING 3

static void say(int priority, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
say(int priority, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsyslog(priority, format, args);
	va_end(args);
}

/* --- one resource --------------------------------------------------------------------------- */

static enum child_end
run_program(const struct script_call *call, bool capture, struct event_child *result)
{
	g_autoptr(GError) error = NULL;
	char *output = NULL;
	int status = 0;

	fflush(NULL);
	if (!g_spawn_sync("/", call->argv, call->environment,
		G_SPAWN_CLOEXEC_PIPES | (capture ? 0 : G_SPAWN_CHILD_INHERITS_STDIN), NULL, NULL,
		capture ? &output : NULL, NULL, &status, &error)) {
		say(LOG_ERR, "ERROR: %s: %s", call->argv[0], error->message);
		result->code = 127;
		return CHILD_EXITED;
	}
	result->output = output;
	result->code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
	return WIFSIGNALED(status) ? CHILD_SIGNALED : CHILD_EXITED;
}

/* Carry out one operation. Owns: output, if there is any, is the caller's (g_free). */
static struct event_child
perform(const struct conf *c, const struct conf_resource *r, enum resource_op op)
{
	struct event_child result = {.end = CHILD_NOT_FOUND};
	struct script_call call;
	g_autofree char *why = NULL;

	if (script_resolve(c, r, op, &call, &why) < 0) {
		say(LOG_ERR, "ERROR: Cannot locate resource script %s: %s", r->script, why);
		return result;
	}
	result.agent = call.agent;
	if (op != OP_STATUS) {
		g_autofree char *args = g_strjoinv(" ", r->args);

		say(LOG_INFO, "info: Running %s %s %s", call.found, args, resource_op_name(op));
	}
	if (call.agent == AGENT_NATIVE) {
		GString *output = g_string_new(NULL);

		result.end = CHILD_EXITED;
		result.code = address_perform(r->script, r->args, op, output);
		if (result.code == 0 && op == OP_START)
			address_perform(r->script, r->args, OP_ANNOUNCE, output);
		result.output = g_string_free(output, FALSE);
	} else {
		result.end = run_program(&call, op == OP_STATUS, &result);
	}
	script_call_clear(&call);
	return result;
}

static bool
resource_runs(const struct conf *c, const struct conf_resource *r)
{
	const struct event_child result = perform(c, r, OP_STATUS);
	const bool runs = group_status_runs(&result);

	g_free((char *)result.output);
	return runs;
}

/* Start or stop. */
static bool
resource_do(const struct conf *c, const struct conf_resource *r, enum resource_op op)
{
	const struct event_child result = perform(c, r, op);

	if (result.end == CHILD_EXITED && result.code != 0)
		say(LOG_ERR, "ERROR: Return code %d from %s", result.code, r->text);
	else if (result.end == CHILD_SIGNALED)
		say(LOG_ERR, "ERROR: %s killed by signal %d", r->text, result.code);
	g_free((char *)result.output);
	return result.end == CHILD_EXITED && result.code == 0;
}

/* --- one group ------------------------------------------------------------------------------ */

static bool
resource_stop(const struct conf *c, const struct conf_resource *r)
{
	for (unsigned tries = 0; tries <= STOP_RETRIES; tries++) {
		if (tries > 0) {
			sleep(1);
			say(LOG_INFO, "info: Retrying failed stop operation [%s]", r->text);
		}
		if (resource_do(c, r, OP_STOP))
			return true;
	}
	if (resource_runs(c, r)) {
		say(LOG_CRIT, "CRIT: %s cannot be stopped: stop it by hand before Heartbeat is started "
			      "on another node", r->text);
		return false;
	}
	say(LOG_ERR, "ERROR: Resource script for %s probably not LSB-compliant.", r->text);
	return true;
}

static bool
group_release(const struct conf *c, const struct conf_group *g)
{
	bool well = true;

	say(LOG_INFO, "info: Releasing resource group: %s %s", c->nodes[g->preferred], g->text);
	for (unsigned i = g->resource_count; i-- > 0;)
		well = resource_stop(c, &g->resources[i]) && well;
	return well;
}

static bool
group_acquire(const struct conf *c, const struct conf_group *g)
{
	say(LOG_INFO, "info: Acquiring resource group: %s %s", c->nodes[g->preferred], g->text);
	for (unsigned i = 0; i < g->resource_count; i++) {
		const struct conf_resource *r = &g->resources[i];

		if (resource_runs(c, r) || resource_do(c, r, OP_START))
			continue;
		say(LOG_CRIT, "CRIT: Giving up resources due to failure of %s", r->text);
		group_release(c, g);
		return false;
	}
	return true;
}

/* Any of its resources names a group, in the form that haresources has. */
static const struct conf_group *
group_of(const struct conf *c, const char *word)
{
	for (unsigned i = 0; i < c->group_count; i++) {
		for (unsigned k = 0; k < c->groups[i].resource_count; k++) {
			if (strcmp(c->groups[i].resources[k].text, word) == 0)
				return &c->groups[i];
		}
	}
	return NULL;
}

/* Start or stop it by hand, unless a daemon manages it. */
static int
group_move(const struct conf *c, const char *key, bool take)
{
	const struct conf_group *g = group_of(c, key);
	struct hb_client *client = NULL;
	int result;

	if (g == NULL)
		return EXIT_SUCCESS;
	result = hb_connect(&client);
	hb_disconnect(client);
	if (result != -ENOENT && result != -ECONNREFUSED) {
		say(LOG_ERR, "ERROR: heartbeat runs and manages %s itself: use hb_standby or "
			     "hb_takeover", g->key);
		return EXIT_FAILURE;
	}
	if (!(take ? group_acquire(c, g) : group_release(c, g)))
		return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

/* --- the commands --------------------------------------------------------------------------- */

/* The pattern is of 3.0.6: an extended regular expression, in any case, for the whole name. */
static int
list_keys(const struct conf *c, const char *pattern)
{
	g_autofree char *whole = g_strdup_printf("^(%s)$", pattern);
	regex_t re;

	if (regcomp(&re, whole, REG_EXTENDED | REG_ICASE | REG_NOSUB) != 0)
		return EXIT_SUCCESS;
	for (unsigned i = 0; i < c->group_count; i++) {
		if (regexec(&re, c->nodes[c->groups[i].preferred], 0, NULL, 0) == 0)
			puts(c->groups[i].key);
	}
	regfree(&re);
	return EXIT_SUCCESS;
}

static int
list_lines(const struct conf *c, bool ours)
{
	const char *node = getenv("HA_CURHOST");

	if (node == NULL || node[0] == '\0')
		node = c->nodes[c->self];
	for (unsigned i = 0; i < c->group_count; i++) {
		const char *preferred = c->nodes[c->groups[i].preferred];

		if ((g_ascii_strcasecmp(preferred, node) == 0) == ours)
			puts(c->groups[i].text);
	}
	return EXIT_SUCCESS;
}

static int
status_of(const struct conf *c, const char *word)
{
	const struct conf_group *g = group_of(c, word);

	for (unsigned i = 0; g != NULL && i < g->resource_count; i++) {
		if (strcmp(g->resources[i].text, word) == 0)
			return resource_runs(c, &g->resources[i]) ? EXIT_SUCCESS : EXIT_NOT_RUNNING;
	}
	say(LOG_ERR, "ERROR: no line of haresources has a resource %s", word);
	return EXIT_NOT_RUNNING;
}

static int
group_status(const struct conf *c, const char *word)
{
	const struct conf_group *g = group_of(c, word);
	unsigned run = 0;

	for (unsigned i = 0; g != NULL && i < g->resource_count; i++)
		run += resource_runs(c, &g->resources[i]);
	puts(run == 0 ? "NONE" : run == g->resource_count ? "ALL" : "SOME");
	return EXIT_SUCCESS;
}

/* The systemd units that resources are, or that their init scripts have; one per line. */
static int
list_units(const struct conf *c)
{
	for (unsigned i = 0; i < c->group_count; i++) {
		for (unsigned k = 0; k < c->groups[i].resource_count; k++) {
			struct script_call call;
			g_autofree char *why = NULL;

			if (script_resolve(c, &c->groups[i].resources[k], OP_STOP, &call, &why) < 0)
				continue;
			g_autofree char *unit = script_unit(&call);
			if (unit != NULL)
				puts(unit);
			script_call_clear(&call);
		}
	}
	return EXIT_SUCCESS;
}

/* Returns: how many groups have their first resource running. */
static int
verify_all_idle(const struct conf *c)
{
	int active = 0;

	for (unsigned i = 0; i < c->group_count; i++) {
		const struct conf_resource *first = &c->groups[i].resources[0];

		if (!resource_runs(c, first))
			continue;
		active++;
		fprintf(stderr,
		    "CRITICAL: Resource %s is active, and should not be!\n"
		    "CRITICAL: Non-idle resources can affect data integrity!\n"
		    "info: It was started by something else than heartbeat: see heartbeat(8).\n",
		    first->text);
	}
	return active;
}

static int
usage(FILE *out, const char *path)
{
	fprintf(out,
	    "usage: %s listkeys machine | allkeys | ourkeys | otherkeys | takegroup key |"
	    " givegroup key | statgroup key | status resource | verifyallidle | units\n"
	    "See ResourceManager(8).\n",
	    path);
	return out == stdout ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
command(const struct conf *c, int argc, char **argv)
{
	const char *word = argv[1], *object = argc > 2 ? argv[2] : "";

	if (strcmp(word, "listkeys") == 0)
		return list_keys(c, object);
	if (strcmp(word, "allkeys") == 0)
		return list_keys(c, ".*");
	if (strcmp(word, "ourkeys") == 0 || strcmp(word, "otherkeys") == 0)
		return list_lines(c, word[1] == 'u');
	if (strcmp(word, "status") == 0)
		return status_of(c, object);
	if (strcmp(word, "takegroup") == 0 || strcmp(word, "givegroup") == 0)
		return group_move(c, object, word[0] == 't');
	if (strcmp(word, "statgroup") == 0)
		return group_status(c, object);
	if (strcmp(word, "verifyallidle") == 0)
		return verify_all_idle(c);
	if (strcmp(word, "units") == 0)
		return list_units(c);
	return usage(stderr, argv[0]);
}

int
main(int argc, char **argv)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf_text text;
	struct files *files;
	struct conf *c;
	bool usable;
	int code;

	if (argc < 2)
		return usage(stderr, argv[0]);
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return usage(stdout, argv[0]);
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		puts("ResourceManager " PACKAGE_VERSION);
		return EXIT_SUCCESS;
	}
	openlog("ResourceManager(default)", LOG_PERROR | LOG_PID, LOG_DAEMON);
	files = files_read(HB_HADIR, faults);
	text = files_text(files);
	/* What haresources says is no secret: the keys may be missing, or not ours to read. */
	c = conf_parse_partly(&text, faults, &usable);
	if (c->node_count == 0 || (!usable && c->group_count == 0)) {
		for (guint i = 0; i < faults->len; i++) {
			g_autofree char *line = fault_text(g_ptr_array_index(faults, i));

			fprintf(stderr, "%s\n", line);
		}
		code = EXIT_FAILURE;
	} else {
		code = command(c, argc, argv);
	}
	conf_free(c);
	files_free(files);
	return code;
}
