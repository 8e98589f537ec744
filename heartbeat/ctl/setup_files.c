/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "setup_files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <inttypes.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static const int deadly[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

char *
setup_files_there(const char *directory, const struct setup_file *files, size_t n)
{
	GString *all = g_string_new(NULL);

	for (size_t i = 0; i < n; i++) {
		g_autofree char *path = g_build_filename(directory, files[i].name, NULL);
		struct stat status;

		if (lstat(path, &status) == 0)
			g_string_append_printf(
			    all, "%s%s", all->len > 0 ? ", " : "", files[i].name);
	}
	return g_string_free(all, all->len == 0);
}

char *
setup_files_place_fault(const char *directory)
{
	g_autofree char *parent = g_path_get_dirname(directory);
	const bool there = access(directory, F_OK) == 0;
	const char *place = there ? directory : parent;

	if (there && !g_file_test(directory, G_FILE_TEST_IS_DIR))
		return g_strdup_printf("%s is not a directory", directory);
	if (access(place, W_OK | X_OK) == 0)
		return NULL;
	const int err = errno;
	return g_strdup_printf("no file can be made in %s: %s%s", place, g_strerror(err),
	    err == EACCES ? ": run this as root, or write elsewhere with --output DIR" : "");
}

/* --- one file under a name of its own ------------------------------------------------------- */

static int
write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		const ssize_t n = write(fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

static int
fill(int fd, const struct setup_file *f)
{
	int err = write_all(fd, f->text, strlen(f->text));

	/* Whatever the umask says. */
	if (err == 0 && fchmod(fd, f->mode) < 0)
		err = -errno;
	if (err == 0 && fsync(fd) < 0)
		err = -errno;
	if (close(fd) < 0 && err == 0)
		err = -errno;
	return err;
}

/* Errors: -errno; nothing is left then. Owns: *name is the caller's. */
static int
write_aside(int directory, const struct setup_file *f, char **name)
{
	uint64_t random;

	if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return -EIO;
	g_autofree char *aside = g_strdup_printf(".%s.%016" PRIx64, f->name, random);
	const int fd = openat(
	    directory, aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	const int err = fill(fd, f);
	if (err < 0)
		unlinkat(directory, aside, 0);
	else
		*name = g_steal_pointer(&aside);
	return err;
}

/* --- all of them ---------------------------------------------------------------------------- */

static bool
interrupted(void)
{
	sigset_t pending;

	sigpending(&pending);
	for (size_t i = 0; i < G_N_ELEMENTS(deadly); i++)
		if (sigismember(&pending, deadly[i]) == 1)
			return true;
	return false;
}

/* Under their real names, where nothing may be: a link does not replace. */
static int
put_in_place(int directory, const struct setup_file *files, char *const *aside, size_t n,
    size_t *failed)
{
	size_t done = 0;
	int err = 0;

	while (err == 0 && done < n) {
		if (interrupted())
			err = -EINTR;
		else if (linkat(directory, aside[done], directory, files[done].name, 0) < 0)
			err = -errno;
		else
			done++;
	}
	if (err == 0 && fsync(directory) < 0)
		err = -errno;
	if (err == 0 && interrupted())
		err = -EINTR;
	*failed = done < n ? done : n - 1;
	while (err != 0 && done > 0)
		unlinkat(directory, files[--done].name, 0);
	return err;
}

static int
write_into(int directory, const struct setup_file *files, size_t n, size_t *failed)
{
	g_autofree char **aside = g_new0(char *, n);
	int err = 0;

	for (*failed = 0; *failed < n; ++*failed) {
		err = write_aside(directory, &files[*failed], &aside[*failed]);
		if (err < 0)
			break;
	}
	if (err == 0)
		err = put_in_place(directory, files, aside, n, failed);
	for (size_t i = 0; i < n; i++) {
		if (aside[i] != NULL)
			unlinkat(directory, aside[i], 0);
		g_free(aside[i]);
	}
	return err;
}

static char *
sentence(const char *directory, const char *name, int err)
{
	if (err == -EINTR)
		return g_strdup("interrupted");
	if (err == -EEXIST)
		return g_strdup_printf(
		    "%s/%s has come to be there meanwhile, and stays as it is", directory, name);
	return g_strdup_printf(
	    "%s/%s cannot be written: %s", directory, name, g_strerror(-err));
}

static char *
write_blocked(const char *directory, const struct setup_file *files, size_t n)
{
	const bool made = mkdir(directory, 0755) == 0;
	const int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	size_t failed = 0;

	if (fd < 0)
		return g_strdup_printf("%s: %s", directory, g_strerror(errno));
	const int err = write_into(fd, files, n, &failed);
	close(fd);
	if (err < 0 && made)
		rmdir(directory);
	return err < 0 ? sentence(directory, files[failed].name, err) : NULL;
}

char *
setup_files_write(const char *directory, const struct setup_file *files, size_t n)
{
	sigset_t block, before;

	sigemptyset(&block);
	for (size_t i = 0; i < G_N_ELEMENTS(deadly); i++)
		sigaddset(&block, deadly[i]);
	sigprocmask(SIG_BLOCK, &block, &before);
	char *fault = write_blocked(directory, files, n);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return fault;
}
