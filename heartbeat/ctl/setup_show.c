/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is told of the files that were written, and what is left to do. */
#include "setup_state.h"

#include <string.h>
#include <sys/wait.h>

#include "setup_preview.h"
#include "survey.h"

#define WIDTH 79

void
setup_show_wrapped(FILE *out, const char *text)
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

bool
setup_is_in_force(const struct setup *s)
{
	return strcmp(s->directory, HB_HADIR) == 0;
}

bool
setup_show_check(const struct setup *s, const struct conf *c)
{
	static const char program[] = HB_LIBEXECDIR "/heartbeat";
	const char *const argv[] = {program, "-t", NULL};
	int status = 0;

	if (!setup_is_in_force(s)) {
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

void
setup_show_preview(const struct conf_text *text)
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

/* A path as a shell reads it, from whatever directory. Owns: the caller's (g_free). */
static char *
shell_word(const char *path)
{
	g_autofree char *whole = g_canonicalize_filename(path, NULL);
	const bool plain = whole[strspn(whole, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "/._-")] == '\0';

	return plain ? g_steal_pointer(&whole) : g_shell_quote(whole);
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

void
setup_show_next(const struct setup *s)
{
	const struct draft *d = s->draft;

	g_autofree char *from = shell_word(s->directory);

	printf("\nWhat is left to do, as root:\n"
	       "- Put the same files on %s, which does not overwrite any:\n"
	       "    tar -C %s --owner=0 --group=0 -cf - authkeys haresources ha.cf |\n"
	       "      ssh root@%s tar -C " HB_HADIR " -xpkf -\n"
	       "  Where root cannot log in there (Debian refuses its password), copy the three\n"
	       "  by hand into " HB_HADIR " of %s: owner root, authkeys with mode 600.\n",
	    d->peer, from, peer_host(d), d->peer);
	if (!setup_is_in_force(s))
		printf("- On this machine, where they are not in force yet:\n"
		       "    tar -C %s --owner=0 --group=0 -cf - authkeys haresources ha.cf |\n"
		       "      tar -C " HB_HADIR " -xpkf -\n",
		    from);
	show_boot_services(d);
	printf("- On both machines:\n"
	       "    heartbeat -t && %s\n"
	       "Then hbctl status shows the cluster, and hb_standby moves the service.\n",
	    survey_has_systemd() ? "systemctl enable --now heartbeat"
				 : "/etc/init.d/heartbeat start");
}
