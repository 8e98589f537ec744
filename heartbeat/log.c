/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "privs.h"

struct log_file {
	char *path;	/* NULL: none */
	int fd;	/* -1: not open */
};

static struct {
	bool to_stderr;
	bool syslog_form;
	bool use_syslog;
	unsigned debug;
	char *host;
	struct log_file plain, debugging;
	struct moment looked;	/* when the names were compared last */
	char *last;	/* the line before, to count repeats */
	enum trace_level last_level;
	uint64_t repeats;
	struct moment repeated_since;
} the_log = {.to_stderr = true, .syslog_form = true, .plain = {NULL, -1}, .debugging = {NULL, -1}};

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

static void
file_open(struct log_file *f)
{
	uint32_t uid, gid;

	if (f->path == NULL)
		return;
	f->fd = open(f->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0644);
	if (f->fd < 0) {
		syslog(LOG_ERR, "Failed to open log file %s: %s", f->path, strerror(errno));
		return;
	}
	/* Clients that run as this user write to the same files. Without root it is ours anyway. */
	if (privs_engine_user(&uid, &gid) == 0 && fchown(f->fd, uid, gid) < 0)
		return;
}

/* Is what is open still what the name stands for? */
static bool
file_is_current(const struct log_file *f)
{
	struct stat named, opened;

	return stat(f->path, &named) == 0 && fstat(f->fd, &opened) == 0 &&
	    named.st_ino == opened.st_ino && named.st_dev == opened.st_dev;
}

static void
file_write(const struct log_file *f, const char *text)
{
	/* A full disk is no reason to stop, and there is nowhere to say it but syslog, which
	 * has the line already. */
	if (f->fd >= 0 && write(f->fd, text, strlen(text)) < 0)
		return;
}

static void
emit(enum trace_level level, const char *line)
{
	g_autofree char *text = log_format(the_log.syslog_form,
	    clock_read().real_ns / 1000000000, the_log.host != NULL ? the_log.host : "localhost",
	    (long)getpid(), level, line);

	if (the_log.use_syslog)
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
	emit(the_log.last_level, line);
}

static void
look_after_rotation(struct moment now)
{
	struct log_file *files[] = {&the_log.plain, &the_log.debugging};

	if (!span_exceeds(moment_since(now, the_log.looked), span_from_ms(LOG_ROTATE_MS)))
		return;
	the_log.looked = now;
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *line = NULL;

		if (files[i]->path == NULL || (files[i]->fd >= 0 && file_is_current(files[i])))
			continue;
		file_close(files[i]);
		file_open(files[i]);
		if (files[i]->fd < 0)
			continue;
		line = g_strdup_printf("log-rotate detected on logfile %s", files[i]->path);
		emit(TRACE_INFO, line);
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

void
log_line(enum trace_level level, const char *line)
{
	const struct moment now = clock_read().now;

	if (level == TRACE_DEBUG && the_log.debug == 0)
		return;
	if (is_repeat(level, line, now)) {
		the_log.repeats++;
		return;
	}
	look_after_rotation(now);
	say_repeats(now);
	g_free(the_log.last);
	the_log.last = g_strdup(line);
	the_log.last_level = level;
	the_log.repeated_since = now;
	emit(level, line);
}

void
log_write(enum trace_level level, const char *format, ...)
{
	g_autofree char *line = NULL;
	va_list args;

	va_start(args, format);
	line = g_strdup_vprintf(format, args);
	va_end(args);
	log_line(level, line);
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
	if (the_log.use_syslog)
		closelog();
	the_log.use_syslog = false;
}

void
log_open(const struct conf *c, bool to_stderr)
{
	const int facility = facility_of(c->logfacility);
	struct utsname host;

	log_close();
	the_log.to_stderr = to_stderr;
	the_log.syslog_form = c->syslogmsgfmt;
	the_log.debug = c->debug;
	the_log.host = g_strdup(uname(&host) == 0 ? host.nodename : "localhost");
	the_log.use_syslog = facility >= 0;
	if (the_log.use_syslog)
		openlog("heartbeat", LOG_NDELAY, facility);
	the_log.debugging.path = g_strdup(c->debugfile);
	/* One line once, also where both names are one file. */
	if (g_strcmp0(c->logfile, c->debugfile) != 0)
		the_log.plain.path = g_strdup(c->logfile);
	the_log.looked = clock_read().now;
	log_reopen();
}
