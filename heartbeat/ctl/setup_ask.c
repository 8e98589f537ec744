/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The questions. Each answer is judged at once, and asked for again until it is right. */
#include "setup_state.h"

#include <stdlib.h>
#include <string.h>

#include "survey.h"

#define NONE "none"

/*
 * An answer, without blanks around it; what is preset for an empty one. NULL: none is to come
 * any more.
 */
static char *
ask(const char *question, const char *preset)
{
	char *line = NULL;
	size_t size = 0;

	printf("%s%s%s%s: ", question, preset != NULL ? " [" : "",
	    preset != NULL ? preset : "", preset != NULL ? "]" : "");
	fflush(stdout);
	const bool got = getline(&line, &size, stdin) >= 0;
	char *answer = got ? g_strdup(g_strstrip(line)) : NULL;
	free(line);
	if (answer != NULL && answer[0] == '\0' && preset != NULL) {
		g_free(answer);
		answer = g_strdup(preset);
	}
	return answer;
}

static void
say_fault(const char *fault)
{
	/* A reason may end with "did you mean ...?" */
	g_autofree char *text =
	    g_strdup_printf("No: %s%s", fault, g_str_has_suffix(fault, "?") ? "" : ".");

	setup_show_wrapped(stdout, text);
}

static enum setup_code
given_up(void)
{
	puts("");
	return setup_refuse(SETUP_FAILED, "given up, nothing is written");
}

static enum setup_code
ask_peer(struct draft *d)
{
	for (;;) {
		g_autofree char *answer =
		    ask("Name of the other machine, as its uname -n prints it", NULL);

		if (answer == NULL)
			return given_up();
		g_autofree char *fault = draft_peer_fault(d, answer);
		if (fault == NULL)
			return SETUP_DONE;
		say_fault(fault);
	}
}

static enum setup_code
ask_interface(struct draft *d, const char *peers)
{
	for (;;) {
		g_autofree char *question =
		    g_strdup_printf("Interface that leads to %s", peers);
		g_autofree char *answer = ask(question, draft_interface_of(d, peers));

		if (answer == NULL)
			return given_up();
		g_autofree char *fault = draft_path_fault(d, peers, answer);
		if (fault == NULL)
			return SETUP_DONE;
		say_fault(fault);
	}
}

/* preset: NULL: there must be an address. */
static enum setup_code
ask_path(struct draft *d, const char *question, const char *preset)
{
	for (;;) {
		g_autofree char *answer = ask(question, preset);

		if (answer == NULL)
			return given_up();
		if (g_strcmp0(preset, NONE) == 0 && strcmp(answer, NONE) == 0)
			return SETUP_DONE;
		g_autofree char *fault = draft_peer_address_fault(d, answer);
		if (fault == NULL)
			return ask_interface(d, answer);
		say_fault(fault);
	}
}

static enum setup_code
ask_first_path(struct draft *d)
{
	g_autofree char *question = g_strdup_printf("Address of %s", d->peer);
	g_autofree char *known = survey_host(d->peer);
	g_autofree char *fault =
	    known != NULL ? draft_peer_address_fault(d, known) : g_strdup("unknown");

	return ask_path(d, question, fault == NULL ? known : NULL);
}

static enum setup_code
ask_second_path(struct draft *d)
{
	const struct draft_net *net = draft_net_without_path(d);

	if (net == NULL)
		return SETUP_DONE;
	puts("With a second path, over another card and cable, the two hardly lose each other.");
	g_autofree char *question = g_strdup_printf("Address of %s on the network of %s (%s/%u)",
	    d->peer, net->interface, net->address, net->prefix);
	return ask_path(d, question, NONE);
}

static enum setup_code
ask_serial(struct draft *d)
{
	g_autofree char *here = survey_serial();

	if (here == NULL)
		return SETUP_DONE;
	for (;;) {
		g_autofree char *question = g_strdup_printf(
		    "Serial line to %s (%s is free for it, if a cable is on it)", d->peer, here);
		g_autofree char *answer = ask(question, NONE);

		if (answer == NULL)
			return given_up();
		if (strcmp(answer, NONE) == 0)
			return SETUP_DONE;
		g_autofree char *fault = draft_serial_fault(d, answer);
		if (fault == NULL)
			return SETUP_DONE;
		say_fault(fault);
	}
}

/* Words of one answer, each added by add(); those before a wrong one stay. */
static enum setup_code
ask_words(struct draft *d, const char *question, const char *preset,
    char *(*add)(struct draft *d, const char *word))
{
	for (;;) {
		g_autofree char *answer = ask(question, preset);
		g_autofree char *fault = NULL;

		if (answer == NULL)
			return given_up();
		if (strcmp(answer, NONE) == 0)
			return SETUP_DONE;
		const guint before = d->resources->len;
		g_auto(GStrv) words = g_strsplit_set(answer, " \t,", -1);
		for (char **word = words; *word != NULL && fault == NULL; word++)
			if (**word != '\0')
				fault = add(d, *word);
		if (fault == NULL)
			return SETUP_DONE;
		g_ptr_array_set_size(d->resources, (gint)before);
		say_fault(fault);
	}
}

static enum setup_code
ask_addresses(struct draft *d)
{
	const guint before = d->resources->len;
	const enum setup_code code = ask_words(
	    d, "Service address, which no machine has by itself", NONE, draft_address_fault);

	/* Services that an option named start after it. */
	for (guint i = 0; i < before; i++)
		g_ptr_array_add(d->resources, g_ptr_array_steal_index(d->resources, 0));
	return code;
}

static enum setup_code
ask_services(struct draft *d)
{
	g_autoptr(GPtrArray) here = survey_services();

	g_ptr_array_add(here, NULL);
	g_autofree char *found = g_strjoinv(" ", (char **)here->pdata);
	return ask_words(d, "Services, in the order in which they start",
	    found[0] != '\0' ? found : NONE, setup_add_service);
}

static enum setup_code
ask_resources(const struct setup *s)
{
	enum setup_code code = SETUP_DONE;

	do {
		if (!s->given[SETUP_ADDRESS])
			code = ask_addresses(s->draft);
		if (code == SETUP_DONE && !s->given[SETUP_SERVICE])
			code = ask_services(s->draft);
		g_autofree char *fault = code == SETUP_DONE ? draft_whole_fault(s->draft) : NULL;
		if (fault != NULL)
			say_fault(fault);
	} while (code == SETUP_DONE && s->draft->resources->len == 0);
	return code;
}

/* An option that names a path names all of them; so do --address, and --service, of their kind. */
enum setup_code
setup_ask_rest(const struct setup *s)
{
	struct draft *d = s->draft;
	enum setup_code code = SETUP_DONE;

	printf("Two nodes: this machine, %s, and another. Enter takes what stands in [ ],\n"
	       "\"" NONE "\" is an answer too. Nothing is written before the end; Ctrl-C gives up.\n\n",
	    d->node);
	if (!s->given[SETUP_PEER])
		code = ask_peer(d);
	if (code == SETUP_DONE && d->path_count == 0 && !s->given[SETUP_SERIAL]) {
		code = ask_first_path(d);
		if (code == SETUP_DONE)
			code = ask_second_path(d);
		if (code == SETUP_DONE)
			code = ask_serial(d);
	}
	return code == SETUP_DONE ? ask_resources(s) : code;
}

enum setup_code
setup_ask_leave(const struct setup *s)
{
	printf("\nAt home on %s:", s->draft->node);
	for (guint i = 0; i < s->draft->resources->len; i++)
		printf(" %s", (const char *)g_ptr_array_index(s->draft->resources, i));
	puts("");
	for (;;) {
		g_autofree char *question =
		    g_strdup_printf("Write the three files into %s", s->directory);
		g_autofree char *answer = ask(question, "yes");

		if (answer == NULL || g_ascii_strcasecmp(answer, "no") == 0 ||
		    g_ascii_strcasecmp(answer, "n") == 0)
			return given_up();
		if (g_ascii_strcasecmp(answer, "yes") == 0 || g_ascii_strcasecmp(answer, "y") == 0)
			return SETUP_DONE;
		say_fault("yes or no");
	}
}
