/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unit.h"

#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *const unit_machine_dirs[] = {"/etc/systemd/system", "/run/systemd/system",
    "/run/systemd/generator", "/run/systemd/generator.late", "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system", "/lib/systemd/system", NULL};

const char *const unit_init_dirs[] = {"/etc/init.d", "/etc/rc.d/init.d", NULL};

/* Names of one service on different systems; the first that has a unit is taken. */
static const char *const families[][6] = {
    {"mariadb", "mysql", "mysqld"},
    {"apache2", "httpd", "apache"},
    {"named", "bind9", "bind"},
    {"smbd", "smb", "samba"},
    {"nmbd", "nmb"},
    {"nfs-server", "nfs-kernel-server", "nfs", "nfsd"},
    {"ssh", "sshd"},
    {"cron", "crond"},
    {"postgresql", "postgres", "pgsql"},
    {"isc-dhcp-server", "dhcpd", "dhcp3-server"},
    {"rsyslog", "syslog"},
    {"squid", "squid3"},
    {"slapd", "ldap", "openldap"},
    {"tomcat10", "tomcat9", "tomcat", "tomcat6", "tomcat5"},
    {"ntpsec", "ntpd", "ntp"},
    {"vz", "openvz"},
};

static const char *const suffixes[] = {
    ".service",
    ".socket",
    ".target",
    ".mount",
    ".timer",
    ".path",
    ".automount",
    ".swap",
    ".slice",
};

static char *
unit_name(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (g_str_has_suffix(name, suffixes[i]))
			return g_strdup(name);
	return g_strdup_printf("%s.service", name);
}

/* The file of an instance "vpn@work.service" is that of its template "vpn@.service". */
static char *
unit_template(const char *unit)
{
	const char *at = strchr(unit, '@');
	const char *dot = strrchr(unit, '.');

	if (at == NULL || dot == NULL || dot < at)
		return NULL;
	return g_strdup_printf("%.*s@%s", (int)(at - unit), unit, dot);
}

/*
 * The first file of that name counts, even if it masks the unit (empty, or a link to
 * /dev/null): then there is no such unit, and *real stays NULL.
 */
static bool
unit_file(const char *const *dirs, const char *unit, char **real)
{
	for (; *dirs != NULL; dirs++) {
		struct stat st;
		g_autofree char *path = g_build_filename(*dirs, unit, NULL);
		if (lstat(path, &st) < 0)
			continue;
		char *target = realpath(path, NULL);
		if (target != NULL && stat(target, &st) == 0 && S_ISREG(st.st_mode) &&
		    st.st_size > 0)
			*real = g_strdup(target);
		free(target);
		return true;
	}
	return false;
}

char *
unit_find(const char *const *dirs, const char *name)
{
	g_autofree char *unit = unit_name(name);
	g_autofree char *file = NULL;

	if (!unit_file(dirs, unit, &file)) {
		g_autofree char *template = unit_template(unit);
		if (template == NULL || !unit_file(dirs, template, &file) || file == NULL)
			return NULL;
		return g_steal_pointer(&unit);
	}
	if (file == NULL)
		return NULL;
	/* A link to a file of another sort says nothing of a better name. */
	g_autofree char *base = g_path_get_basename(file);
	return g_str_has_suffix(base, strrchr(unit, '.')) ? g_steal_pointer(&base)
							  : g_steal_pointer(&unit);
}

char *
unit_find_alias(const char *const *dirs, const char *name)
{
	for (size_t f = 0; f < G_N_ELEMENTS(families); f++) {
		if (!g_strv_contains(families[f], name))
			continue;
		for (const char *const *other = families[f]; *other != NULL; other++) {
			char *unit =
			    strcmp(*other, name) == 0 ? NULL : unit_find(dirs, *other);
			if (unit != NULL)
				return unit;
		}
	}
	return NULL;
}

static char *
init_script_name(const char *const *init_dirs, const char *path)
{
	g_autofree char *dir = g_path_get_dirname(path);

	return g_strv_contains(init_dirs, dir) ? g_path_get_basename(path) : NULL;
}

char *
unit_init_script(const char *const *init_dirs, const char *path)
{
	char *name = init_script_name(init_dirs, path);
	char *real = name == NULL ? realpath(path, NULL) : NULL;

	if (real != NULL)
		name = init_script_name(init_dirs, real);
	free(real);
	return name;
}

char *
unit_of_script(const char *const *dirs, const char *script)
{
	const size_t len = strlen(script) - (g_str_has_suffix(script, ".sh") ? strlen(".sh") : 0);
	g_autofree char *unit = g_strdup_printf("%.*s.service", (int)len, script);

	return unit_find(dirs, unit);
}
