/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What resource.d/IPaddr, IPaddr2 and IPv6addr run: the daemon's own code for addresses,
 * with the words and the exit codes of the scripts of 3.0.6.
 *
 *   hb-address SCRIPT ADDRESS start|stop|status|monitor|announce
 *   hb-address SCRIPT usage|help|meta-data
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "config.h"

#include "address.h"

/* After a start by hand nobody repeats the announcement for us: five in all. */
#define REPEATS 4
#define REPEAT_MS 200

static const struct {
	const char *script;
	const char *form;
	const char *about;
} scripts[] = {
    {"IPaddr", "ADDRESS[/BITS[/INTERFACE[:LABEL][/BROADCAST]]]",
	"An address as a numbered alias of an interface"},
    {"IPaddr2", "ADDRESS[/BITS[/INTERFACE[:LABEL][/BROADCAST]]]",
	"An address on an interface, with a label only if one is given"},
    {"IPv6addr", "ADDRESS[/BITS[/INTERFACE]]", "An IPv6 address on an interface"},
};

static const struct {
	const char *word;
	enum resource_op op;
} actions[] = {
    {"start", OP_START},
    {"stop", OP_STOP},
    {"status", OP_STATUS},
    {"monitor", OP_STATUS},
    {"announce", OP_ANNOUNCE},
};

static void
print_usage(size_t script)
{
	printf("usage: %s %s (start|stop|status|usage|meta-data)\n", scripts[script].script,
	    scripts[script].form);
}

static void
print_meta_data(size_t script)
{
	const char *name = scripts[script].script;

	printf("<?xml version=\"1.0\"?>\n"
	       "<!DOCTYPE resource-agent SYSTEM \"ra-api-1.dtd\">\n"
	       "<resource-agent name=\"%s\">\n"
	       "<version>1.0</version>\n"
	       "<longdesc lang=\"en\">%s: %s::%s in haresources.</longdesc>\n"
	       "<shortdesc lang=\"en\">%s</shortdesc>\n"
	       "<parameters>\n"
	       "<parameter name=\"ip\" unique=\"1\" required=\"1\">\n"
	       "<longdesc lang=\"en\">%s</longdesc>\n"
	       "<shortdesc lang=\"en\">The address</shortdesc>\n"
	       "<content type=\"string\"/>\n"
	       "</parameter>\n"
	       "</parameters>\n"
	       "<actions>\n"
	       "<action name=\"start\" timeout=\"20s\"/>\n"
	       "<action name=\"stop\" timeout=\"20s\"/>\n"
	       "<action name=\"status\" timeout=\"20s\" interval=\"10s\"/>\n"
	       "<action name=\"monitor\" timeout=\"20s\" interval=\"10s\"/>\n"
	       "<action name=\"meta-data\" timeout=\"5s\"/>\n"
	       "</actions>\n"
	       "</resource-agent>\n",
	    name, scripts[script].about, name, scripts[script].form, scripts[script].about,
	    scripts[script].form);
}

/* The last line, which callers look for. */
static void
print_result(int code, enum resource_op op)
{
	switch (code) {
	case 0:
		puts(op == OP_STATUS ? "INFO:  Running OK" : "INFO:  Success");
		break;
	case 6:
		puts("ERROR:  Program is not configured");
		break;
	case 7:
		puts("INFO:  Resource is stopped");
		break;
	default:
		puts("ERROR:  Generic error");
		break;
	}
}

/* Repeat the announcement from a child of its own, so that our caller need not wait. */
static void
announce_on(const char *script, char *const *args)
{
	fflush(NULL);
	if (fork() != 0)
		return;
	setsid();
	const int null = open("/dev/null", O_RDWR);
	if (null >= 0)
		for (int fd = 0; fd <= 2; fd++)
			dup2(null, fd);
	for (int i = 0; i < REPEATS; i++) {
		const struct timespec pause = {.tv_nsec = REPEAT_MS * 1000000L};
		nanosleep(&pause, NULL);
		g_autoptr(GString) ignored = g_string_new(NULL);
		address_perform(script, args, OP_ANNOUNCE, ignored);
	}
	_exit(0);
}

static int
perform(size_t script, char *const *args, enum resource_op op)
{
	const char *name = scripts[script].script;
	g_autoptr(GString) output = g_string_new(NULL);
	int code = address_perform(name, args, op, output);

	/* The neighbours learn of it later if that fails, by their own time-outs. */
	if (code == 0 && op == OP_START)
		address_perform(name, args, OP_ANNOUNCE, output);
	/* The result line below says what a status found; the rest is a reason. */
	if (output->len > 0 && strcmp(output->str, "Running OK") != 0 &&
	    strcmp(output->str, "Resource is stopped") != 0)
		fprintf(stderr, "ocf-exit-reason:%s\n", output->str);
	/* IPaddr of 3.0.6 had one code for everything that went wrong. */
	if (code == 6 && strcmp(name, "IPaddr") == 0)
		code = 1;
	print_result(code, op);
	if (code == 0 && op == OP_START)
		announce_on(name, args);
	return code;
}

static const char usage_text[] =
    "usage: hb-address IPaddr|IPaddr2|IPv6addr ADDRESS\n"
    "       start|stop|status|monitor|announce\n";

int
main(int argc, char **argv)
{
	size_t script = 0;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		printf("%sWhat resource.d/IPaddr, IPaddr2 and IPv6addr run. See heartbeat-IPaddr(7).\n",
		    usage_text);
		return 0;
	}
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		puts("hb-address " PACKAGE_VERSION);
		return 0;
	}
	while (argc > 1 && script < G_N_ELEMENTS(scripts) &&
	       strcmp(argv[1], scripts[script].script) != 0)
		script++;
	if (argc < 2 || script == G_N_ELEMENTS(scripts)) {
		fputs(usage_text, stderr);
		return 1;
	}
	const char *word = argc > 2 ? argv[argc - 1] : "";
	if (argc == 3 && strcmp(word, "meta-data") == 0) {
		print_meta_data(script);
		return 0;
	}
	if (argc == 3 && (strcmp(word, "usage") == 0 || strcmp(word, "help") == 0)) {
		print_usage(script);
		return 0;
	}
	if (argc != 4) {
		print_usage(script);
		return 1;
	}
	char *const args[] = {argv[2], NULL};
	for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
		if (strcmp(word, actions[i].word) == 0)
			return perform(script, args, actions[i].op);
	printf("ERROR: Unknown operation: %s\n", word);
	print_usage(script);
	return 1;
}
