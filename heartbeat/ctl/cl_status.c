/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cl_status: ask the daemon one question. May be set-group-ID haclient, so that every user
 * can ask; it only ever sends the requests "status" and "clientstatus".
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"

#include "answers.h"
#include "ask.h"

static const char usage[] =
    "Usage: cl_status SUBCOMMAND [options] [parameters]\n"
    "  hbstatus [-v]              is heartbeat running here?\n"
    "  listnodes [-n|-p] [-v]     the nodes: -n normal ones only, -p ping nodes only\n"
    "  nodestatus NODE            active, up, ping: 0; dead, init: 1\n"
    "  nodeweight NODE, nodesite NODE, nodetype NODE\n"
    "  listhblinks [-v] NODE      the heartbeat links of a node\n"
    "  hblinkstatus NODE LINK     up: 0; dead: 1\n"
    "  clientstatus NODE CLIENT [MILLISECONDS]  online: 0; offline: 1\n"
    "  rscstatus                  none, local, foreign, all or transition\n"
    "  test                       dead time, keepalive, node, resources\n"
    "  json                       the whole state, as hbctl status --json\n"
    "  hbparameter -p NAME        the value of a directive of ha.cf\n"
    "Options: -m text for people, -v more\n"
    "Exit codes: 0; 1 it is not so, or it does not run; 11 wrong arguments;\n"
    "12 no answer; 13 error, or not permitted\n"
    "See cl_status(1).\n";

/* Lines that begin with ERROR are reported as 3.0.6 does: with our name and number. */
static void
print_errors(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		if (**line == '\0')
			continue;
		if (g_str_has_prefix(*line, "ERROR:"))
			fprintf(stderr, "cl_status: [%d]: %s\n", (int)getpid(), *line);
		else
			fprintf(stderr, "%s\n", *line);
	}
}

/* Options follow the subcommand. Errors: false. */
static bool
question_parse(int argc, char **argv, struct question *q)
{
	const bool parameter = strcmp(argv[1], "hbparameter") == 0;
	int option;

	q->subcommand = argv[1];
	optind = 2;
	while ((option = getopt(argc, argv, parameter ? "mvnp:" : "mvnp")) != -1) {
		switch (option) {
		case 'm':
			q->for_people = true;
			break;
		case 'v':
			q->verbose = true;
			break;
		case 'n':
			q->normal_only = true;
			break;
		case 'p':
			q->ping_only = !parameter;
			q->parameter = parameter ? optarg : NULL;
			break;
		default:
			return false;
		}
	}
	for (size_t i = 0; i < G_N_ELEMENTS(q->words) && optind < argc; i++)
		q->words[i] = argv[optind++];
	return true;
}

/* How long another node may take to answer. 3.0.6 acts on a question with its next status. */
#define REMOTE_MS 2000

/* What only another node knows: whether a client is signed on there. */
static void
question_ask_remote(struct question *q, struct hb_client *client)
{
	long ms = q->words[2] != NULL ? strtol(q->words[2], NULL, 10) : REMOTE_MS;

	if (strcmp(q->subcommand, "clientstatus") == 0 && q->words[0] != NULL &&
	    q->words[1] != NULL)
		q->remote = hb_client_status(client, q->words[0], q->words[1],
		    (int)CLAMP(ms, 1, 60 * 1000));
}

static enum answer_code
question_ask(struct question *q, struct answer *a)
{
	struct hb_client *client;
	char *json = NULL;
	int result = ask_connect(&client);

	if (result == -ETIMEDOUT)
		return ANSWER_TIMEOUT;
	if (result != 0 && result != -ECONNREFUSED)
		return answer_denied(
		    q, ask_runs() == ASK_RUNS, ask_status_strerror(result), a);
	if (result != 0)
		return answer_stopped(q, a);

	result = hb_status(client, &json);
	if (result == 0)
		question_ask_remote(q, client);
	hb_disconnect(client);
	if (result == -ETIMEDOUT)
		return ANSWER_TIMEOUT;

	cJSON *state = result == 0 ? cJSON_Parse(json) : NULL;
	enum answer_code code = ANSWER_API;
	if (state != NULL)
		code = answer_give(q, state, a);
	else
		g_string_append_printf(
		    a->errors, "ERROR: %s\n", hb_strerror(result != 0 ? result : -EPROTO));
	cJSON_Delete(state);
	free(json);
	return code;
}

int
main(int argc, char **argv)
{
	struct question q = {.remote = -1};
	struct answer a = {g_string_new(NULL), g_string_new(NULL)};
	enum answer_code code;

	if (argc < 2 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		code = ANSWER_OK;
	} else if (strcmp(argv[1], "--version") == 0) {
		puts("cl_status " PACKAGE_VERSION);
		code = ANSWER_OK;
	} else if (!answer_knows(argv[1])) {
		g_string_append_printf(
		    a.errors, "ERROR: %s: invalid sub-command.\n", argv[1]);
		code = ANSWER_USAGE;
	} else if (!question_parse(argc, argv, &q)) {
		code = ANSWER_USAGE;
	} else {
		code = question_ask(&q, &a);
	}
	fputs(a.out->str, stdout);
	print_errors(a.errors->str);
	g_string_free(a.out, TRUE);
	g_string_free(a.errors, TRUE);
	return (int)code;
}
