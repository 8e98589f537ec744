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
#include "base/text.h"
#include "client/hbclient.h"
#include "command.h"
#include "complete.h"
#include "flight_file.h"
#include "log_place.h"
#include "move.h"
#include "setup.h"
#include "simulate.h"
#include "status.h"

#define EXIT_USAGE 2
#define WATCH_INTERVAL_MS 1000

static const char usage_text[] =
    "Usage: hbctl COMMAND\n"
    "  setup [OPTION ...]         make the files of a pair: asks, checks, writes\n"
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
    "Exit codes: 0; 1 no connection, or refused; 2 wrong arguments; 3 simulate: an\n"
    "answer is bad. See hbctl(8).\n";

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

	fprintf(stderr, "hbctl: %s\n", text[0] != '\0' ? text : ask_strerror(result));
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
		fprintf(stderr, "hbctl: %s\n", ask_status_strerror(result));
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
			printf("%s\n", ask_status_strerror(result));
		if (fflush(stdout) != 0)
			return EXIT_FAILURE;
		g_usleep(WATCH_INTERVAL_MS * 1000);
	}
}

enum { STATUS_JSON, STATUS_WATCH };

static const struct option_row status_options[] = {[STATUS_JSON] = {"--json", WORD_NONE},
    [STATUS_WATCH] = {"--watch", WORD_NONE},
    {NULL, WORD_NONE}};

static int
command_status(int argc, char **argv)
{
	bool given[G_N_ELEMENTS(status_options)] = {false};
	const char *value;
	int at = 0, which;

	while ((which = option_next(status_options, argc, argv, &at, &value)) >= 0)
		given[which] = true;
	if (which != OPTION_END)
		return usage();
	return given[STATUS_WATCH] ? status_watch(given[STATUS_JSON])
				   : status_once(given[STATUS_JSON]);
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

static const struct option_row replay_options[] = {
    {"--quiet", WORD_NONE}, {NULL, WORD_NONE}};

static int
command_replay(int argc, char **argv)
{
	const char *path = NULL;
	const char *value;
	bool quiet = false;
	int at = 0, which;

	while ((which = option_next(replay_options, argc, argv, &at, &value)) != OPTION_END) {
		if (which == OPTION_WRONG || (which == OPTION_WORD && path != NULL))
			return usage();
		if (which == OPTION_WORD)
			path = value;
		else
			quiet = true;
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
command_setup(int argc, char **argv)
{
	return setup_main(argc, argv);
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

static const struct command commands[] = {
    {"status", command_status, status_options, WORD_NONE},
    {"standby", command_standby, NULL, WORD_SET},
    {"takeover", command_takeover, NULL, WORD_SET},
    {"retry", command_retry, NULL, WORD_GROUP},
    {"record", command_record, NULL, WORD_FILE},
    {"replay", command_replay, replay_options, WORD_FILE},
    {"simulate", command_simulate, simulate_options, WORD_NONE},
    {"setup", command_setup, setup_options, WORD_NONE},
    {"version", command_version, NULL, WORD_NONE},
    {"--version", command_version, NULL, WORD_NONE},
    {"help", command_help, NULL, WORD_NONE},
    {"--help", command_help, NULL, WORD_NONE},
    {NULL, NULL, NULL, WORD_NONE},
};

/* For the shell, not for people: completion/heartbeat.bash. */
static int
complete(const char *line)
{
	g_autoptr(GPtrArray) words = complete_words(line, commands, HB_HADIR);

	for (guint i = 0; i < words->len; i++)
		puts(g_ptr_array_index(words, i));
	return EXIT_SUCCESS;
}

static int
refuse_word(const char *word)
{
	const char *names[G_N_ELEMENTS(commands)];
	size_t n = 0;

	for (const struct command *c = commands; c->name != NULL; c++)
		names[n++] = c->name;
	const char *near = text_nearest(word, names, n);

	if (near != NULL)
		fprintf(stderr, "hbctl: '%s' is no command: did you mean '%s'?\n", word, near);
	else
		fprintf(stderr, "hbctl: '%s' is no command, these are:\n%s", word, usage_text);
	return EXIT_USAGE;
}

int
main(int argc, char **argv)
{
	g_autofree char *name = g_path_get_basename(argv[0]);

	if (strcmp(name, "hb_standby") == 0)
		return move_main(MOVE_STANDBY, argc, argv);
	if (strcmp(name, "hb_takeover") == 0)
		return move_main(MOVE_TAKEOVER, argc, argv);
	if (argc == 3 && strcmp(argv[1], "--complete") == 0)
		return complete(argv[2]);
	if (argc > 1 && strcmp(argv[1], "-h") == 0)
		return command_help(0, NULL);
	for (const struct command *c = commands; argc > 1 && c->name != NULL; c++) {
		if (strcmp(argv[1], c->name) != 0)
			continue;
		/* One text for all but setup, which has its own. */
		if (argc == 3 && strcmp(argv[2], "--help") == 0 && c->run != command_setup)
			return command_help(0, NULL);
		return c->run(argc - 2, argv + 2);
	}
	return argc > 1 ? refuse_word(argv[1]) : usage();
}
