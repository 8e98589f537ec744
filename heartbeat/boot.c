/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "boot.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

const char *const boot_machine_rc_dirs[] = {"/etc/rc2.d", "/etc/rc3.d", "/etc/rc4.d", "/etc/rc5.d",
    "/etc/rc.d/rc2.d", "/etc/rc.d/rc3.d", "/etc/rc.d/rc4.d", "/etc/rc.d/rc5.d", NULL};

/* Is it a link to the file of that unit, under whatever name? */
static bool
leads_to(const char *link, const char *unit)
{
	char *target = realpath(link, NULL);
	g_autofree char *name = target != NULL ? g_path_get_basename(target) : NULL;

	free(target);
	return g_strcmp0(name, unit) == 0;
}

/* In one TARGET.wants: by name, else by what the links there lead to. */
static bool
wants(const char *path, const char *unit)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *link = g_build_filename(path, name, NULL);

		if (strcmp(name, unit) == 0 || leads_to(link, unit))
			return true;
	}
	return false;
}

/* The initial RAM disk has a boot of its own. */
static bool
is_wants(const char *name)
{
	return (g_str_has_suffix(name, ".wants") || g_str_has_suffix(name, ".requires")) &&
	       !g_str_has_prefix(name, "initrd");
}

bool
boot_starts_unit(const char *const *dirs, const char *unit)
{
	for (; *dirs != NULL; dirs++) {
		g_autoptr(GDir) dir = g_dir_open(*dirs, 0, NULL);
		const char *name;

		while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
			g_autofree char *path = g_build_filename(*dirs, name, NULL);

			if (is_wants(name) && wants(path, unit))
				return true;
		}
	}
	return false;
}

/* "S20apache2": two digits, then the name. */
static bool
is_start_link(const char *link, const char *name)
{
	return link[0] == 'S' && g_ascii_isdigit(link[1]) && g_ascii_isdigit(link[2]) &&
	       strcmp(link + 3, name) == 0;
}

bool
boot_starts_script(const char *const *rc_dirs, const char *name)
{
	for (; *rc_dirs != NULL; rc_dirs++) {
		g_autoptr(GDir) dir = g_dir_open(*rc_dirs, 0, NULL);
		const char *link;

		while (dir != NULL && (link = g_dir_read_name(dir)) != NULL)
			if (is_start_link(link, name))
				return true;
	}
	return false;
}
