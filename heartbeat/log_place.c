/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "log_place.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "journal.h"
#include "same_file.h"

#define DEV_LOG "/dev/log"
#define JOURNAL_DEV_LOG "/run/systemd/journal/dev-log"
#define JOURNAL_SYSLOG "/run/systemd/journal/syslog"

/* Syslog daemons that read the journal itself have no socket to be seen by. */
static const char *const daemons[] = {
    "/run/rsyslogd.pid",
    "/run/syslogd.pid",
    "/run/syslog-ng.pid",
    "/run/syslog-ng/syslog-ng.pid",
};

/* Does somebody listen there? A connection of datagrams asks the kernel only. */
static bool
listens(const char *root, const char *path)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool yes;

	if (fd < 0)
		return false;
	g_snprintf(to.sun_path, sizeof(to.sun_path), "%s%s", root, path);
	/* One that takes streams only, or not from us, is there all the same. */
	yes = connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 || errno == EPROTOTYPE ||
	    errno == EACCES;
	close(fd);
	return yes;
}

static bool
is_link_to(const char *root, const char *a, const char *b)
{
	g_autofree char *path_a = g_strconcat(root, a, NULL);
	g_autofree char *path_b = g_strconcat(root, b, NULL);
	const int fd = open(path_a, O_PATH | O_CLOEXEC);
	const bool same = fd >= 0 && same_file(fd, path_b);

	if (fd >= 0)
		close(fd);
	return same;
}

static bool
exists(const char *root, const char *path)
{
	g_autofree char *full = g_strconcat(root, path, NULL);

	return access(full, F_OK) == 0;
}

static bool
daemon_runs(const char *root)
{
	for (size_t i = 0; i < G_N_ELEMENTS(daemons); i++) {
		g_autofree char *path = g_strconcat(root, daemons[i], NULL);
		g_autofree char *text = NULL;
		long pid;

		if (!g_file_get_contents(path, &text, NULL, NULL))
			continue;
		pid = strtol(text, NULL, 10);
		if (pid > 0 && (kill((pid_t)pid, 0) == 0 || errno == EPERM))
			return true;
	}
	return false;
}

struct log_takers
log_takers_look(const char *root)
{
	struct log_takers t = {.systemd = exists(root, "/run/systemd/system")};

	/* Beside another's /dev/log journald would get each line from there once more. */
	t.journal = listens(root, JOURNAL_SOCKET) &&
	    (!exists(root, DEV_LOG) || is_link_to(root, DEV_LOG, JOURNAL_DEV_LOG));
	t.forwards = t.journal && listens(root, JOURNAL_SYSLOG);
	t.syslog = t.forwards || (!t.journal && listens(root, DEV_LOG)) || daemon_runs(root);
	return t;
}

bool
log_goes_nowhere(const struct conf *c, const struct log_takers *t)
{
	return c->logfile == NULL && c->debugfile == NULL &&
	    (c->logfacility == NULL || (!t->journal && !t->syslog));
}

char *
log_place(const struct conf *c, const struct log_takers *t, bool stderr_seen)
{
	g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);

	if (log_goes_nowhere(c, t))
		return g_strdup(stderr_seen ? "standard error (of a container: docker logs NAME)" :
			"nowhere: no syslog and no journal here: set logfile in ha.cf");
	if (c->logfile != NULL)
		g_ptr_array_add(places, g_strdup(c->logfile));
	if (c->debugfile != NULL && g_strcmp0(c->logfile, c->debugfile) != 0)
		g_ptr_array_add(places, g_strdup(c->debugfile));
	if (c->logfacility != NULL && t->syslog)
		g_ptr_array_add(places, g_strdup_printf("syslog, facility %s", c->logfacility));
	if (c->logfacility != NULL && t->journal)
		g_ptr_array_add(places,
		    g_strdup(t->systemd ? "journalctl -u heartbeat" : "journalctl -t heartbeat"));
	g_ptr_array_add(places, NULL);
	return g_strjoinv(", ", (char **)places->pdata);
}

int
log_place_publish(const char *path, const char *place)
{
	g_autofree char *line = g_strconcat(place, "\n", NULL);
	g_autoptr(GError) error = NULL;

	errno = 0;
	/* Everybody may look, whatever the umask. */
	if (g_file_set_contents_full(
		path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &error) &&
	    chmod(path, 0644) == 0)
		return 0;
	return errno != 0 ? -errno : -EIO;
}

char *
log_place_published(const char *path)
{
	char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return NULL;
	text[strcspn(text, "\n")] = '\0';
	return text;
}
