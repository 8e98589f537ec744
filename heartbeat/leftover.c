/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Source: proc(5), /proc/PID/stat.
 */
#include "leftover.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "child.h"
#include "clock.h"
#include "log.h"

#define LOOK_MS 50
/* One that is stuck may still end, after minutes. */
#define LOOK_STUCK_MS 1000
#define NOTE_MAX 8192
#define SECTION "operation"

struct leftover {
	struct leftovers *all;
	pid_t pid;
	uint64_t started;
	char *op, *group, *resource, *path;
	enum leftover_state state;
	int signo;	/* the last one it got; 0: none yet */
	struct moment next;	/* when the next is due */
	qb_loop_timer_handle timer;
	bool timer_set;
};

struct leftovers {
	qb_loop_t *loop;
	leftover_changed_fn *changed;
	void *arg;
	GPtrArray *present;	/* struct leftover * */
};

/* --- processes ----------------------------------------------------------------------------- */

struct process {
	char state;
	int group;
	uint64_t started;	/* clock ticks since the machine started */
};

/* The name, in parentheses, may hold anything. */
static bool
process_look(pid_t pid, struct process *p)
{
	g_autofree char *path = g_strdup_printf("/proc/%ld/stat", (long)pid);
	g_autofree char *text = NULL;
	unsigned long long started;
	const char *close;

	if (!g_file_get_contents(path, &text, NULL, NULL) || (close = strrchr(text, ')')) == NULL ||
	    sscanf(close + 1, " %c %*d %d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d"
		" %*d %*d %llu", &p->state, &p->group, &started) != 3)
		return false;
	p->started = started;
	return true;
}

static bool
process_lives(const struct process *p)
{
	return p->state != 'Z' && p->state != 'X';
}

/* Does anything of that process group still run? One that only waits to be reaped does not. */
static bool
group_lives(pid_t group)
{
	g_autoptr(GDir) proc = NULL;
	const char *name;

	if (kill(-group, 0) < 0)
		return false;
	proc = g_dir_open("/proc", 0, NULL);
	while (proc != NULL && (name = g_dir_read_name(proc)) != NULL) {
		struct process p;
		uint64_t pid;

		if (text_to_u64(name, 1, INT32_MAX, &pid) && process_look((pid_t)pid, &p) &&
		    p.group == group && process_lives(&p))
			return true;
	}
	return false;
}

/* --- notes --------------------------------------------------------------------------------- */

static char *
note_path(const char *dir, pid_t pid)
{
	return g_strdup_printf("%s/%ld", dir, (long)pid);
}

int
leftover_note(const char *dir, const struct leftover_note *note)
{
	g_autoptr(GKeyFile) keys = g_key_file_new();
	g_autofree char *path = note_path(dir, note->pid);
	g_autofree char *text = NULL;
	struct process p;
	gsize len;

	/* It has ended already. */
	if (!process_look(note->pid, &p))
		return 0;
	g_key_file_set_int64(keys, SECTION, "pid", note->pid);
	g_key_file_set_uint64(keys, SECTION, "started", p.started);
	g_key_file_set_string(keys, SECTION, "op", resource_op_name(note->op));
	g_key_file_set_string(keys, SECTION, "group", note->group);
	g_key_file_set_string(keys, SECTION, "resource", note->resource);
	g_key_file_set_boolean(keys, SECTION, "waits_only", note->waits_only);
	text = g_key_file_to_data(keys, &len, NULL);
	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return -errno;
	errno = 0;
	if (g_file_set_contents(path, text, (gssize)len, NULL))
		return 0;
	return errno != 0 ? -errno : -EIO;
}

void
leftover_forget(const char *dir, pid_t pid)
{
	g_autofree char *path = note_path(dir, pid);

	unlink(path);
}

/* A note of anybody else would let him choose what we kill. Owns: the caller's; NULL: none of ours. */
static GKeyFile *
note_read(const char *path)
{
	g_autoptr(GKeyFile) keys = g_key_file_new();
	const int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	char text[NOTE_MAX];
	struct stat st;
	ssize_t n = -1;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid())
		n = read(fd, text, sizeof(text));
	close(fd);
	if (n <= 0 || !g_key_file_load_from_data(keys, text, (gsize)n, G_KEY_FILE_NONE, NULL))
		return NULL;
	return g_steal_pointer(&keys);
}

static char *
note_word(GKeyFile *keys, const char *key)
{
	char *word = g_key_file_get_string(keys, SECTION, key, NULL);

	return word != NULL ? word : g_strdup("?");
}

/* --- ending them --------------------------------------------------------------------------- */

static void leftover_look(void *data);

static void
leftover_free(void *data)
{
	struct leftover *l = data;

	if (l->timer_set)
		qb_loop_timer_del(l->all->loop, l->timer);
	g_free(l->op);
	g_free(l->group);
	g_free(l->resource);
	g_free(l->path);
	g_free(l);
}

static bool
leftover_lives(const struct leftover *l)
{
	struct process p;

	if (process_look(l->pid, &p) && p.started != l->started)
		return false;
	/* What it had started in its group must end with it, once it was told to. */
	if (l->signo != 0)
		return group_lives(l->pid);
	return process_look(l->pid, &p) && process_lives(&p);
}

static void
leftover_again(struct leftover *l)
{
	const struct span rest =
	    span_from_ms(l->state == LEFTOVER_STUCK ? LOOK_STUCK_MS : LOOK_MS);

	l->timer_set = qb_loop_timer_add(l->all->loop, QB_LOOP_MED, (uint64_t)rest.ns, l, leftover_look,
			   &l->timer) == 0;
}

static void
leftover_gone(struct leftover *l)
{
	struct leftovers *all = l->all;

	log_about(l->group, TRACE_INFO, "%s: the %s that an earlier heartbeat left (process %ld) has ended",
	    l->resource, l->op, (long)l->pid);
	unlink(l->path);
	g_ptr_array_remove_fast(all->present, l);
	all->changed(all->arg);
}

static void
leftover_signal(struct leftover *l, int signo, int64_t next_ms)
{
	l->signo = signo;
	l->next = moment_add(clock_read().now, span_from_ms(next_ms));
	kill(-l->pid, signo);
	/* One that was stopped by hand could not act on it. */
	kill(-l->pid, SIGCONT);
}

static void
leftover_press(struct leftover *l)
{
	if (l->signo == 0) {
		log_about(l->group, TRACE_WARNING,
		    "%s: the %s that an earlier heartbeat left (process %ld) still runs: ending it",
		    l->resource, l->op, (long)l->pid);
		leftover_signal(l, SIGTERM, CHILD_KILL_AFTER_MS);
	} else if (l->signo == SIGTERM) {
		leftover_signal(l, SIGKILL, CHILD_GIVE_UP_AFTER_MS);
	} else {
		l->state = LEFTOVER_STUCK;
		log_about(l->group, TRACE_ERROR,
		    "%s: the %s that an earlier heartbeat left (process %ld) was killed, and is still there:"
		    " is a disk or a server it waits for dead? Until it ends, %s counts as running here",
		    l->resource, l->op, (long)l->pid, l->group);
		l->all->changed(l->all->arg);
	}
}

static void
leftover_look(void *data)
{
	struct leftover *l = data;

	l->timer_set = false;
	if (!leftover_lives(l)) {
		leftover_gone(l);
		leftover_free(l);
		return;
	}
	if (l->state == LEFTOVER_ENDING && moment_reached(clock_read().now, l->next))
		leftover_press(l);
	leftover_again(l);
}

static void
leftover_take(struct leftovers *all, const char *path, GKeyFile *keys, struct span patience)
{
	struct leftover *l = g_new0(struct leftover, 1);
	const bool waits_only = g_key_file_get_boolean(keys, SECTION, "waits_only", NULL);
	const gint64 pid = g_key_file_get_int64(keys, SECTION, "pid", NULL);

	l->all = all;
	l->pid = pid > 1 && pid <= INT32_MAX ? (pid_t)pid : 0;
	l->started = g_key_file_get_uint64(keys, SECTION, "started", NULL);
	l->op = note_word(keys, "op");
	l->group = note_word(keys, "group");
	l->resource = note_word(keys, "resource");
	l->path = g_strdup(path);
	l->state = LEFTOVER_ENDING;
	l->next = clock_read().now;
	if (l->pid == 0 || getpgid(l->pid) != l->pid || !leftover_lives(l)) {
		unlink(path);
		leftover_free(l);
		return;
	}
	g_ptr_array_add(all->present, l);
	if (waits_only) {
		l->next = moment_add(l->next, patience);
		log_about(l->group, TRACE_WARNING,
		    "%s: the %s that an earlier heartbeat left (process %ld) still runs: waiting for it",
		    l->resource, l->op, (long)l->pid);
	} else {
		leftover_press(l);
	}
	leftover_again(l);
}

struct leftovers *
leftovers_new(qb_loop_t *loop, const char *dir, struct span patience, leftover_changed_fn *changed,
    void *arg)
{
	struct leftovers *all = g_new0(struct leftovers, 1);
	g_autoptr(GDir) notes = g_dir_open(dir, 0, NULL);
	const char *name;

	all->loop = loop;
	all->changed = changed;
	all->arg = arg;
	all->present = g_ptr_array_new();
	while (notes != NULL && (name = g_dir_read_name(notes)) != NULL) {
		g_autofree char *path = g_build_filename(dir, name, NULL);
		g_autoptr(GKeyFile) keys = note_read(path);

		if (keys != NULL)
			leftover_take(all, path, keys, patience);
		else
			unlink(path);
	}
	return all;
}

void
leftovers_free(struct leftovers *all)
{
	if (all == NULL)
		return;
	g_ptr_array_set_free_func(all->present, leftover_free);
	g_ptr_array_free(all->present, TRUE);
	g_free(all);
}

enum leftover_state
leftovers_state(const struct leftovers *all, const char *group, const char *resource)
{
	enum leftover_state worst = LEFTOVER_NONE;

	for (guint i = 0; all != NULL && i < all->present->len; i++) {
		const struct leftover *l = g_ptr_array_index(all->present, i);

		if (strcmp(l->group, group) == 0 || g_strcmp0(l->resource, resource) == 0)
			worst = MAX(worst, l->state);
	}
	return worst;
}

GArray *
leftovers_processes(const struct leftovers *all)
{
	GArray *processes = g_array_new(FALSE, FALSE, sizeof(pid_t));

	for (guint i = 0; all != NULL && i < all->present->len; i++) {
		const struct leftover *l = g_ptr_array_index(all->present, i);

		g_array_append_val(processes, l->pid);
	}
	return processes;
}
