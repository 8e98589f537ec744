/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "script.h"

#define SYSTEM_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* What the configuration names becomes a variable only if a shell can hold it. */
static bool
name_is_word(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!g_ascii_isalnum(name[i]) && name[i] != '_')
			return false;
	return len > 0;
}

static char **
set_option(char **environment, const char *name, size_t len, const char *value)
{
	if (!name_is_word(name, len))
		return environment;
	g_autofree char *variable = g_strdup_printf("HA_%.*s", (int)len, name);
	return g_environ_setenv(environment, variable, value, TRUE);
}

char **
script_environment(const struct conf *c)
{
	char **e = g_new0(char *, 1);

	for (char **p = c->parameters; p != NULL && p[0] != NULL && p[1] != NULL; p += 2)
		e = set_option(e, p[0], strlen(p[0]), p[1]);
	for (char **p = c->environment; p != NULL && *p != NULL; p++) {
		const char *equals = strchr(*p, '=');
		if (equals != NULL)
			e = set_option(e, *p, (size_t)(equals - *p), equals + 1);
	}
	/* These last: no `env` line may stand in for them. Scripts append to the log files
	 * unasked, so there is always a name to append to. */
	const char *const fixed[][2] = {
	    {"HA_CURHOST", c->nodes[c->self]},
	    {"HA_DIR", HB_HADIR "/"},
	    {"HA_FUNCS", HB_SHAREDIR "/shellfuncs"},
	    {"HA_BIN", HB_LIBEXECDIR},
	    {"HA_LOGFILE", c->logfile != NULL ? c->logfile : "/dev/null"},
	    {"HA_DEBUGLOG", c->debugfile != NULL ? c->debugfile : "/dev/null"},
	    {"HA_LOGFACILITY", c->logfacility != NULL ? c->logfacility : "none"},
	    {"HA_DATEFMT", "%Y/%m/%d_%T\t"},
	    {"HA_LOGD", "no"},
	    {"HA_RSCTMP", "/run/resource-agents"},
	    {"OCF_ROOT", "/usr/lib/ocf"},
	    {"HA_COMPRESSION", compress_method_name(c->compression)},
	    {"LC_ALL", "C"},
	    {"PATH", HB_LIBEXECDIR ":/usr/sbin:" HB_SHAREDIR ":" SYSTEM_PATH},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
		e = g_environ_setenv(e, fixed[i][0], fixed[i][1], TRUE);
	if (c->auto_failback != FAILBACK_LEGACY)
		e = g_environ_setenv(e, "HA_NICEFAILBACK", "yes", TRUE);
	else
		e = g_environ_unsetenv(e, "HA_NICEFAILBACK");
	return e;
}
