/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hbctl: look at the cluster and move its groups. Also runs as hb_standby and hb_takeover.
 */
#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"

#include "ask.h"
#include "client/hbclient.h"
#include "flight_file.h"
#include "log_place.h"
#include "move.h"
#include "simulate.h"
#include "status.h"

#define EXIT_USAGE 2
#define WATCH_INTERVAL_MS 1000

static const char usage_text[] =
    "Usage: hbctl COMMAND\n"
    "  status [--json] [--watch]  nodes, links and groups at a glance\n"
    "  standby SET                give groups away: all, foreign, local or failback\n"
    "  takeover SET               ask the other node for groups\n"
    "  retry [GROUP]              try failed groups again, or the one named\n"
    "  record [FILE]              fetch the daemon's flight record into a file\n"
    "  replay [--quiet] FILE      decide once more what a flight record led to\n"
    "  simulate [OPTION ...]      what would this cluster do if ...? see hbctl(8)\n"
    "  version                    of this program\n"
    "  help                       this text\n"
    "GROUP is the first resource of a line of haresources, as written there.\n"
    "Exit codes: 0; 1 no connection, or refused; 2 wrong arguments; 3 simulate: an answer\n"
    "is bad. See hbctl(8).\n";

static int
usage(void)
{
	fputs(usage_text, stderr);
	return EXIT_USAGE;
}

/* The reason of a failure, in the daemon's words if it gave any. */
static int
complain(const struct hb_client *client, int result)
{
	const char *text = result == -ECANCELED ? hb_text(client) : "";

	fprintf(stderr, "hbctl: %s\n", text[0] != '\0' ? text : hb_strerror(result));
	return EXIT_FAILURE;
}

static bool
colour_wanted(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0') &&
	       (term == NULL || strcmp(term, "dumb") != 0);
}

/* The present state as text. Errors: NULL, *result says why. Owns: the caller's (g_free).
 */
static char *
status_fetch(bool json, int *result)
{
	char *raw = NULL;
	char *text = NULL;

	*result = ask_status(&raw);
	if (*result == 0) {
		g_autofree char *place = log_place_published(LOG_PLACE_PATH);
		g_autofree char *whole = status_with_log(raw, place);

		text = json ? g_strdup_printf("%s\n", whole) : status_render(whole, colour_wanted());
	}
	if (*result == 0 && text == NULL)
		*result = -EPROTO;
	free(raw);
	return text;
}

static int
status_once(bool json)
{
	int result;
	g_autofree char *text = status_fetch(json, &result);

	if (text == NULL) {
		fprintf(stderr, "hbctl: %s\n", ask_strerror(result));
		return EXIT_FAILURE;
	}
	fputs(text, stdout);
	return EXIT_SUCCESS;
}

/* Until interrupted; a daemon that ends is waited for. */
static int
status_watch(bool json)
{
	for (;;) {
		int result;
		g_autofree char *text = status_fetch(json, &result);

		if (isatty(STDOUT_FILENO) && !json)
			fputs("\033[H\033[2J", stdout);
		printf("%s", text != NULL ? text : "");
		if (text == NULL)
			printf("%s\n", ask_strerror(result));
		if (fflush(stdout) != 0)
			return EXIT_FAILURE;
		g_usleep(WATCH_INTERVAL_MS * 1000);
	}
}

static int
command_status(int argc, char **argv)
{
	bool json = false;
	bool watch = false;

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			json = true;
		else if (strcmp(argv[i], "--watch") == 0)
			watch = true;
		else
			return usage();
	}
	return watch ? status_watch(json) : status_once(json);
}

static int
command_standby(int argc, char **argv)
{
	return argc == 1 && move_is_set(argv[0]) ? move_ask(MOVE_STANDBY, argv[0])
						 : usage();
}

static int
command_takeover(int argc, char **argv)
{
	return argc == 1 && move_is_set(argv[0]) ? move_ask(MOVE_TAKEOVER, argv[0])
						 : usage();
}

static int
command_retry(int argc, char **argv)
{
	struct hb_client *client;
	int result;

	if (argc > 1)
		return usage();
	result = ask_connect(&client);
	if (result != 0)
		return complain(NULL, result);
	result = hb_retry(client, argc == 1 ? argv[0] : NULL);

	int code = EXIT_SUCCESS;
	if (result != 0)
		code = complain(client, result);
	else if (hb_text(client)[0] != '\0')
		puts(hb_text(client));
	hb_disconnect(client);
	return code;
}

static int
command_record(int argc, char **argv)
{
	if (argc > 1 || (argc == 1 && argv[0][0] == '-'))
		return usage();
	return flight_file_fetch(argc == 1 ? argv[0] : FLIGHT_FILE_DEFAULT);
}

static int
command_replay(int argc, char **argv)
{
	const char *path = NULL;
	bool quiet = false;

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--quiet") == 0)
			quiet = true;
		else if (argv[i][0] == '-' || path != NULL)
			return usage();
		else
			path = argv[i];
	}
	return path != NULL ? flight_file_replay(path, quiet) : usage();
}

static int
command_simulate(int argc, char **argv)
{
	int code = simulate_main(argc, argv);

	return code == EXIT_USAGE ? usage() : code;
}

static int
command_version(int argc, char **argv)
{
	(void)argv;
	if (argc != 0)
		return usage();
	puts("hbctl " PACKAGE_VERSION);
	return EXIT_SUCCESS;
}

static int
command_help(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	fputs(usage_text, stdout);
	return EXIT_SUCCESS;
}

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
    {"status", command_status},
    {"standby", command_standby},
    {"takeover", command_takeover},
    {"retry", command_retry},
    {"record", command_record},
    {"replay", command_replay},
    {"simulate", command_simulate},
    {"version", command_version},
    {"--version", command_version},
    {"help", command_help},
    {"--help", command_help},
    {"-h", command_help},
};

int
main(int argc, char **argv)
{
	g_autofree char *name = g_path_get_basename(argv[0]);

	if (strcmp(name, "hb_standby") == 0)
		return move_main(MOVE_STANDBY, argc, argv);
	if (strcmp(name, "hb_takeover") == 0)
		return move_main(MOVE_TAKEOVER, argc, argv);
	for (size_t i = 0; argc > 1 && i < G_N_ELEMENTS(commands); i++) {
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 2, argv + 2);
	}
	return usage();
}
