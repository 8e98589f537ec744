/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "resume.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "master.h"
#include "preflight.h"
#include "pidfile.h"
#include "privs.h"
#include "verdict.h"

#define LOOK_US 50000
/* Then the caller is told that it takes longer. */
#define IMPATIENT_US (2 * UPGRADE_PROBATION_MS * 1000)
#define PATIENCE_US (60 * 1000000)

/* --- asking ------------------------------------------------------------------------------- */

/* A daemon that would ignore the signal would be waited for in vain. */
static bool
understands(pid_t pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%ld/status", (long)pid);
	g_autofree char *text = NULL;
	const char *line;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return false;
	line = strstr(text, "\nSigCgt:");
	return line != NULL &&
	    (g_ascii_strtoull(line + strlen("\nSigCgt:"), NULL, 16) >> (UPGRADE_SIGNAL - 1) & 1) != 0;
}

static bool
runs_the_installed(pid_t pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%ld/exe", (long)pid);
	struct stat runs, installed;

	return stat(path, &runs) == 0 && stat(UPGRADE_PROGRAM, &installed) == 0 &&
	    runs.st_dev == installed.st_dev && runs.st_ino == installed.st_ino;
}

static enum exit_code
wait_for_answer(pid_t pid)
{
	g_autofree char *reasons = NULL;
	bool good = false;
	pid_t now;

	for (int64_t waited = 0; !verdict_look(UPGRADE_VERDICT, &good, &reasons); waited += LOOK_US) {
		const enum pidfile_state state = pidfile_look(HB_PIDFILE, &now);

		if (state != PIDFILE_UNKNOWN && (state != PIDFILE_HELD || now != pid)) {
			fprintf(stderr, "ERROR: heartbeat pid %ld ended: the log says why.\n", (long)pid);
			return FAILED;
		}
		if (waited == IMPATIENT_US)
			fputs("info: heartbeat finishes what it is doing first; its log says what.\n",
			    stderr);
		if (waited >= PATIENCE_US) {
			if (runs_the_installed(pid)) {
				fputs("WARN: " UPGRADE_VERDICT " could not be written.\n", stderr);
				good = true;
				break;
			}
			fprintf(stderr, "WARN: heartbeat pid %ld is still busy: it goes on as version "
			    PACKAGE_VERSION " as soon as nothing is under way.\n", (long)pid);
			return LATER;
		}
		g_usleep(LOOK_US);
	}
	if (good)
		printf("heartbeat pid %ld goes on as version " PACKAGE_VERSION
		       "; nothing was stopped.\n", (long)pid);
	else
		fprintf(stderr, "%sERROR: heartbeat pid %ld goes on as the version that it was.\n",
		    reasons, (long)pid);
	return good ? DONE : FAILED;
}

enum exit_code
resume_command_upgrade(void)
{
	enum pidfile_state state;
	pid_t pid;

	if (geteuid() != 0) {
		fputs("ERROR: heartbeat must be upgraded by root.\n", stderr);
		return NOT_PERMITTED;
	}
	state = pidfile_look(HB_PIDFILE, &pid);
	if (state == PIDFILE_UNKNOWN) {
		fprintf(stderr, "ERROR: cannot tell whether heartbeat runs: " HB_PIDFILE ": %s\n",
		    g_strerror(errno));
		return FAILED;
	}
	if (state != PIDFILE_HELD) {
		puts("heartbeat does not run: its next start is version " PACKAGE_VERSION ".");
		return DONE;
	}
	if (pid == 0) {
		fputs("ERROR: heartbeat is just starting: try again when it runs.\n", stderr);
		return FAILED;
	}
	if (!understands(pid)) {
		fprintf(stderr, "ERROR: heartbeat pid %ld cannot go on as another program:"
		    " `/etc/init.d/heartbeat restart` starts version " PACKAGE_VERSION
		    ", and moves what runs here.\n", (long)pid);
		return FAILED;
	}
	verdict_forget(UPGRADE_VERDICT);
	if (kill(pid, UPGRADE_SIGNAL) < 0) {
		fprintf(stderr, "ERROR: heartbeat pid %ld cannot be told: %s\n", (long)pid,
		    g_strerror(errno));
		return FAILED;
	}
	return wait_for_answer(pid);
}

/* --- reading ------------------------------------------------------------------------------ */

/* From its beginning, whoever read it before. */
static struct handoff *
read_handoff(int fd, char **why)
{
	g_autofree char *text = g_malloc(HANDOFF_MAX + 1);
	struct handoff *h;
	size_t len = 0;
	ssize_t n;

	while ((n = pread(fd, text + len, HANDOFF_MAX + 1 - len, (off_t)len)) > 0)
		len += (size_t)n;
	if (n < 0) {
		*why = g_strdup_printf("what was handed over cannot be read: %s", g_strerror(errno));
		return NULL;
	}
	h = handoff_read(text, len, why);
	explicit_bzero(text, len);
	return h;
}

/* Would the groups be the same ones? Their order is what the hints go by. */
static bool
groups_fit(const struct handoff *h, const struct conf *c, char **why)
{
	if (h->hints->len == c->group_count)
		return true;
	*why = g_strdup_printf("it finds %u groups in haresources where %u are in use",
	    c->group_count, h->hints->len);
	return false;
}

static char *
first_error(const GPtrArray *faults)
{
	for (guint i = 0; i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);

		if (f->is_error)
			return fault_text(f);
	}
	return g_strdup("the configuration in use is not understood");
}

enum exit_code
resume_rehearse(const char *path)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	g_autofree char *why = NULL;
	struct handoff *h = fd >= 0 ? read_handoff(fd, &why) : NULL;
	struct files *files = h != NULL ? files_handed_over(HB_HADIR, h) : NULL;
	struct conf *c = files != NULL ? preflight(files, faults) : NULL;
	bool good = c != NULL && groups_fit(h, c, &why);

	if (fd < 0)
		why = g_strdup_printf("%s: %s", path, g_strerror(errno));
	else if (h != NULL && c == NULL)
		why = first_error(faults);
	if (!good)
		fputs(why, stderr);
	conf_free(c);
	files_free(files);
	handoff_free(h);
	if (fd >= 0)
		close(fd);
	return good ? DONE : FAILED;
}

/* --- going on ----------------------------------------------------------------------------- */

/* Left over from the program of before: its loop, its engine's channel. */
static void
close_the_rest(const struct handoff *h, int memory)
{
	g_autoptr(GArray) keep = handoff_descriptors(h);
	int next = STDERR_FILENO + 1;

	g_array_append_val(keep, memory);
	while (true) {
		int nearest = INT_MAX;

		for (guint i = 0; i < keep->len; i++) {
			const int fd = g_array_index(keep, int, i);

			if (fd >= next && fd < nearest)
				nearest = fd;
		}
		if (nearest > next)
			close_range((unsigned)next, nearest == INT_MAX ? ~0U : (unsigned)nearest - 1, 0);
		if (nearest == INT_MAX)
			return;
		next = nearest + 1;
	}
}

/* What runs is without a master now: an exit code would be a decision, and the unit leaves it at that. */
static _Noreturn void
cannot_go_on(const char *why)
{
	fprintf(stderr, "ERROR: heartbeat " PACKAGE_VERSION " cannot go on: %s\n", why);
	abort();
}

static _Noreturn void
not_resumed(const struct upgrade_origin *origin, const char *why)
{
	const int err = upgrade_go_back(origin, why);
	g_autofree char *both = g_strdup_printf("%s; nor back: %s", why, g_strerror(-err));

	cannot_go_on(both);
}

/* What the machine lacks by now is no reason: what runs must go on. */
static enum exit_code
go_on(const struct upgrade_origin *origin)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct files *files = files_handed_over(HB_HADIR, origin->handoff);
	const struct conf_text text = files_text(files);
	struct conf *c = conf_parse(&text, faults);
	struct sockets *old;
	struct master_start start;
	g_autofree char *why = NULL;
	int pidfile = origin->handoff->pidfile, code;

	if (c == NULL || (origin->reason == NULL && !groups_fit(origin->handoff, c, &why))) {
		if (why == NULL)
			why = first_error(faults);
		not_resumed(origin, why);
	}
	old = sockets_handed_over(origin->handoff);
	start = (struct master_start){
	    .conf = c,
	    .files = files,
	    .sockets = sockets_open(c, files->hacf_path, old, faults),
	    .hints = faults,
	    .foreground = origin->handoff->foreground,
	    .to_stderr = origin->handoff->to_stderr,
	    .debug_more = origin->handoff->debug_more,
	    .pidfile = pidfile,
	    .origin = origin,
	    .ready = -1,
	};
	/* In the probation they are needed once more. */
	if (origin->reason != NULL)
		sockets_free(old);
	else
		sockets_let_go(old);
	code = master_run(&start);
	pidfile_release(HB_PIDFILE, pidfile);
	return code == 0 ? DONE : FAILED;
}

enum exit_code
resume_main(int argc, char **argv)
{
	/* A copy: the title is written over the arguments. */
	g_autofree char *reason = argc > 3 ? g_strdup(argv[3]) : NULL;
	struct upgrade_origin origin = {.reason = reason};
	const bool doubt = argc > 4;
	g_autofree char *why = NULL;
	uint64_t fd;

	if (!text_to_u64(argv[2], STDERR_FILENO + 1, INT_MAX, &fd)) {
		fputs("ERROR: " UPGRADE_RESUME " is for heartbeat itself.\n", stderr);
		return USAGE;
	}
	origin.memory = (int)fd;
	origin.handoff = read_handoff(origin.memory, &why);
	if (origin.handoff == NULL)
		cannot_go_on(why);
	if (doubt)
		handoff_doubt(origin.handoff);
	close_the_rest(origin.handoff, origin.memory);
	/* Executed from a descriptor, we would have its number as our name. */
	prctl(PR_SET_NAME, "heartbeat");
	privs_title_init(argc, argv);
	privs_title(MASTER_TITLE);
	return go_on(&origin);
}
