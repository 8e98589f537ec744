/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "core/subject.h"
#include "journal.h"
#include "log_place.h"
#include "privs.h"
#include "same_file.h"

struct log_file {
	char *path;	/* NULL: none */
	int fd;	/* -1: not open */
	bool complained;	/* that it cannot be opened is said once */
};

static struct {
	bool to_stderr;
	bool syslog_form;
	int facility;	/* -1: neither syslog nor journal */
	bool use_syslog;
	const char *root;	/* "", but for tests */
	int journal;	/* a socket; -1: its lines go by way of syslog, or nowhere */
	bool journal_forwards;
	uint64_t lost;	/* lines that the journal did not take */
	struct subject_names *names;
	char *where;
	unsigned debug;
	char *host;
	struct log_file plain, debugging;
	char *last;	/* the line before, to count repeats */
	enum trace_level last_level;
	uint64_t repeats;
	struct moment repeated_since;
} the_log = {
    .to_stderr = true,
    .syslog_form = true,
    .facility = -1,
    .root = "",
    .journal = -1,
    .plain = {.fd = -1},
    .debugging = {.fd = -1},
};

static const int priorities[] = {
    [TRACE_CRITICAL] = LOG_CRIT,
    [TRACE_ERROR] = LOG_ERR,
    [TRACE_WARNING] = LOG_WARNING,
    [TRACE_NOTICE] = LOG_NOTICE,
    [TRACE_INFO] = LOG_INFO,
    [TRACE_DEBUG] = LOG_DEBUG,
};
_Static_assert(G_N_ELEMENTS(priorities) == TRACE_LEVEL_COUNT, "one priority a level");

static const struct {
	const char *name;
	int facility;
} facilities[] = {
    {"auth", LOG_AUTH},
    {"authpriv", LOG_AUTHPRIV},
    {"cron", LOG_CRON},
    {"daemon", LOG_DAEMON},
    {"ftp", LOG_FTP},
    {"local0", LOG_LOCAL0},
    {"local1", LOG_LOCAL1},
    {"local2", LOG_LOCAL2},
    {"local3", LOG_LOCAL3},
    {"local4", LOG_LOCAL4},
    {"local5", LOG_LOCAL5},
    {"local6", LOG_LOCAL6},
    {"local7", LOG_LOCAL7},
    {"lpr", LOG_LPR},
    {"mail", LOG_MAIL},
    {"news", LOG_NEWS},
    {"security", LOG_AUTH},
    {"syslog", LOG_SYSLOG},
    {"user", LOG_USER},
    {"uucp", LOG_UUCP},
};

/* -1: "none" and "kern", which both mean no syslog. */
static int
facility_of(const char *name)
{
	for (size_t i = 0; name != NULL && i < G_N_ELEMENTS(facilities); i++) {
		if (strcmp(facilities[i].name, name) == 0)
			return facilities[i].facility;
	}
	return -1;
}

char *
log_format(bool syslog_form, int64_t wall_s, const char *host, long pid, enum trace_level level,
    const char *line)
{
	const time_t t = (time_t)wall_s;
	char stamp[32];
	struct tm tm;

	localtime_r(&t, &tm);
	if (syslog_form) {
		strftime(stamp, sizeof(stamp), "%b %d %H:%M:%S", &tm);
		return g_strdup_printf("%s %s heartbeat: [%ld]: %s: %s\n", stamp, host, pid,
		    trace_level_name(level), line);
	}
	strftime(stamp, sizeof(stamp), "%Y/%m/%d_%H:%M:%S", &tm);
	return g_strdup_printf(
	    "heartbeat[%ld]: %s %s: %s\n", pid, stamp, trace_level_name(level), line);
}

static void
file_close(struct log_file *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
}

/* Only root can put anything into its directory, links too. A sticky one keeps others from removing what is
 * there, not from putting a second name of root's file there first. */
static bool
directory_is_roots(const char *path)
{
	g_autofree char *directory = g_path_get_dirname(path);
	struct stat s;

	return stat(directory, &s) == 0 && (s.st_uid == 0 || s.st_uid == geteuid()) &&
	    (s.st_mode & 022) == 0;
}

static bool
link_is_roots(const char *path)
{
	struct stat s;

	return lstat(path, &s) == 0 && (s.st_uid == 0 || s.st_uid == geteuid());
}

/* A file of somebody else's under a second name is as good as a link to it. */
static bool
file_is_plain(int fd, uint32_t engine)
{
	struct stat s;

	return fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_nlink == 1 &&
	    (s.st_uid == 0 || s.st_uid == geteuid() || s.st_uid == engine);
}

/* Where others than root may put things, what they put there is not followed. Returns -errno. */
static int
open_safely(const char *path, uint32_t engine)
{
	/* One that waits for a reader, as a FIFO does, would stop us. */
	const bool trusted = directory_is_roots(path) && link_is_roots(path);
	const int flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK |
	    (trusted ? 0 : O_NOFOLLOW);
	int fd = open(path, flags);

	/* In a sticky directory the kernel may refuse O_CREAT for a file that is there, and the engine
	 * user's. Source: sysctl fs.protected_regular. */
	if (fd < 0 && errno == ENOENT)
		fd = open(path, flags | O_CREAT, 0644);
	if (fd < 0)
		return -errno;
	if (trusted || file_is_plain(fd, engine))
		return fd;
	close(fd);
	return -EPERM;
}

static void emit(enum trace_level level, const char *line, const char *group);

static void
say_not_opened(const char *path, int err)
{
	g_autofree char *line =
	    g_strdup_printf("Failed to open log file %s: %s%s", path, strerror(-err),
		err == -EPERM || err == -ELOOP ?
		    ": others than root can put things into its directory, and this is a link, has"
		    " a second name or belongs to somebody else: remove it, or set another logfile" : "");

	if (the_log.facility >= 0)
		emit(TRACE_ERROR, line, NULL);
	else
		syslog(LOG_ERR, "%s", line);
}

static void
file_open(struct log_file *f)
{
	uint32_t uid = 0, gid = 0;
	bool known;
	struct stat s;
	int err;

	if (f->path == NULL)
		return;
	known = privs_engine_user(&uid, &gid) == 0;
	err = open_safely(f->path, uid);
	f->fd = MAX(err, -1);
	if (err < 0 && !f->complained)
		say_not_opened(f->path, err);
	f->complained = err < 0;
	/* Clients that run as this user write to the same files. Without root it is ours anyway. */
	if (f->fd >= 0 && known && fstat(f->fd, &s) == 0 && S_ISREG(s.st_mode) &&
	    (s.st_uid != uid || s.st_gid != gid) && fchown(f->fd, uid, gid) < 0)
		return;
}

static void
file_write(const struct log_file *f, const char *text)
{
	/* A full disk is no reason to stop, and there is nowhere to say it but syslog, which
	 * has the line already. */
	if (f->fd >= 0 && write(f->fd, text, strlen(text)) < 0)
		return;
}

/* --- the journal ---------------------------------------------------------------------------- */

static int
journal_put(enum trace_level level, const char *line, const char *group)
{
	const struct subject s = subject_read(the_log.names, line);
	g_autoptr(GString) entry = g_string_new(NULL);
	g_autofree char *priority = g_strdup_printf("%d", priorities[level]);
	g_autofree char *facility = g_strdup_printf("%d", the_log.facility >> 3);
	g_autofree char *pid = g_strdup_printf("%ld", (long)getpid());
	g_autofree char *message = g_strdup_printf("%s: %s", trace_level_name(level), line);

	if (group == NULL)
		group = s.group;
	journal_field(entry, "MESSAGE", message);
	journal_field(entry, "PRIORITY", priority);
	journal_field(entry, "SYSLOG_FACILITY", facility);
	journal_field(entry, "SYSLOG_IDENTIFIER", "heartbeat");
	/* A syslog daemon is told the last one, our number and the message: the line of 3.0.6. */
	if (the_log.journal_forwards)
		journal_field(entry, "SYSLOG_IDENTIFIER", "heartbeat: ");
	journal_field(entry, "SYSLOG_PID", pid);
	if (s.event[0] != '\0')
		journal_field(entry, "EVENT", s.event);
	if (s.node != NULL || group != NULL)
		journal_field(entry, "NODE", s.node != NULL ? s.node : subject_self(the_log.names));
	if (group != NULL)
		journal_field(entry, "GROUP", group);
	g_autofree char *path = g_strconcat(the_log.root, JOURNAL_SOCKET, NULL);

	return journal_send(the_log.journal, path, entry);
}

/* A journal that takes nothing now holds up nobody: what it missed is counted. */
static void
journal_line(enum trace_level level, const char *line, const char *group)
{
	if (the_log.lost > 0) {
		g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT
		    " log lines lost: the journal did not take them", the_log.lost);

		if (journal_put(TRACE_WARNING, text, NULL) == 0)
			the_log.lost = 0;
	}
	if (the_log.lost > 0 || journal_put(level, line, group) < 0)
		the_log.lost++;
}

/* A unit's standard error is the journal, too: it would have each line twice. */
static bool
stderr_is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat s;

	return stream != NULL && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
	    fstat(STDERR_FILENO, &s) == 0 && s.st_dev == device && s.st_ino == inode;
}

/* --- lines ---------------------------------------------------------------------------------- */

static void
emit(enum trace_level level, const char *line, const char *group)
{
	g_autofree char *text = log_format(the_log.syslog_form,
	    clock_read().real_ns / 1000000000, the_log.host != NULL ? the_log.host : "localhost",
	    (long)getpid(), level, line);

	if (the_log.journal >= 0)
		journal_line(level, line, group);
	else if (the_log.use_syslog)
		syslog(priorities[level], "[%ld]: %s: %s", (long)getpid(),
		    trace_level_name(level), line);
	if (level != TRACE_DEBUG)
		file_write(&the_log.plain, text);
	file_write(&the_log.debugging, text);
	if (the_log.to_stderr)
		fputs(text, stderr);
}

static void
say_repeats(struct moment now)
{
	g_autofree char *line = NULL;

	if (the_log.repeats == 0)
		return;
	line = g_strdup_printf("last message repeated %" G_GUINT64_FORMAT " times", the_log.repeats);
	the_log.repeats = 0;
	the_log.repeated_since = now;
	emit(the_log.last_level, line, NULL);
}

/* Renamed or removed, by whom and how does not matter: this line is for the new file. */
static void
look_after_rotation(void)
{
	struct log_file *files[] = {&the_log.plain, &the_log.debugging};

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *line = NULL;

		if (files[i]->path == NULL ||
		    (files[i]->fd >= 0 && same_file(files[i]->fd, files[i]->path)))
			continue;
		file_close(files[i]);
		file_open(files[i]);
		if (files[i]->fd < 0)
			continue;
		line = g_strdup_printf("log-rotate detected on logfile %s", files[i]->path);
		emit(TRACE_INFO, line, NULL);
	}
}

static bool
is_repeat(enum trace_level level, const char *line, struct moment now)
{
	return the_log.last != NULL && level == the_log.last_level &&
	    strcmp(line, the_log.last) == 0 &&
	    !span_exceeds(
		moment_since(now, the_log.repeated_since), span_from_ms(LOG_REPEAT_MS));
}

static void
line_about(const char *group, enum trace_level level, const char *line)
{
	const struct moment now = clock_read().now;

	if (level == TRACE_DEBUG && the_log.debug == 0)
		return;
	if (is_repeat(level, line, now)) {
		the_log.repeats++;
		return;
	}
	look_after_rotation();
	say_repeats(now);
	g_free(the_log.last);
	the_log.last = g_strdup(line);
	the_log.last_level = level;
	the_log.repeated_since = now;
	emit(level, line, group);
}

void
log_line(enum trace_level level, const char *line)
{
	line_about(NULL, level, line);
}

void
log_write(enum trace_level level, const char *format, ...)
{
	g_autofree char *line = NULL;
	va_list args;

	va_start(args, format);
	line = g_strdup_vprintf(format, args);
	va_end(args);
	line_about(NULL, level, line);
}

void
log_about(const char *group, enum trace_level level, const char *format, ...)
{
	g_autofree char *line = NULL;
	va_list args;

	va_start(args, format);
	line = g_strdup_vprintf(format, args);
	va_end(args);
	line_about(group, level, line);
}

void
log_reopen(void)
{
	file_close(&the_log.plain);
	file_close(&the_log.debugging);
	file_open(&the_log.plain);
	file_open(&the_log.debugging);
}

unsigned
log_debug_step(int step)
{
	if (step > 0)
		the_log.debug++;
	else if (the_log.debug > 0)
		the_log.debug--;
	return the_log.debug;
}

void
log_close(void)
{
	say_repeats(clock_read().now);
	file_close(&the_log.plain);
	file_close(&the_log.debugging);
	g_clear_pointer(&the_log.plain.path, g_free);
	g_clear_pointer(&the_log.debugging.path, g_free);
	g_clear_pointer(&the_log.host, g_free);
	g_clear_pointer(&the_log.last, g_free);
	g_clear_pointer(&the_log.where, g_free);
	g_clear_pointer(&the_log.names, subject_names_free);
	if (the_log.journal >= 0)
		close(the_log.journal);
	the_log.journal = -1;
	if (the_log.use_syslog)
		closelog();
	the_log.use_syslog = false;
}

void
log_root(const char *root)
{
	the_log.root = root;
}

const char *
log_where(void)
{
	return the_log.where;
}

/* A daemon in the background has none. */
static bool
stderr_is_seen(void)
{
	struct stat s, null;

	return fstat(STDERR_FILENO, &s) == 0 &&
	    !(S_ISCHR(s.st_mode) && stat("/dev/null", &null) == 0 && s.st_rdev == null.st_rdev);
}

void
log_open(const struct conf *c, bool to_stderr)
{
	const struct log_takers takers = log_takers_look(the_log.root);
	struct utsname host;

	log_close();
	the_log.to_stderr = to_stderr || log_goes_nowhere(c, &takers);
	the_log.syslog_form = c->syslogmsgfmt;
	the_log.debug = c->debug;
	the_log.host = g_strdup(uname(&host) == 0 ? host.nodename : "localhost");
	the_log.names = subject_names_new(c);
	the_log.where = log_place(c, &takers, stderr_is_seen());
	the_log.facility = facility_of(c->logfacility);
	if (the_log.facility >= 0 && takers.journal)
		the_log.journal = journal_open();
	the_log.journal_forwards = takers.forwards;
	if (the_log.journal >= 0 && stderr_is_journal())
		the_log.to_stderr = false;
	the_log.use_syslog = the_log.facility >= 0 && the_log.journal < 0;
	if (the_log.use_syslog)
		openlog("heartbeat", LOG_NDELAY, the_log.facility);
	the_log.debugging.path = g_strdup(c->debugfile);
	/* One line once, also where both names are one file. */
	if (g_strcmp0(c->logfile, c->debugfile) != 0)
		the_log.plain.path = g_strdup(c->logfile);
	log_reopen();
}
