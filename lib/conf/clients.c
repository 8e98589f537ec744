/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/clients.h"

#include <string.h>

#include "conf/lex.h"

#define SERVICE_NAME_MAX 64

void
conf_client_clear(struct conf_client *client)
{
	g_free(client->user);
	g_free(client->command);
}

void
conf_apiauth_clear(struct conf_apiauth *a)
{
	g_free(a->service);
	g_strfreev(a->uids);
	g_strfreev(a->gids);
}

void
clients_respawn(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	const char *command = lex_rest(rest, 1);

	if (words[0] == NULL || words[0][0] == '/') {
		report_error(&h->report, line,
		    "%s: the user comes first, then the command: write '%s hacluster %s'",
		    d->name, d->name,
		    words[0] != NULL ? rest : "/usr/libexec/heartbeat/ipfail");
		return;
	}
	if (*command != '/') {
		report_error(&h->report, line,
		    "%s: '%s' is no full path: write '%s %s /PATH/%s'", d->name, command,
		    d->name, words[0], *command != '\0' ? command : "COMMAND");
		return;
	}
	struct conf_client client = {.user = g_strdup(words[0]),
	    .command = g_strdup(command),
	    .failfast = strcmp(d->name, "failfast") == 0,
	    .line = line};
	g_array_append_val(h->clients, client);
}

/* "uid=a,b" -> list; says what is wrong if there is something. */
static bool
apiauth_list(
    struct hacf *h, unsigned line, const char *service, const char *word, char ***list)
{
	g_auto(GStrv) names = lex_words(strchr(word, '=') + 1, ",");

	if (*list != NULL) {
		report_error(&h->report, line,
		    "apiauth %s: %.4s is given twice: write one list with commas", service,
		    word);
		return false;
	}
	if (names[0] == NULL) {
		report_error(&h->report, line,
		    "apiauth %s: nothing behind '%.4s': write the names right behind it, "
		    "with "
		    "commas and no blanks",
		    service, word);
		return false;
	}
	*list = g_steal_pointer(&names);
	return true;
}

static bool
apiauth_words(struct hacf *h, unsigned line, char **words, struct conf_apiauth *a)
{
	for (unsigned i = 1; words[i] != NULL; i++) {
		char ***list = g_str_has_prefix(words[i], "uid=")   ? &a->uids
			       : g_str_has_prefix(words[i], "gid=") ? &a->gids
								    : NULL;

		if (list == NULL) {
			report_error(&h->report, line,
			    "apiauth %s: '%s' is neither uid=... nor gid=...: names are "
			    "separated "
			    "by commas, without blanks",
			    a->service, words[i]);
			return false;
		}
		if (!apiauth_list(h, line, a->service, words[i], list))
			return false;
	}
	if (a->uids == NULL && a->gids == NULL) {
		report_error(&h->report, line,
		    "apiauth %s: who may? write 'apiauth %s uid=hacluster' or "
		    "'gid=haclient'",
		    a->service, a->service);
		return false;
	}
	return true;
}

void
clients_apiauth(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	(void)d;
	(void)rest;
	if (words[0] == NULL) {
		report_error(&h->report, line,
		    "apiauth needs a service and its users: write 'apiauth ipfail "
		    "uid=hacluster'");
		return;
	}
	if (strlen(words[0]) > SERVICE_NAME_MAX) {
		report_error(&h->report, line,
		    "apiauth: the name of the service is longer than %d characters",
		    SERVICE_NAME_MAX);
		return;
	}
	g_autofree char *key = g_strconcat("apiauth ", words[0], NULL);
	unsigned before = hacf_line(h, key);
	if (before != 0) {
		report_error(&h->report, line,
		    "apiauth %s is already in line %u: join the two lines", words[0],
		    before);
		return;
	}
	hacf_note_line(h, key, line);
	struct conf_apiauth a = {.service = g_strdup(words[0]), .line = line};
	if (!apiauth_words(h, line, words, &a)) {
		conf_apiauth_clear(&a);
		return;
	}
	if (a.uids == NULL)
		a.uids = g_new0(char *, 1);
	if (a.gids == NULL)
		a.gids = g_new0(char *, 1);
	g_array_append_val(h->apiauth, a);
}

void
clients_env(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	(void)d;
	(void)rest;
	for (; *words != NULL; words++) {
		const char *equals = strchr(*words, '=');

		if (equals == NULL || equals == *words) {
			report_error(&h->report, line,
			    "env: '%s' is not NAME=value (values can hold neither blanks "
			    "nor "
			    "commas)",
			    *words);
			continue;
		}
		/* A later value replaces an earlier one. */
		for (unsigned i = h->environment->len; i > 0; i--) {
			const char *old = g_ptr_array_index(h->environment, i - 1);

			if (strncmp(old, *words, (size_t)(equals - *words) + 1) == 0)
				g_ptr_array_remove_index(h->environment, i - 1);
		}
		g_ptr_array_add(h->environment, g_strdup(*words));
	}
}

void
clients_finish(struct hacf *h)
{
	static const struct {
		const char *service, *uids, *gids;
	} builtin[] = {
	    {"ipfail", "hacluster", ""},
	    {"ccm", "hacluster", ""},
	    {"ping", "", "haclient"},
	    {"lha-snmpagent", "root", ""},
	    {"anon", "root", "haclient"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(builtin); i++) {
		g_autofree char *key = g_strconcat("apiauth ", builtin[i].service, NULL);

		if (hacf_line(h, key) != 0)
			continue;
		struct conf_apiauth a = {.service = g_strdup(builtin[i].service),
		    .uids = lex_words(builtin[i].uids, ","),
		    .gids = lex_words(builtin[i].gids, ",")};
		g_array_append_val(h->apiauth, a);
	}
}
