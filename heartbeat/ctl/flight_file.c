/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "flight_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "config.h"

#include "base/text.h"
#include "ask.h"
#include "core/replay.h"

static int
complain(const char *command, const char *what)
{
	fprintf(stderr, "hbctl %s: %s\n", command, what);
	return EXIT_FAILURE;
}

/* -- what it is about -- */

/* As in the log. */
static char *
wall_text(int64_t wall_s)
{
	const time_t seconds = (time_t)wall_s;
	struct tm local;
	char text[32] = "";

	if (localtime_r(&seconds, &local) != NULL)
		strftime(text, sizeof(text), "%Y/%m/%d_%H:%M:%S", &local);
	return g_strdup(text);
}

/* "123 events of 2 lives of the engine (the first from within), from DATE to DATE" */
static char *
span_text(const struct record_span *span)
{
	g_autofree char *from = wall_text(span->first_wall_s);
	g_autofree char *to = wall_text(span->last_wall_s);

	return g_strdup_printf("%" PRIu64 " events of %u %s of the engine%s, from %s to %s",
	    span->events, span->lives, span->lives == 1 ? "life" : "lives",
	    !span->begins_within ? "" :
	    span->lives == 1     ? " (from within)" :
				   " (the first from within)",
	    from, to);
}

/* -- fetching -- */

/* A record that goes on too fast to be read is given up. */
#define FETCH_TRIES 20

/* The record may grow while we read; a piece that reaches its end holds what marks it. */
static int
fetch_pieces(struct hb_client *client, GByteArray *out)
{
	uint64_t size;
	const void *piece;
	size_t len;

	do {
		int result = hb_record(client, out->len, &piece, &len, &size);

		if (result != 0)
			return result;
		g_byte_array_append(out, piece, (guint)len);
	} while (len > 0 && out->len < size);
	return 0;
}

static int
fetch(struct hb_client *client, GByteArray *out)
{
	int result = -ECANCELED;

	for (unsigned i = 0; i < FETCH_TRIES && result == -ECANCELED; i++) {
		g_byte_array_set_size(out, 0);
		result = fetch_pieces(client, out);
		/* Refused from the start: it will not be otherwise the next time. */
		if (out->len == 0)
			break;
	}
	return result;
}

/* Either all of it or nothing is found there. */
static int
file_write(const char *path, const GByteArray *bytes)
{
	g_autofree char *fresh = g_strconcat(path, ".new", NULL);
	int fd, err = 0;

	if (unlink(fresh) < 0 && errno != ENOENT)
		return -errno;
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return -errno;
	for (guint at = 0; at < bytes->len && err == 0;) {
		ssize_t n = write(fd, bytes->data + at, bytes->len - at);

		if (n < 0 && errno != EINTR)
			err = -errno;
		at += n > 0 ? (guint)n : 0;
	}
	if (close(fd) < 0 && err == 0)
		err = -errno;
	if (err == 0 && rename(fresh, path) < 0)
		err = -errno;
	if (err < 0)
		unlink(fresh);
	return err;
}

static int
tell_fetched(const char *path, const GByteArray *bytes)
{
	struct record_span span;
	g_autofree char *why = NULL;
	bool whole = replay_span(bytes->data, bytes->len, &span, &why);
	g_autofree char *about = span_text(&span);

	printf("%s: %u bytes, %s\n", path, bytes->len, about);
	if (whole)
		return EXIT_SUCCESS;
	fprintf(stderr, "hbctl record: %s: %s\n", path, why);
	return EXIT_FAILURE;
}

int
flight_file_fetch(const char *path)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	struct hb_client *client;
	int result = ask_connect(&client);

	if (result != 0)
		return complain("record", ask_strerror(result));
	result = fetch(client, bytes);
	if (result != 0) {
		const char *text = hb_text(client);

		complain("record", text[0] != '\0' ? text : hb_strerror(result));
		hb_disconnect(client);
		return EXIT_FAILURE;
	}
	hb_disconnect(client);
	result = file_write(path, bytes);
	if (result < 0) {
		fprintf(stderr, "hbctl record: %s: %s\n", path, g_strerror(-result));
		return EXIT_FAILURE;
	}
	return tell_fetched(path, bytes);
}

/* -- replaying -- */

struct teller {
	bool quiet;
	bool began;
	struct moment first;
};

/* As in the log, and the time since the first event to the nearest millisecond. */
static char *
time_text(const struct teller *t, int64_t wall_s, struct moment now)
{
	g_autofree char *wall = wall_text(wall_s);

	return g_strdup_printf("%s [%11.3f]", wall, span_seconds(moment_since(now, t->first)));
}

static void
tell_begin(struct teller *t, const struct event *e)
{
	if (!t->began)
		t->first = e->now;
	t->began = true;
}

/* A record may be damaged, or not be one of ours. */
static char *
printable(const char *text)
{
	return text_escape(text, strlen(text), CHILD_OUTPUT_MAX);
}

static void
tell_line(void *arg, const struct event *e, const char *text)
{
	struct teller *t = arg;

	tell_begin(t, e);
	if (t->quiet)
		return;
	g_autofree char *when = time_text(t, e->wall_s, e->now);
	g_autofree char *line = printable(text);

	printf("%s %s\n", when, line);
}

/* Said at once: what comes may be the end of this program too. */
static void
tell_unfinished(void *arg, const struct event *e)
{
	struct teller *t = arg;

	tell_begin(t, e);
	g_autofree char *when = time_text(t, e->wall_s, e->now);

	printf("%s the record has no result of the next event (%s): on it the daemon ended\n", when,
	    event_type_name(e->type));
	fflush(stdout);
}

/* The reason of the exit code: where it is, among the lines and even if there are none. */
static void
tell_gap(void *arg, const char *why)
{
	(void)arg;
	fflush(stdout);
	fprintf(stderr, "hbctl replay: the record has a gap: %s\n", why);
}

static void
print_lines(const char *heading, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (unsigned i = 0; lines[i] != NULL && (i == 0 || lines[i][0] != '\0'); i++) {
		g_autofree char *line = printable(lines[i]);

		printf("  %s %s\n", heading,
		    line[0] != '\0' ? line : "(nothing but messages and replies)");
	}
}

static void
tell_version(const struct replay *r)
{
	if (r->version == NULL || strcmp(r->version, PACKAGE_VERSION) == 0)
		return;
	g_autofree char *version = printable(r->version);

	printf("The record is of version %s, this is %s: they may decide differently.\n", version,
	    PACKAGE_VERSION);
}

static int
tell_difference(const struct teller *t, const struct replay *r)
{
	g_autofree char *when = time_text(t, r->span.last_wall_s, r->span.last);

	printf("DIFFERENT at event %" PRIu64 " (%s), %s\n", r->span.events,
	    event_type_name(r->type), when);
	if (r->memory) {
		puts("  The decisions are the same, but what is remembered after them differs.");
	} else {
		print_lines("recorded:", r->recorded);
		print_lines("now:     ", r->now);
		if (strcmp(r->recorded, r->now) == 0)
			puts("  It is a message to a node, or a reply to a client, that differs.");
	}
	tell_version(r);
	return EXIT_FAILURE;
}

static int
tell_end(const char *path, const struct teller *t, const struct replay *r)
{
	g_autofree char *about = span_text(&r->span);

	switch (r->result) {
	case REPLAY_REFUSED:
		fprintf(stderr, "hbctl replay: %s: %s\n", path, r->why);
		tell_version(r);
		return EXIT_FAILURE;
	case REPLAY_DIFFERS:
		return tell_difference(t, r);
	case REPLAY_DAMAGED:
	case REPLAY_SAME:
		break;
	}
	if (r->full)
		puts("There was no room for some events: they are not in the record.");
	printf("SAME decisions: %s%s\n", about,
	    r->result == REPLAY_DAMAGED ? "; the rest cannot be read" : "");
	tell_version(r);
	return r->result == REPLAY_SAME ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
flight_file_replay(const char *path, bool quiet)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *bytes = NULL;
	gsize len;
	struct teller teller = {.quiet = quiet};
	const struct replay_owner owner = {tell_unfinished, tell_line, tell_gap, &teller};

	if (!g_file_get_contents(path, &bytes, &len, &error))
		return complain("replay", error->message);

	struct replay r = replay_run(bytes, len, &owner);
	int code = tell_end(path, &teller, &r);

	replay_clear(&r);
	return code;
}
