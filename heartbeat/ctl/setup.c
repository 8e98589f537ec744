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
#include <sys/wait.h>
#include <unistd.h>

#include "conf/conf.h"
#include "conf/ip.h"
#include "files.h"
#include "script.h"
#include "setup_files.h"
#include "setup_preview.h"
#include "survey.h"

enum exit_code {
	DONE = 0,
	FAILED = 1,
	USAGE = 2,
};

#define WIDTH 79

/* ha.cf last: where it is missing, nothing else looks for the others. */
enum { FILE_AUTHKEYS, FILE_HARESOURCES, FILE_HACF, FILE_COUNT };

enum {
	SETUP_PEER,
	SETUP_PEER_ADDRESS,
	SETUP_INTERFACE,
	SETUP_SERIAL,
	SETUP_ADDRESS,
	SETUP_SERVICE,
	SETUP_OLD_PEER,
	SETUP_OUTPUT,
	SETUP_YES,
	SETUP_HELP,
	SETUP_COUNT
};

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
    "Makes ha.cf, haresources and authkeys for two nodes: this machine and a peer. Asks\n"
    "for what no option says. Never overwrites a file.\n"
    "  --peer NAME             the other machine, as its uname -n prints it\n"
    "  --peer-address ADDRESS  of the other machine; again for a second path\n"
    "  --interface NAME        that leads to the first address, again: to the second\n"
    "  --serial DEVICE         a serial line to the other machine\n"
    "  --address ADDRESS       of the service: ADDRESS[/BITS[/INTERFACE]]; may be repeated\n"
    "  --service NAME          a script, a systemd unit or any resource of haresources(5);\n"
    "                          may be repeated, in the order in which they start\n"
    "  --old-peer              the other machine runs 3.0.6\n"
    "  --output DIR            write there instead of into " HB_HADIR "\n"
    "  --yes                   ask nothing\n"
    "See hbctl(8), \"SETUP\".\n";

struct setup {
	const char *directory;
	bool asks; /* somebody is there to answer */
	bool given[SETUP_COUNT];
	GPtrArray *values[SETUP_COUNT]; /* const char *, of argv */
	struct draft *draft;
};

static bool
is_default_directory(const struct setup *s)
{
	return strcmp(s->directory, HB_HADIR) == 0;
}

static enum exit_code
refuse(enum exit_code code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* In lines of a terminal's width; those after the first are indented. */
static void
put_wrapped(FILE *out, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	size_t column = 0;

	for (char **word = words; *word != NULL; word++) {
		const size_t len = (size_t)g_utf8_strlen(*word, -1);

		if (column > 0 && column + 1 + len > WIDTH) {
			fprintf(out, "\n  %s", *word);
			column = 2 + len;
		} else {
			fprintf(out, "%s%s", column > 0 ? " " : "", *word);
			column += (column > 0 ? 1 : 0) + len;
		}
	}
	fputs("\n", out);
}

static enum exit_code
refuse(enum exit_code code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	g_autofree char *all = g_strconcat("hbctl setup: ", text, NULL);

	fflush(stdout);
	put_wrapped(stderr, all);
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
			refuse(USAGE, "'%s' belongs to no option: see hbctl setup --help", value);
		else if (which == OPTION_WRONG)
			refuse(USAGE, "%s: there is no such option, or its value is missing: see "
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
static enum exit_code
check_options_suffice(const struct setup *s)
{
	g_autoptr(GString) missing = g_string_new(NULL);

	if (s->asks)
		return DONE;
	if (!s->given[SETUP_PEER])
		g_string_append(missing, " --peer NAME");
	if (!s->given[SETUP_PEER_ADDRESS] && !s->given[SETUP_SERIAL])
		g_string_append(missing, " --peer-address ADDRESS");
	if (!s->given[SETUP_ADDRESS] && !s->given[SETUP_SERVICE])
		g_string_append(missing, " --address ADDRESS (or --service NAME, or both)");
	if (missing->len == 0)
		return DONE;
	return refuse(USAGE, "%s: add%s",
	    s->given[SETUP_YES] ? "--yes asks nothing"
				: "standard input is no terminal, so nothing can be asked",
	    missing->str);
}

static enum exit_code
wrong_value(int which, const char *fault)
{
	return refuse(USAGE, "%s: %s", setup_options[which].name, fault);
}

/* A service by the name that it has here. Errors: as draft.h. */
static char *
add_service(struct draft *d, const char *word)
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
static enum exit_code
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
							     : add_service(d, value);

			if (fault != NULL)
				return wrong_value(order[k], fault);
		}
	}
	if (s->values[SETUP_INTERFACE]->len > s->values[SETUP_PEER_ADDRESS]->len)
		return wrong_value(
		    SETUP_INTERFACE, "there is no --peer-address to go with it");
	return DONE;
}

/* --- questions ------------------------------------------------------------------------------ */

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

	put_wrapped(stdout, text);
}

static enum exit_code
given_up(void)
{
	puts("");
	return refuse(FAILED, "given up, nothing is written");
}

static enum exit_code
ask_peer(struct draft *d)
{
	for (;;) {
		g_autofree char *answer =
		    ask("Name of the other machine, as its uname -n prints it", NULL);

		if (answer == NULL)
			return given_up();
		g_autofree char *fault = draft_peer_fault(d, answer);
		if (fault == NULL)
			return DONE;
		say_fault(fault);
	}
}

static enum exit_code
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
			return DONE;
		say_fault(fault);
	}
}

/* preset: NULL: there must be an address. */
static enum exit_code
ask_path(struct draft *d, const char *question, const char *preset)
{
	for (;;) {
		g_autofree char *answer = ask(question, preset);

		if (answer == NULL)
			return given_up();
		if (g_strcmp0(preset, NONE) == 0 && strcmp(answer, NONE) == 0)
			return DONE;
		g_autofree char *fault = draft_peer_address_fault(d, answer);
		if (fault == NULL)
			return ask_interface(d, answer);
		say_fault(fault);
	}
}

static enum exit_code
ask_first_path(struct draft *d)
{
	g_autofree char *question = g_strdup_printf("Address of %s", d->peer);
	g_autofree char *known = survey_host(d->peer);
	g_autofree char *fault =
	    known != NULL ? draft_peer_address_fault(d, known) : g_strdup("unknown");

	return ask_path(d, question, fault == NULL ? known : NULL);
}

static enum exit_code
ask_second_path(struct draft *d)
{
	const struct draft_net *net = draft_net_without_path(d);

	if (net == NULL)
		return DONE;
	puts("With a second path, over another card and cable, the two hardly lose each other.");
	g_autofree char *question = g_strdup_printf("Address of %s on the network of %s (%s/%u)",
	    d->peer, net->interface, net->address, net->prefix);
	return ask_path(d, question, NONE);
}

static enum exit_code
ask_serial(struct draft *d)
{
	g_autofree char *here = survey_serial();

	if (here == NULL)
		return DONE;
	for (;;) {
		g_autofree char *question = g_strdup_printf(
		    "Serial line to %s (%s is free for it, if a cable is on it)", d->peer, here);
		g_autofree char *answer = ask(question, NONE);

		if (answer == NULL)
			return given_up();
		if (strcmp(answer, NONE) == 0)
			return DONE;
		g_autofree char *fault = draft_serial_fault(d, answer);
		if (fault == NULL)
			return DONE;
		say_fault(fault);
	}
}

/* Words of one answer, each added by add(); those before a wrong one stay. */
static enum exit_code
ask_words(struct draft *d, const char *question, const char *preset,
    char *(*add)(struct draft *d, const char *word))
{
	for (;;) {
		g_autofree char *answer = ask(question, preset);
		g_autofree char *fault = NULL;

		if (answer == NULL)
			return given_up();
		if (strcmp(answer, NONE) == 0)
			return DONE;
		const guint before = d->resources->len;
		g_auto(GStrv) words = g_strsplit_set(answer, " \t,", -1);
		for (char **word = words; *word != NULL && fault == NULL; word++)
			if (**word != '\0')
				fault = add(d, *word);
		if (fault == NULL)
			return DONE;
		g_ptr_array_set_size(d->resources, (gint)before);
		say_fault(fault);
	}
}

static enum exit_code
ask_addresses(struct draft *d)
{
	return ask_words(d, "Service address, which no machine has by itself", NONE,
	    draft_address_fault);
}

static enum exit_code
ask_services(struct draft *d)
{
	g_autoptr(GPtrArray) here = survey_services();

	g_ptr_array_add(here, NULL);
	g_autofree char *found = g_strjoinv(" ", (char **)here->pdata);
	return ask_words(d, "Services, in the order in which they start",
	    found[0] != '\0' ? found : NONE, add_service);
}

static enum exit_code
ask_resources(struct setup *s)
{
	enum exit_code code = DONE;

	while (code == DONE && s->draft->resources->len == 0) {
		if (!s->given[SETUP_ADDRESS])
			code = ask_addresses(s->draft);
		if (code == DONE && !s->given[SETUP_SERVICE])
			code = ask_services(s->draft);
		g_autofree char *fault = code == DONE ? draft_whole_fault(s->draft) : NULL;
		if (fault != NULL)
			say_fault(fault);
	}
	return code;
}

/* What the options leave open. One that names a path, or a resource, names all of them. */
static enum exit_code
ask_rest(struct setup *s)
{
	struct draft *d = s->draft;
	enum exit_code code = DONE;

	printf("Two nodes: this machine, %s, and another. Enter takes what stands in [ ],\n"
	       "\"" NONE "\" is an answer too. Nothing is written before the end; Ctrl-C gives up.\n\n",
	    d->node);
	if (!s->given[SETUP_PEER])
		code = ask_peer(d);
	if (code == DONE && d->path_count == 0 && !s->given[SETUP_SERIAL]) {
		code = ask_first_path(d);
		if (code == DONE)
			code = ask_second_path(d);
		if (code == DONE)
			code = ask_serial(d);
	}
	return code == DONE ? ask_resources(s) : code;
}

static enum exit_code
ask_leave(const struct setup *s)
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
			return DONE;
		say_fault("yes or no");
	}
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

/* What `heartbeat -t` says of what is in force; elsewhere, what it would. */
static bool
show_check(const struct setup *s, const struct conf *c)
{
	static const char program[] = HB_LIBEXECDIR "/heartbeat";
	const char *const argv[] = {program, "-t", NULL};
	int status = 0;

	if (!is_default_directory(s)) {
		g_autofree char *text = conf_explain(c);

		printf("\nWhat they mean:\n\n%s", text);
		return true;
	}
	printf("\nheartbeat -t says:\n\n");
	fflush(stdout);
	return g_spawn_sync("/", (char **)argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL,
		   NULL, NULL, &status, NULL) &&
	       WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void
show_preview(const struct conf_text *text)
{
	g_autofree char *lines = setup_preview(text);

	if (lines != NULL)
		printf("\nhbctl simulate says:\n\n%s", lines);
}

static const char *
peer_host(const struct draft *d)
{
	return d->path_count > 0 ? d->paths[0].peers : d->peer;
}

static void
show_boot_services(const struct draft *d)
{
	g_autoptr(GPtrArray) boot = survey_boot_services(d->resources);

	if (boot->len == 0)
		return;
	puts("- On both machines, as Heartbeat alone starts and stops what it keeps up:");
	for (guint i = 0; i < boot->len; i++) {
		const char *name = g_ptr_array_index(boot, i);

		if (survey_has_systemd())
			printf("    systemctl disable --now %s\n", name);
		else
			printf("    update-rc.d %s disable && /etc/init.d/%s stop\n", name, name);
	}
}

static void
show_next(const struct setup *s)
{
	const struct draft *d = s->draft;

	printf("\nWhat is left to do, as root:\n"
	       "- Put the same files on %s, which does not overwrite any:\n"
	       "    tar -C %s --owner=0 --group=0 -cf - authkeys haresources ha.cf |\n"
	       "      ssh root@%s tar -C " HB_HADIR " -xpkf -\n",
	    d->peer, s->directory, peer_host(d));
	if (!is_default_directory(s))
		printf("- On this machine, where they are not in force yet:\n"
		       "    tar -C %s --owner=0 --group=0 -cf - authkeys haresources ha.cf |\n"
		       "      tar -C " HB_HADIR " -xpkf -\n",
		    s->directory);
	show_boot_services(d);
	printf("- On both machines:\n"
	       "    heartbeat -t && %s\n"
	       "Then hbctl status shows the cluster, and hb_standby moves the service.\n",
	    survey_has_systemd() ? "systemctl enable --now heartbeat"
				 : "/etc/init.d/heartbeat start");
}

static enum exit_code
write_and_show(const struct setup *s, struct setup_file *files, const struct conf *c)
{
	const struct conf_text text = text_of(files, s->draft->node);
	g_autofree char *fault = setup_files_write(s->directory, files, FILE_COUNT);

	if (fault != NULL)
		return refuse(FAILED, "%s: nothing is written", fault);
	printf("\nWritten into %s: authkeys (mode 600, with a new key), haresources, ha.cf.\n",
	    s->directory);
	const bool good = show_check(s, c);
	show_preview(&text);
	show_next(s);
	if (!good)
		return refuse(FAILED, "the files are written, and heartbeat -t found the above: "
				      "mend that first");
	return DONE;
}

static enum exit_code
make_files(const struct setup *s)
{
	g_autofree char *hacf = draft_hacf(s->draft);
	g_autofree char *haresources = draft_haresources(s->draft);
	unsigned char random[DRAFT_KEY_BYTES];
	enum exit_code code = FAILED;

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return refuse(FAILED, "no random bytes for a key: %s", g_strerror(errno));
	char *authkeys = draft_authkeys(s->draft, random);
	struct setup_file files[FILE_COUNT] = {
	    [FILE_AUTHKEYS] = {"authkeys", authkeys, 0600},
	    [FILE_HARESOURCES] = {"haresources", haresources, 0644},
	    [FILE_HACF] = {"ha.cf", hacf, 0644},
	};
	struct conf *c = check_texts(s, files);

	if (c == NULL)
		refuse(FAILED, "nothing is written");
	else
		code = s->asks ? ask_leave(s) : DONE;
	if (c != NULL && code == DONE)
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
static enum exit_code
check_place(const struct setup *s)
{
	static const struct setup_file names[] = {
	    {"ha.cf", NULL, 0}, {"haresources", NULL, 0}, {"authkeys", NULL, 0}};
	g_autofree char *there =
	    setup_files_there(s->directory, names, G_N_ELEMENTS(names));

	if (there != NULL)
		return refuse(FAILED,
		    "%s: there is a configuration already (%s), and it stays as it is. To make "
		    "another one, write it elsewhere: --output DIR",
		    s->directory, there);
	g_autofree char *place = setup_files_place_fault(s->directory);
	if (place != NULL)
		return refuse(FAILED, "%s", place);
	g_autofree char *node = draft_node_fault(s->draft);
	return node != NULL ? refuse(FAILED, "%s", node) : DONE;
}

static enum exit_code
run(struct setup *s)
{
	enum exit_code code;

	if (s->given[SETUP_HELP]) {
		fputs(usage_text, stdout);
		return DONE;
	}
	code = check_place(s);
	s->draft->old_peer = s->given[SETUP_OLD_PEER];
	if (code == DONE)
		code = apply_options(s);
	if (code == DONE)
		code = check_options_suffice(s);
	if (code == DONE && s->asks)
		code = ask_rest(s);
	if (code != DONE)
		return code;
	g_autofree char *fault = draft_whole_fault(s->draft);
	return fault != NULL ? refuse(USAGE, "%s", fault) : make_files(s);
}

int
setup_main(int argc, char **argv)
{
	struct setup s = {.directory = HB_HADIR};
	enum exit_code code = USAGE;

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
