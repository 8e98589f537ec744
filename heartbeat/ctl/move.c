/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "move.h"

#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

#include "ask.h"

const char *const move_sets[] = {"all", "foreign", "local", "failback", NULL};

bool
move_is_set(const char *word)
{
	return g_strv_contains(move_sets, word);
}

int
move_ask(enum move move, const char *set)
{
	struct hb_client *client;
	int result = ask_connect(&client);

	if (result != 0) {
		fprintf(stderr, "%s\n", ask_strerror(result));
		return EXIT_FAILURE;
	}
	result = move == MOVE_STANDBY ? hb_standby(client, set) : hb_takeover(client, set);

	const char *text = hb_text(client);
	if (result == -ECANCELED && text[0] != '\0')
		fprintf(stderr, "%s\n", text);
	else if (result != 0)
		fprintf(stderr, "%s\n", ask_strerror(result));
	hb_disconnect(client);
	return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
usage(const char *path)
{
	puts("usage:");
	fprintf(stderr, "%s [all|foreign|local|failback]\n", path);
	return EXIT_FAILURE;
}

int
move_main(enum move move, int argc, char **argv)
{
	const char *set = argc > 1 ? argv[1] : "all";

	/* 3.0.6 failed with --help, and still does with -h. */
	if (strcmp(set, "--help") == 0) {
		printf("usage: %s [all|foreign|local|failback]\n%s\nSee hb_%s(1).\n", argv[0],
		    move == MOVE_STANDBY ? "Gives groups to the other node: all, if nothing is said."
					 : "Asks the other node for groups: all, if nothing is said.",
		    move == MOVE_STANDBY ? "standby" : "takeover");
		return EXIT_SUCCESS;
	}
	if (strcmp(set, "--version") == 0) {
		printf("hb_%s " PACKAGE_VERSION "\n", move == MOVE_STANDBY ? "standby" : "takeover");
		return EXIT_SUCCESS;
	}
	if (argc > 2) {
		printf("%s: too many arguments\n", argv[0]);
		return usage(argv[0]);
	}
	if (strcmp(set, "-h") == 0)
		return usage(argv[0]);
	if (!move_is_set(set)) {
		printf("%s: wrong resources(%s).\n", argv[0], set);
		return usage(argv[0]);
	}

	/* What failback gives away is what is foreign. */
	if (move == MOVE_STANDBY && strcmp(set, "failback") == 0)
		set = "foreign";

	int code = move_ask(move, set);
	if (code == EXIT_SUCCESS && move == MOVE_STANDBY)
		fprintf(stderr, "Going standby [%s].\n", set);
	return code;
}
