/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

void
files_fault(GPtrArray *faults, const char *file, unsigned line, bool is_error,
    const char *format, ...)
{
	struct fault *f = g_new0(struct fault, 1);
	va_list args;

	va_start(args, format);
	f->text = g_strdup_vprintf(format, args);
	va_end(args);
	f->file = g_strdup(file);
	f->line = line;
	f->is_error = is_error;
	g_ptr_array_add(faults, f);
}

bool
files_faulty(const GPtrArray *faults)
{
	for (guint i = 0; i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);

		if (f->is_error)
			return true;
	}
	return false;
}

/* The content of an open regular file, or NULL and -errno. */
static char *
read_descriptor(int fd, int *err)
{
	g_autofree char *text = g_malloc(FILES_SIZE_MAX + 1);
	size_t len = 0;

	while (len <= FILES_SIZE_MAX) {
		ssize_t n = read(fd, text + len, FILES_SIZE_MAX + 1 - len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			*err = -errno;
			return NULL;
		}
		if (n == 0) {
			text[len] = '\0';
			*err = 0;
			return g_steal_pointer(&text);
		}
		len += (size_t)n;
	}
	*err = -EFBIG;
	return NULL;
}

static char *
read_text(struct files *f, const char *path, struct stat *status, GPtrArray *faults)
{
	/* Not to wait for a FIFO that somebody put there. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char *text = NULL;
	int err = 0;

	if (fd < 0) {
		err = -errno;
	} else if (fstat(fd, status) < 0) {
		err = -errno;
	} else if (!S_ISREG(status->st_mode)) {
		err = -EINVAL;
	} else {
		text = read_descriptor(fd, &err);
	}
	if (fd >= 0)
		close(fd);
	if (err == -EACCES || err == -EPERM)
		f->denied = true;
	if (err == -EINVAL)
		files_fault(faults, path, 0, true,
		    "this is not an ordinary file: put a text file in its place");
	else if (err == -EFBIG)
		files_fault(faults, path, 0, true, "larger than %d KiB: this is no configuration file",
		    FILES_SIZE_MAX / 1024);
	else if (err < 0 && err != -ENOENT)
		files_fault(faults, path, 0, true, "cannot be read: %s%s", g_strerror(-err),
		    f->denied && geteuid() != 0 ? ": try again as root" : "");
	return text;
}

/* nodeinfo, where it is there, names the node instead of uname -n. */
static char *
read_node_name(struct files *f, const char *directory, GPtrArray *faults)
{
	g_autofree char *path = g_build_filename(directory, "nodeinfo", NULL);
	struct stat status;
	g_autofree char *text = read_text(f, path, &status, faults);
	struct utsname host;

	if (text != NULL) {
		text[strcspn(text, "\r\n")] = '\0';
		g_strstrip(text);
		if (text[0] != '\0')
			return g_steal_pointer(&text);
	}
	if (uname(&host) < 0)
		return g_strdup("localhost");
	return g_strdup(host.nodename);
}

static struct files *
files_new(const char *directory)
{
	struct files *f = g_new0(struct files, 1);

	f->hacf_path = g_build_filename(directory, "ha.cf", NULL);
	f->haresources_path = g_build_filename(directory, "haresources", NULL);
	f->authkeys_path = g_build_filename(directory, "authkeys", NULL);
	return f;
}

struct files *
files_read(const char *directory, GPtrArray *faults)
{
	struct files *f = files_new(directory);
	struct stat status = {0};

	f->hacf = read_text(f, f->hacf_path, &status, faults);
	f->haresources = read_text(f, f->haresources_path, &status, faults);
	f->authkeys = read_text(f, f->authkeys_path, &status, faults);
	if (f->authkeys != NULL) {
		f->authkeys_mode = (unsigned)status.st_mode & 07777;
		f->authkeys_owner_ok = status.st_uid == 0 || status.st_uid == geteuid();
	}
	f->node_name = read_node_name(f, directory, faults);
	return f;
}

void
files_free(struct files *f)
{
	if (f == NULL)
		return;
	if (f->authkeys != NULL)
		explicit_bzero(f->authkeys, strlen(f->authkeys));
	g_free(f->hacf);
	g_free(f->haresources);
	g_free(f->authkeys);
	g_free(f->hacf_path);
	g_free(f->haresources_path);
	g_free(f->authkeys_path);
	g_free(f->node_name);
	g_free(f);
}

void
files_hand_over(const struct files *f, struct handoff *h)
{
	h->hacf = g_strdup(f->hacf);
	h->haresources = g_strdup(f->haresources);
	h->authkeys = g_strdup(f->authkeys);
	h->authkeys_mode = f->authkeys_mode;
	h->authkeys_owner_ok = f->authkeys_owner_ok;
	h->node_name = g_strdup(f->node_name);
}

struct files *
files_handed_over(const char *directory, const struct handoff *h)
{
	struct files *f = files_new(directory);

	f->hacf = g_strdup(h->hacf);
	f->haresources = g_strdup(h->haresources);
	f->authkeys = g_strdup(h->authkeys);
	f->authkeys_mode = h->authkeys_mode;
	f->authkeys_owner_ok = h->authkeys_owner_ok;
	f->node_name = g_strdup(h->node_name);
	return f;
}

struct conf_text
files_text(const struct files *f)
{
	return (struct conf_text){
	    .hacf_path = f->hacf_path,
	    .hacf = f->hacf,
	    .haresources_path = f->haresources_path,
	    .haresources = f->haresources,
	    .authkeys_path = f->authkeys_path,
	    .authkeys = f->authkeys,
	    .authkeys_mode = f->authkeys_mode,
	    .authkeys_owner_ok = f->authkeys_owner_ok,
	    .node_name = f->node_name,
	};
}

bool
files_equal(const struct files *a, const struct files *b)
{
	return g_strcmp0(a->hacf, b->hacf) == 0 && g_strcmp0(a->haresources, b->haresources) == 0 &&
	    g_strcmp0(a->authkeys, b->authkeys) == 0 && g_strcmp0(a->node_name, b->node_name) == 0;
}
