/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hooks.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "child.h"
#include "core/hook.h"
#include "log.h"
#include "script.h"
#include "script_owner.h"

/* Lines of one script's output that are logged. */
#define LINES_MAX 100

struct hook {
	char *type;	/* in lower case, as the script is called */
	char **fields;	/* "HA_name=value" */
};

struct hooks {
	char *directory;
	const struct conf *conf;
	struct children *children;
	GQueue waiting;	/* struct hook *; the first one runs if running is set */
	bool running;
	uint64_t last_id;
	unsigned dropped;	/* since we last said so */
};

static void
hook_free(void *data)
{
	struct hook *hook = data;

	g_free(hook->type);
	g_strfreev(hook->fields);
	g_free(hook);
}

/* Those that say where things are and how to log: a message must not set them. */
static bool
name_is_kept(const char *name)
{
	static const char *const kept[] = {"BIN", "CF", "CONFDIR", "CURHOST", "DATEFMT", "DEBUG", "debug",
	    "DEBUGLOG", "DIR", "DOCDIR", "DONTASK", "FIFO", "FUNCS", "LOGD", "LOGFACILITY",
	    "LOGFILE", "LOGTAG", "NICEFAILBACK", "NOARCHBIN", "RCDIR", "RESOURCEDIR", "RSCTMP",
	    "RSCTMP_OLD", "SBIN_DIR", "STOPRETRYMAX", "VARLIB", "VARLOCK", "VARRUN", "VARRUNDIR",
	    NULL};

	return g_strv_contains(kept, name);
}

static bool
name_is_variable(const char *name)
{
	return name[0] != '\0' &&
	    strspn(name,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
	    strlen(name);
}

/* The next string, or NULL at the end. */
static const char *
next_word(const char **at, const char *end)
{
	const char *word = *at;

	if (word >= end)
		return NULL;
	*at = word + strlen(word) + 1;
	return word;
}

static struct hook *
hook_read(const char *words, size_t len)
{
	const char *at = words, *const end = words + len;
	const char *type, *name, *value;
	GPtrArray *fields;
	struct hook *hook;

	if (len == 0 || words[len - 1] != '\0')
		return NULL;
	type = next_word(&at, end);
	if (!hook_type_is_name(type))
		return NULL;
	fields = g_ptr_array_new();
	while ((name = next_word(&at, end)) != NULL && (value = next_word(&at, end)) != NULL) {
		if (fields->len < HOOK_FIELDS_MAX && name_is_variable(name) &&
		    !name_is_kept(name) && strlen(value) <= HOOK_VALUE_MAX)
			g_ptr_array_add(fields, g_strdup_printf("HA_%s=%s", name, value));
	}
	g_ptr_array_add(fields, NULL);
	hook = g_new0(struct hook, 1);
	hook->type = g_ascii_strdown(type, -1);
	hook->fields = (char **)g_ptr_array_free(fields, FALSE);
	return hook;
}

static bool
is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* The first of equal fields counts, and a directive of ha.cf more than any. */
static char **
environment_of(const struct hooks *h, const struct hook *hook)
{
	char **e = script_environment(h->conf);

	for (char **field = hook->fields; *field != NULL; field++) {
		g_autofree char *name = g_strndup(*field, strcspn(*field, "="));

		e = g_environ_setenv(e, name, *field + strlen(name) + 1, FALSE);
	}
	return e;
}

static void hooks_next(struct hooks *h);

static unsigned
log_lines(const char *type, const char *text, unsigned room)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	unsigned said = 0;

	for (size_t i = 0; lines[i] != NULL && said < room; i++) {
		g_autofree char *clean =
		    text_escape(lines[i], strlen(lines[i]), CHILD_OUTPUT_MAX);

		if (lines[i][0] == '\0')
			continue;
		log_write(TRACE_INFO, "rc.d/%s: %s", type, clean);
		said++;
	}
	return said;
}

static void
log_end(const struct hooks *h, const char *type, const struct child_result *result)
{
	g_autofree char *limit = text_from_span(h->conf->resource_timeout);

	if (result->end == CHILD_TIMED_OUT)
		log_write(TRACE_ERROR, "%s/rc.d/%s: timed out after %s: killed", h->directory, type,
		    limit);
	else if (result->end == CHILD_SIGNALED)
		log_write(TRACE_WARNING, "%s/rc.d/%s: killed by signal %d [%s]", h->directory, type,
		    result->code, strsignal(result->code));
	else if (result->code != 0)
		log_write(TRACE_WARNING, "Return code %d from %s/rc.d/%s", result->code,
		    h->directory, type);
}

static void
hook_done(void *arg, uint64_t id, const struct child_result *result)
{
	struct hooks *h = arg;
	struct hook *hook = g_queue_pop_head(&h->waiting);
	unsigned said = log_lines(hook->type, result->output, LINES_MAX);

	(void)id;
	log_lines(hook->type, result->complaint, LINES_MAX - said);
	log_end(h, hook->type, result);
	hook_free(hook);
	h->running = false;
	hooks_next(h);
}

/* 3.0.6's own harc fails where its shellfuncs does, and takes the output of the script away. */
static bool
harc_is_used(const char *harc)
{
	return is_program(harc) &&
	    script_owner(harc, "harc", HB_SHAREDIR "/harc") != SCRIPT_OWNER_OLD;
}

static int
hook_start(struct hooks *h, const struct hook *hook)
{
	g_autofree char *harc = g_build_filename(h->directory, "harc", NULL);
	g_autofree char *script = g_build_filename(h->directory, "rc.d", hook->type, NULL);
	g_autofree char *cores = g_build_filename(h->conf->coreroot, "root", NULL);
	/* Who has no harc of his own misses nothing but its line in the log. */
	const char *const argv[] = {harc_is_used(harc) ? harc : script, hook->type, NULL};
	g_auto(GStrv) environment = environment_of(h, hook);
	const struct child_spec spec = {
	    .argv = argv,
	    .environment = (const char *const *)environment,
	    .timeout = h->conf->resource_timeout,
	    .capture = true,
	    .directory = cores,
	};
	int result;

	/* It may have gone while it waited. */
	if (!is_program(script))
		return -ENOENT;
	log_write(TRACE_DEBUG, "Running %s %s", argv[0], hook->type);
	result = child_start(h->children, ++h->last_id, &spec);
	if (result < 0)
		log_write(TRACE_ERROR, "%s: cannot be run: %s", argv[0], g_strerror(-result));
	return result;
}

static void
hooks_next(struct hooks *h)
{
	while (!h->running && h->waiting.length > 0) {
		if (hook_start(h, g_queue_peek_head(&h->waiting)) >= 0)
			h->running = true;
		else
			hook_free(g_queue_pop_head(&h->waiting));
	}
	if (h->waiting.length == 0)
		h->dropped = 0;
}

int
hooks_run(struct hooks *h, const char *words, size_t len)
{
	struct hook *hook = hook_read(words, len);
	g_autofree char *script = NULL;

	if (hook == NULL)
		return -EINVAL;
	script = g_build_filename(h->directory, "rc.d", hook->type, NULL);
	if (!is_program(script)) {
		hook_free(hook);
		return 0;
	}
	if (h->waiting.length > HOOKS_WAITING_MAX) {
		if (h->dropped++ == 0)
			log_write(TRACE_ERROR,
			    "%s is not run: %u others wait for their turn; more are dropped without a word",
			    script, HOOKS_WAITING_MAX);
		hook_free(hook);
		return -ENOBUFS;
	}
	g_queue_push_tail(&h->waiting, hook);
	hooks_next(h);
	return 0;
}

bool
hooks_busy(const struct hooks *h)
{
	return h->waiting.length > 0;
}

void
hooks_renew(struct hooks *h, const struct conf *c)
{
	h->conf = c;
}

struct hooks *
hooks_new(qb_loop_t *loop, const char *directory, const struct conf *c)
{
	struct hooks *h = g_new0(struct hooks, 1);

	h->directory = g_strdup(directory);
	h->conf = c;
	h->children = children_new(loop, hook_done, h);
	g_queue_init(&h->waiting);
	return h;
}

void
hooks_free(struct hooks *h)
{
	if (h == NULL)
		return;
	children_free(h->children);
	g_queue_clear_full(&h->waiting, hook_free);
	g_free(h->directory);
	g_free(h);
}
