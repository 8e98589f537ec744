/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Options first, then questions for what they leave open, each judged at once (conf/draft.h);
 * then the files, all or none; then what they mean, and what to do next.
 */
#include "setup.h"

#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "conf/conf.h"
#include "files.h"
#include "script.h"
#include "setup_files.h"
#include "setup_state.h"
#include "survey.h"

/* ha.cf last: where it is missing, nothing else looks for the others. */
enum { FILE_AUTHKEYS, FILE_HARESOURCES, FILE_HACF, FILE_COUNT };

const struct option_row setup_options[] = {
    [SETUP_PEER] = {"--peer", WORD_TEXT},
    [SETUP_PEER_ADDRESS] = {"--peer-address", WORD_TEXT},
    [SETUP_INTERFACE] = {"--interface", WORD_INTERFACE},
    [SETUP_SERIAL] = {"--serial", WORD_FILE},
    [SETUP_ADDRESS] = {"--address", WORD_TEXT},
    [SETUP_SERVICE] = {"--service", WORD_SERVICE},
    [SETUP_OLD_PEER] = {"--old-peer", WORD_NONE},
    [SETUP_OUTPUT] = {"--output", WORD_DIRECTORY},
    [SETUP_YES] = {"--yes", WORD_NONE},
    [SETUP_HELP] = {"--help", WORD_NONE},
    {NULL, WORD_NONE},
};

static const char usage_text[] =
    "Usage: hbctl setup [OPTION ...]\n"
    "Makes ha.cf, haresources and authkeys for two nodes: this machine and a peer.\n"
    "Asks for what no option says. Never overwrites a file.\n"
    "  --peer NAME             the other machine, as its uname -n prints it\n"
    "  --peer-address ADDRESS  of the other machine; again for a second path\n"
    "  --interface NAME        that leads to the first address, again: to the second\n"
    "  --serial DEVICE         a serial line to the other machine\n"
    "  --address ADDRESS       of the service: ADDRESS[/BITS[/INTERFACE]]; repeatable\n"
    "  --service NAME          a script, a systemd unit or another resource of\n"
    "                          haresources(5); repeatable, in the order of their start\n"
    "  --old-peer              the other machine runs 3.0.6\n"
    "  --output DIR            write there instead of into " HB_HADIR "\n"
    "  --yes                   ask nothing\n"
    "See hbctl(8), \"SETUP\".\n";

enum setup_code
setup_refuse(enum setup_code code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	g_autofree char *all = g_strconcat("hbctl setup: ", text, NULL);

	fflush(stdout);
	setup_show_wrapped(stderr, all);
	return code;
}

/* --- options -------------------------------------------------------------------------------- */

static bool
read_options(struct setup *s, int argc, char **argv)
{
	const char *value;
	int at = 0, which;

	while ((which = option_next(setup_options, argc, argv, &at, &value)) != OPTION_END) {
		if (which == OPTION_WORD)
			setup_refuse(SETUP_USAGE, "'%s' belongs to no option: see hbctl setup --help", value);
		else if (which == OPTION_WRONG)
			setup_refuse(SETUP_USAGE, "%s: there is no such option, or its value is missing: see "
				      "hbctl setup --help", argv[at - 1]);
		if (which < 0)
			return false;
		s->given[which] = true;
		if (value != NULL)
			g_ptr_array_add(s->values[which], (gpointer)value);
	}
	if (s->given[SETUP_OUTPUT])
		s->directory = g_ptr_array_index(
		    s->values[SETUP_OUTPUT], s->values[SETUP_OUTPUT]->len - 1);
	return true;
}

static const char *
value_at(const struct setup *s, int which, guint i)
{
	return i < s->values[which]->len ? g_ptr_array_index(s->values[which], i) : NULL;
}

/* Where nobody answers, options must. */
static enum setup_code
check_options_suffice(const struct setup *s)
{
	g_autoptr(GString) missing = g_string_new(NULL);

	if (s->asks)
		return SETUP_DONE;
	if (!s->given[SETUP_PEER])
		g_string_append(missing, " --peer NAME");
	if (!s->given[SETUP_PEER_ADDRESS] && !s->given[SETUP_SERIAL])
		g_string_append(missing, " --peer-address ADDRESS");
	if (!s->given[SETUP_ADDRESS] && !s->given[SETUP_SERVICE])
		g_string_append(missing, " --address ADDRESS (or --service NAME, or both)");
	if (missing->len == 0)
		return SETUP_DONE;
	return setup_refuse(SETUP_USAGE, "%s: add%s",
	    s->given[SETUP_YES] ? "--yes asks nothing"
				: "standard input is no terminal, so nothing can be asked",
	    missing->str);
}

static enum setup_code
wrong_value(int which, const char *fault)
{
	return setup_refuse(SETUP_USAGE, "%s: %s", setup_options[which].name, fault);
}

char *
setup_add_service(struct draft *d, const char *word)
{
	g_autofree char *name = g_strdup(word);
	char *fault = survey_service_fault(&name);

	if (fault != NULL)
		return fault;
	if (strcmp(name, word) != 0)
		printf("%s is called %s on this machine.\n", word, name);
	return draft_service_fault(d, name);
}

static char *
add_path(struct draft *d, const struct setup *s, guint i)
{
	return draft_path_fault(
	    d, value_at(s, SETUP_PEER_ADDRESS, i), value_at(s, SETUP_INTERFACE, i));
}

/* Every value that an option gives, in the order in which they depend on each other. */
static enum setup_code
apply_options(struct setup *s)
{
	static const int order[] = {SETUP_PEER, SETUP_PEER_ADDRESS, SETUP_SERIAL,
	    SETUP_ADDRESS, SETUP_SERVICE};
	struct draft *d = s->draft;

	for (size_t k = 0; k < G_N_ELEMENTS(order); k++) {
		for (guint i = 0; i < s->values[order[k]]->len; i++) {
			const char *value = value_at(s, order[k], i);
			g_autofree char *fault =
			    order[k] == SETUP_PEER	     ? draft_peer_fault(d, value)
			    : order[k] == SETUP_PEER_ADDRESS ? add_path(d, s, i)
			    : order[k] == SETUP_SERIAL	     ? draft_serial_fault(d, value)
			    : order[k] == SETUP_ADDRESS	     ? draft_address_fault(d, value)
							     : setup_add_service(d, value);

			if (fault != NULL)
				return wrong_value(order[k], fault);
		}
	}
	if (s->values[SETUP_INTERFACE]->len > s->values[SETUP_PEER_ADDRESS]->len)
		return wrong_value(
		    SETUP_INTERFACE, "there is no --peer-address to go with it");
	return SETUP_DONE;
}

/* --- the files ------------------------------------------------------------------------------ */

static struct conf_text
text_of(const struct setup_file *files, const char *node)
{
	return (struct conf_text){
	    .hacf_path = HB_HADIR "/ha.cf",
	    .hacf = files[FILE_HACF].text,
	    .haresources_path = HB_HADIR "/haresources",
	    .haresources = files[FILE_HARESOURCES].text,
	    .authkeys_path = HB_HADIR "/authkeys",
	    .authkeys = files[FILE_AUTHKEYS].text,
	    .node_name = node,
	};
}

/* The files as both nodes will read them. Errors: NULL; faults are printed. */
static struct conf *
check_texts(const struct setup *s, const struct setup_file *files)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	const struct conf_text theirs = text_of(files, s->draft->peer);
	const struct conf_text ours = text_of(files, s->draft->node);
	struct conf *c = conf_parse(&theirs, faults);

	conf_free(c);
	g_ptr_array_set_size(faults, c != NULL ? 0 : (gint)faults->len);
	c = c != NULL ? conf_parse(&ours, faults) : NULL;
	if (c != NULL)
		script_check(c, ours.haresources_path, faults);
	for (guint i = 0; i < faults->len; i++) {
		g_autofree char *line = fault_text(g_ptr_array_index(faults, i));

		fprintf(stderr, "%s\n", line);
	}
	if (c != NULL && files_faulty(faults))
		g_clear_pointer(&c, conf_free);
	return c;
}

static enum setup_code
write_and_show(const struct setup *s, struct setup_file *files, const struct conf *c)
{
	const struct conf_text text = text_of(files, s->draft->node);
	g_autofree char *fault = setup_files_write(s->directory, files, FILE_COUNT);

	if (fault != NULL)
		return setup_refuse(SETUP_FAILED, "%s: nothing is written", fault);
	printf("\nWritten into %s: authkeys (mode 600, with a new key), haresources, ha.cf.\n",
	    s->directory);
	const bool good = setup_show_check(s, c);
	setup_show_preview(&text);
	setup_show_next(s);
	if (!good)
		return setup_refuse(SETUP_FAILED, "the files are written, and heartbeat -t found the above: "
				      "mend that first");
	return SETUP_DONE;
}

static enum setup_code
make_files(const struct setup *s)
{
	g_autofree char *hacf = draft_hacf(s->draft);
	g_autofree char *haresources = draft_haresources(s->draft);
	unsigned char random[DRAFT_KEY_BYTES];
	enum setup_code code = SETUP_FAILED;

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return setup_refuse(SETUP_FAILED, "no random bytes for a key: %s", g_strerror(errno));
	char *authkeys = draft_authkeys(s->draft, random);
	struct setup_file files[FILE_COUNT] = {
	    [FILE_AUTHKEYS] = {"authkeys", authkeys, 0600},
	    [FILE_HARESOURCES] = {"haresources", haresources, 0644},
	    [FILE_HACF] = {"ha.cf", hacf, 0644},
	};
	struct conf *c = check_texts(s, files);

	if (c == NULL)
		setup_refuse(SETUP_FAILED, "nothing is written");
	else
		code = s->asks ? setup_ask_leave(s) : SETUP_DONE;
	if (c != NULL && code == SETUP_DONE)
		code = write_and_show(s, files, c);
	conf_free(c);
	explicit_bzero(random, sizeof(random));
	explicit_bzero(authkeys, strlen(authkeys));
	g_free(authkeys);
	return code;
}

/* --- all of it ------------------------------------------------------------------------------ */

static struct draft *
survey(void)
{
	g_autoptr(GPtrArray) ignored = conf_faults_new();
	struct files *f = files_read(HB_HADIR, ignored);
	struct draft *d = draft_new(f->node_name);

	files_free(f);
	survey_nets(d);
	d->gateway = survey_gateway();
	return d;
}

/* Before anybody answers a question in vain. */
static enum setup_code
check_place(const struct setup *s)
{
	static const struct setup_file names[] = {
	    {"ha.cf", NULL, 0}, {"haresources", NULL, 0}, {"authkeys", NULL, 0}};
	g_autofree char *there =
	    setup_files_there(s->directory, names, G_N_ELEMENTS(names));

	if (there != NULL)
		return setup_refuse(SETUP_FAILED,
		    "%s: there is a configuration already (%s), and it stays as it is. To make "
		    "another one, write it elsewhere: --output DIR",
		    s->directory, there);
	g_autofree char *place = setup_files_place_fault(s->directory);
	if (place != NULL)
		return setup_refuse(SETUP_FAILED, "%s", place);
	g_autofree char *node = draft_node_fault(s->draft);
	return node != NULL ? setup_refuse(SETUP_FAILED, "%s", node) : SETUP_DONE;
}

static enum setup_code
run(struct setup *s)
{
	enum setup_code code;

	if (s->given[SETUP_HELP]) {
		fputs(usage_text, stdout);
		return SETUP_DONE;
	}
	code = check_place(s);
	s->draft->old_peer = s->given[SETUP_OLD_PEER];
	if (code == SETUP_DONE)
		code = apply_options(s);
	if (code == SETUP_DONE)
		code = check_options_suffice(s);
	if (code == SETUP_DONE && s->asks)
		code = setup_ask_rest(s);
	if (code != SETUP_DONE)
		return code;
	g_autofree char *fault = draft_whole_fault(s->draft);
	return fault != NULL ? setup_refuse(SETUP_USAGE, "%s", fault) : make_files(s);
}

int
setup_main(int argc, char **argv)
{
	struct setup s = {.directory = HB_HADIR};
	enum setup_code code = SETUP_USAGE;

	for (int i = 0; i < SETUP_COUNT; i++)
		s.values[i] = g_ptr_array_new();
	if (read_options(&s, argc, argv)) {
		s.asks = !s.given[SETUP_YES] && isatty(STDIN_FILENO);
		s.draft = survey();
		code = run(&s);
		draft_free(s.draft);
	}
	for (int i = 0; i < SETUP_COUNT; i++)
		g_ptr_array_unref(s.values[i]);
	return (int)code;
}
