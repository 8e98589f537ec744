/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "script.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "address.h"
#include "base/text.h"
#include "conf/agents.h"
#include "script_owner.h"
#include "script_search.h"
#include "unit.h"

#define OCF_ROOT "/usr/lib/ocf"
/* The shortest name that may be found inside a longer, misspelt one. */
#define NAME_INSIDE_MIN 4

static const struct script_search installed = {
    .script_dirs = (const char *const[]){HB_HADIR "/resource.d",
	HB_LIBEXECDIR "/resource.d", "/etc/init.d", NULL},
    .unit_dirs = unit_machine_dirs,
    .systemctl = (const char *const[]){"/usr/bin/systemctl", "/bin/systemctl", NULL},
    .ocf_root = OCF_ROOT,
    .instance_dir = HB_HADIR "/conf/OCF",
};

static const char *
op_word(enum resource_op op)
{
	switch (op) {
	case OP_STATUS:
		return "status";
	case OP_START:
		return "start";
	case OP_STOP:
		return "stop";
	case OP_ANNOUNCE:
	case OP_PROBE:
	case OP_COUNT:
		break;
	}
	/* Only addresses are announced; a script of the administrator's has its own way. */
	return "status";
}

/* A name becomes part of a path and an argument: it must stay within the directory. */
static bool
name_is_safe(const char *name)
{
	return name[0] != '\0' && name[0] != '.' && name[0] != '-' &&
	       strchr(name, '/') == NULL && strstr(name, "..") == NULL;
}

static bool
is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* Why a path that exists cannot be run, for people; NULL if it does not exist at all. */
static char *
unusable(const char *path)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return NULL;
	if (S_ISLNK(st.st_mode) && stat(path, &st) < 0) {
		const int err = errno;
		g_autofree char *target = g_file_read_link(path, NULL);

		if (err == ELOOP)
			return g_strdup_printf("%s is a link that leads back to itself", path);
		return g_strdup_printf(
		    "%s is a link to %s, which does not exist", path, target);
	}
	if (!S_ISREG(st.st_mode))
		return g_strdup_printf("%s is not a file", path);
	return g_strdup_printf("%s is not executable", path);
}

/* May the program of that name in resource.d be run, or must ours be? */
static bool
is_current(const struct script_search *where, const char *path, const char *name)
{
	g_autofree char *ours = g_build_filename(where->script_dirs[1], name, NULL);

	return !is_program(ours) || script_owner(path, name, ours) != SCRIPT_OWNER_OLD;
}

/* The first program of that name; what stood in the way is added to notes. */
static char *
program_find(const struct script_search *where, const char *name, GPtrArray *notes)
{
	for (const char *const *dir = where->script_dirs; *dir != NULL; dir++) {
		g_autofree char *path = g_build_filename(*dir, name, NULL);
		if (is_program(path)) {
			if (dir != where->script_dirs || is_current(where, path, name))
				return g_steal_pointer(&path);
			continue;
		}
		char *note = unusable(path);
		if (note != NULL)
			g_ptr_array_add(notes, note);
	}
	return NULL;
}

/* Where a dangling link of that name points: "mysqld" for one to /etc/init.d/mysqld. */
static char *
link_target_name(const struct script_search *where, const char *name)
{
	for (const char *const *dir = where->script_dirs; *dir != NULL; dir++) {
		g_autofree char *path = g_build_filename(*dir, name, NULL);
		g_autofree char *target = g_file_read_link(path, NULL);
		if (target != NULL && access(path, F_OK) < 0)
			return g_path_get_basename(target);
	}
	return NULL;
}

static char *
unit_search(const struct script_search *where, const char *name)
{
	char *unit = unit_find(where->unit_dirs, name);

	if (unit == NULL)
		unit = unit_find_alias(where->unit_dirs, name);
	if (unit != NULL)
		return unit;
	g_autofree char *target = link_target_name(where, name);
	if (target == NULL || !name_is_safe(target))
		return NULL;
	unit = unit_find(where->unit_dirs, target);
	return unit != NULL ? unit : unit_find_alias(where->unit_dirs, target);
}

static void
names_add(GPtrArray *names, const char *dir_name, const char *suffix)
{
	g_autoptr(GDir) dir = g_dir_open(dir_name, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(dir_name, name, NULL);
		if (suffix == NULL ? is_program(path) : g_str_has_suffix(name, suffix))
			g_ptr_array_add(names,
			    g_strndup(name, strlen(name) - (suffix ? strlen(suffix) : 0)));
	}
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "datadiskdrbddisk" has drbddisk in it. */
static const char *
name_inside(const char *word, const GPtrArray *names)
{
	const char *best = NULL;

	for (guint i = 0; i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		if (strlen(name) >= NAME_INSIDE_MIN && strstr(word, name) != NULL &&
		    (best == NULL || strlen(name) > strlen(best)))
			best = name;
	}
	return best;
}

static char *
suggest(const struct script_search *where, const char *word)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

	for (const char *const *dir = where->script_dirs; *dir != NULL; dir++)
		names_add(names, *dir, NULL);
	g_ptr_array_sort(names, compare_names);
	const char *best =
	    text_nearest(word, (const char *const *)names->pdata, names->len);
	if (best == NULL)
		best = name_inside(word, names);
	if (best != NULL)
		return g_strdup(best);

	g_ptr_array_set_size(names, 0);
	for (const char *const *dir = where->unit_dirs; *dir != NULL; dir++)
		names_add(names, *dir, ".service");
	g_ptr_array_sort(names, compare_names);
	return g_strdup(text_nearest(word, (const char *const *)names->pdata, names->len));
}

static char *
not_found(const struct script_search *where, const char *name, const GPtrArray *notes)
{
	GString *why = g_string_new(NULL);

	g_string_printf(why, "no resource script \"%s\": looked in ", name);
	for (const char *const *dir = where->script_dirs; *dir != NULL; dir++)
		g_string_append_printf(why, "%s, ", *dir);
	g_string_append(why, "and for a systemd unit");
	for (guint i = 0; i < notes->len; i++)
		g_string_append_printf(why, "; %s", (char *)g_ptr_array_index(notes, i));
	const char *instead = agent_replacement(name);
	g_autofree char *best = instead == NULL ? suggest(where, name) : NULL;
	if (instead != NULL)
		g_string_append_printf(why, "; 3.0.6 had it: now write %s", instead);
	/* A unit file of that name which is not a unit. */
	if (best != NULL && strcmp(best, name) == 0)
		g_string_append_printf(why, "; %s.service is masked (systemctl unmask %s), or an empty file",
		    name, name);
	else if (best != NULL)
		g_string_append_printf(why, "; did you mean %s?", best);
	return g_string_free(why, FALSE);
}

static char **
argv_make(const char *path, char *const *args, const char *word)
{
	GPtrArray *argv = g_ptr_array_new();

	g_ptr_array_add(argv, g_strdup(path));
	for (; args != NULL && *args != NULL; args++)
		g_ptr_array_add(argv, g_strdup(*args));
	g_ptr_array_add(argv, g_strdup(word));
	g_ptr_array_add(argv, NULL);
	return (char **)g_ptr_array_free(argv, FALSE);
}

static int
resolve_unit(const struct script_search *where, const char *unit, enum resource_op op,
    struct script_call *out, char **why)
{
	for (const char *const *path = where->systemctl; *path != NULL; path++) {
		if (!is_program(*path))
			continue;
		char *const args[] = {
		    (char *)(op == OP_STATUS ? "is-active" : op_word(op)), NULL};
		out->agent = AGENT_SYSTEMD;
		out->argv = argv_make(*path, args, unit);
		return 0;
	}
	*why =
	    g_strdup_printf("systemd unit %s cannot be started: no systemctl here", unit);
	return -ENOENT;
}

static void
resolve_program(const struct conf_resource *r, enum resource_op op, char *path,
    struct script_call *out)
{
	out->agent = AGENT_HEARTBEAT;
	out->argv = argv_make(path, r->args, op_word(op));
	out->found = path;
}

/* Addresses are ours, but for a script of the administrator's under the name. */
static void
resolve_address(const struct script_search *where, const struct conf_resource *r,
    enum resource_op op, struct script_call *out)
{
	g_autofree char *path = g_build_filename(where->script_dirs[0], r->script, NULL);
	g_autofree char *ours = g_build_filename(where->script_dirs[1], r->script, NULL);

	if (script_owner_kept(path, r->script, ours) == SCRIPT_OWNER_ADMIN &&
	    is_program(path)) {
		resolve_program(r, op, g_steal_pointer(&path), out);
		return;
	}
	/* Wrong words are for address_perform() to answer: a stop of them succeeds. */
	out->agent = AGENT_NATIVE;
	out->found = g_strdup("built in");
}

static int
resolve_name(const struct script_search *where, const struct conf_resource *r,
    enum resource_op op, struct script_call *out, char **why)
{
	g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *path = program_find(where, r->script, notes);

	if (path != NULL) {
		resolve_program(r, op, g_steal_pointer(&path), out);
		return 0;
	}
	g_autofree char *unit = unit_search(where, r->script);
	if (unit == NULL) {
		*why = not_found(where, r->script, notes);
		return -ENOENT;
	}
	const int rc = resolve_unit(where, unit, op, out, why);
	if (rc < 0)
		return rc;
	g_autofree char *plain = g_strdup_printf("%s.service", r->script);
	GString *found = g_string_new(NULL);
	g_string_printf(found, "systemd unit %s", unit);
	if (r->args[0] != NULL)
		g_ptr_array_add(
		    notes, g_strdup("a unit takes no arguments: they are left out"));
	out->by_alias = strcmp(plain, unit) != 0 || notes->len > 0;
	if (out->by_alias)
		g_string_append_printf(found, " (for %s", r->script);
	for (guint i = 0; i < notes->len; i++)
		g_string_append_printf(found, "; %s", (char *)g_ptr_array_index(notes, i));
	if (out->by_alias)
		g_string_append_c(found, ')');
	out->found = g_string_free(found, FALSE);
	return 0;
}

static int
resolve_named_unit(const struct script_search *where, const struct conf_resource *r,
    enum resource_op op, struct script_call *out, char **why)
{
	g_autofree char *unit = unit_find(where->unit_dirs, r->script);

	if (unit != NULL) {
		out->found = g_strdup_printf("systemd unit %s", unit);
		return resolve_unit(where, unit, op, out, why);
	}
	g_autofree char *alias = unit_find_alias(where->unit_dirs, r->script);
	GString *text = g_string_new(NULL);
	g_string_printf(text, "no systemd unit \"%s\": looked in ", r->script);
	for (const char *const *dir = where->unit_dirs; *dir != NULL; dir++)
		g_string_append_printf(text, "%s%s", *dir, dir[1] != NULL ? ", " : "");
	if (alias != NULL)
		g_string_append_printf(text, "; did you mean %s?", alias);
	*why = g_string_free(text, FALSE);
	return -ENOENT;
}

/* Lines OCF_RESKEY_name=value; comments and `export` are let pass. */
static bool
instance_read(const char *path, char ***environment)
{
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return false;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		char *word = g_strstrip(*line);
		if (g_str_has_prefix(word, "export "))
			word = g_strchug(word + strlen("export "));
		char *equals = strchr(word, '=');
		if (!g_str_has_prefix(word, "OCF_RESKEY_") || equals == NULL)
			continue;
		*equals = '\0';
		g_autofree char *value = g_shell_unquote(equals + 1, NULL);
		*environment = g_environ_setenv(
		    *environment, word, value != NULL ? value : equals + 1, TRUE);
	}
	return true;
}

/* Arguments of an OCF agent: name=value is a parameter, any other word an instance file. */
static bool
ocf_parameters(const struct script_search *where, const char *type, char *const *args,
    char ***environment, char **why)
{
	for (; args != NULL && *args != NULL; args++) {
		const char *equals = strchr(*args, '=');
		if (equals != NULL) {
			g_autofree char *name = g_strdup_printf(
			    "OCF_RESKEY_%.*s", (int)(equals - *args), *args);
			*environment =
			    g_environ_setenv(*environment, name, equals + 1, TRUE);
			continue;
		}
		g_autofree char *path =
		    g_build_filename(where->instance_dir, type, *args, NULL);
		if (!name_is_safe(*args) || !instance_read(path, environment)) {
			*why = g_strdup_printf(
			    "OCF agent %s: parameters are written name=value,"
			    " or stand in %s, which cannot be read",
			    type, path);
			return false;
		}
	}
	return true;
}

static int
resolve_ocf(const struct script_search *where, const char *provider, const char *type,
    char *const *args, enum resource_op op, struct script_call *out, char **why)
{
	if (!name_is_safe(provider) || !name_is_safe(type)) {
		*why = g_strdup_printf(
		    "\"%s:%s\" is not the name of an OCF agent", provider, type);
		return -ENOENT;
	}
	g_autofree char *path =
	    g_build_filename(where->ocf_root, "resource.d", provider, type, NULL);
	if (!is_program(path)) {
		g_autofree char *note = unusable(path);
		*why = g_strdup_printf("no OCF agent %s:%s: %s%s", provider, type,
		    note != NULL ? note : path, note != NULL ? "" : " does not exist");
		return -ENOENT;
	}
	if (!ocf_parameters(where, type, args, &out->environment, why))
		return -ENOENT;
	g_autofree char *instance =
	    g_strdup_printf("%s%s%s", type, args != NULL && args[0] != NULL ? "_" : "",
		args != NULL && args[0] != NULL ? args[0] : "");
	const char *const fixed[][2] = {
	    {"OCF_ROOT", where->ocf_root},
	    {"OCF_RA_VERSION_MAJOR", "1"},
	    {"OCF_RA_VERSION_MINOR", "0"},
	    {"OCF_RESOURCE_INSTANCE", instance},
	    {"OCF_RESOURCE_TYPE", type},
	    {"OCF_RESOURCE_PROVIDER", provider},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
		out->environment =
		    g_environ_setenv(out->environment, fixed[i][0], fixed[i][1], TRUE);
	out->agent = AGENT_OCF;
	out->argv = argv_make(path, NULL, op == OP_STATUS ? "monitor" : op_word(op));
	out->found = g_steal_pointer(&path);
	return 0;
}

static int
resolve(const struct script_search *where, const struct conf_resource *r,
    enum resource_op op, struct script_call *out, char **why)
{
	switch (r->kind) {
	case RESOURCE_ADDRESS:
		resolve_address(where, r, op, out);
		return 0;
	case RESOURCE_OCF: {
		const char *colon = strchr(r->script, ':');
		g_autofree char *provider =
		    colon != NULL ? g_strndup(r->script, (gsize)(colon - r->script))
				  : g_strdup("heartbeat");
		return resolve_ocf(where, provider, colon != NULL ? colon + 1 : r->script,
		    r->args, op, out, why);
	}
	case RESOURCE_SYSTEMD:
	case RESOURCE_SCRIPT:
		break;
	}
	/* OCF::type::instance; the wrapper of that name never worked with current agents.
	 */
	if (strcmp(r->script, "OCF") == 0 && r->args[0] != NULL)
		return resolve_ocf(
		    where, "heartbeat", r->args[0], r->args + 1, op, out, why);
	if (!name_is_safe(r->script)) {
		*why = g_strdup_printf(
		    "\"%s\" cannot be the name of a resource script", r->script);
		return -ENOENT;
	}
	return r->kind == RESOURCE_SYSTEMD ? resolve_named_unit(where, r, op, out, why)
					   : resolve_name(where, r, op, out, why);
}

int
script_search(const struct script_search *where, const struct conf *c,
    const struct conf_resource *r, enum resource_op op, struct script_call *out, char **why)
{
	*out = (struct script_call){.environment = script_environment(c)};
	*why = NULL;
	const int rc = resolve(where, r, op, out, why);
	if (rc < 0) {
		script_call_clear(out);
		return rc;
	}
	if (out->agent == AGENT_HEARTBEAT && r->args[0] != NULL) {
		/* As the wrappers of 3.0.6 named the instance, for log lines. */
		g_autofree char *instance = g_strdup_printf("%s_%s", r->script, r->args[0]);
		out->environment = g_environ_setenv(
		    out->environment, "OCF_RESOURCE_INSTANCE", instance, TRUE);
	}
	return 0;
}

int
script_resolve(const struct conf *c, const struct conf_resource *r, enum resource_op op,
    struct script_call *out, char **why)
{
	return script_search(&installed, c, r, op, out, why);
}

char *
script_unit(const struct script_call *call)
{
	if (call->agent == AGENT_SYSTEMD)
		return g_strdup(call->argv[g_strv_length(call->argv) - 1]);
	if (call->agent != AGENT_HEARTBEAT || access("/run/systemd/system", F_OK) < 0)
		return NULL;
	g_autofree char *name = unit_init_script(unit_init_dirs, call->argv[0]);
	return name != NULL ? unit_of_script(unit_machine_dirs, name) : NULL;
}

void
script_call_clear(struct script_call *call)
{
	g_strfreev(call->argv);
	g_strfreev(call->environment);
	g_free(call->found);
	*call = (struct script_call){0};
}

void
script_check(const struct conf *c, const char *haresources_path, GPtrArray *faults)
{
	script_search_check(&installed, c, haresources_path, faults);
}
