/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "proto/envelope.h"

/* Exactly 15 columns and a newline: 3.0.6 reads and writes the same file. */
#define GENERATION_SIZE 16

#define COPY_PIECE ((size_t)64 * 1024)

static int
write_all(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len > 0) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		at += n;
		len -= (size_t)n;
	}
	return 0;
}

static int
write_whole(int fd, const void *bytes, size_t len)
{
	int err = write_all(fd, bytes, len);

	if (err < 0)
		return err;
	return fsync(fd) < 0 ? -errno : 0;
}

static int
sync_directory(const char *directory)
{
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (fsync(fd) < 0)
		err = -errno;
	close(fd);
	return err;
}

/* Either the old content or the new one is found after a crash, never half of it. */
static int
replace_file(const char *directory, const char *name, const void *bytes, size_t len)
{
	g_autofree char *path = g_build_filename(directory, name, NULL);
	g_autofree char *fresh = g_strconcat(path, ".new", NULL);
	int fd, err;

	if (g_mkdir_with_parents(directory, 0755) < 0)
		return -errno;
	fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_SYNC | O_NOFOLLOW, 0644);
	if (fd < 0)
		return -errno;
	err = write_whole(fd, bytes, len);
	if (close(fd) < 0 && err == 0)
		err = -errno;
	if (err == 0 && rename(fresh, path) < 0)
		err = -errno;
	if (err < 0) {
		unlink(fresh);
		return err;
	}
	return sync_directory(directory);
}

static bool
read_generation(const char *directory, uint64_t *out)
{
	g_autofree char *path = g_build_filename(directory, "hb_generation", NULL);
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return false;
	/* The next one must be one, too. */
	return text_to_u64(g_strstrip(text), 1, GENERATION_MAX - 2, out);
}

int
store_generation_next(const char *directory, bool by_time, int64_t wall_s, uint64_t above,
    uint64_t *out, bool *started_over)
{
	char text[GENERATION_SIZE + 1];
	uint64_t previous, next;
	bool found = read_generation(directory, &previous);

	*started_over = !found && !by_time;
	if (!found)
		previous = by_time ? 0 : (uint64_t)wall_s;
	next = MAX(previous, above) + 1;
	if (by_time)
		next = MAX(next, (uint64_t)wall_s);
	*out = next;
	g_snprintf(text, sizeof(text), "%15" PRIu64 "\n", next);
	return replace_file(directory, "hb_generation", text, GENERATION_SIZE);
}

int
store_uuid(const char *directory, unsigned char out[STORE_UUID_SIZE], bool *made)
{
	g_autofree char *path = g_build_filename(directory, "hb_uuid", NULL);
	g_autofree char *bytes = NULL;
	unsigned char fresh[STORE_UUID_SIZE];
	gsize len = 0;
	int err;

	*made = false;
	if (g_file_get_contents(path, &bytes, &len, NULL) && len == STORE_UUID_SIZE) {
		memcpy(out, bytes, STORE_UUID_SIZE);
		return 0;
	}
	if (getrandom(fresh, sizeof(fresh), 0) != (ssize_t)sizeof(fresh))
		return -EIO;
	/* Version 4, variant 1, as libuuid makes them. */
	fresh[6] = (unsigned char)((fresh[6] & 0x0f) | 0x40);
	fresh[8] = (unsigned char)((fresh[8] & 0x3f) | 0x80);
	err = replace_file(directory, "hb_uuid", fresh, sizeof(fresh));
	if (err < 0)
		return err;
	memcpy(out, fresh, STORE_UUID_SIZE);
	*made = true;
	return 0;
}

void
store_uuid_of_name(const char *name, unsigned char out[STORE_UUID_SIZE])
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	guint8 digest[32];
	gsize len = sizeof(digest);

	g_checksum_update(sum, (const guchar *)name, -1);
	g_checksum_get_digest(sum, digest, &len);
	memcpy(out, digest, STORE_UUID_SIZE);
}

/* All of a file in memory. Errors: -errno. */
static int
copy_whole(int from, int to, size_t size_max)
{
	g_autofree char *piece = g_malloc(COPY_PIECE);
	size_t done = 0;

	while (done < size_max) {
		ssize_t n = pread(from, piece, MIN(size_max - done, COPY_PIECE), (off_t)done);
		int err;

		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		err = write_all(to, piece, (size_t)n);
		if (err < 0)
			return err;
		done += (size_t)n;
	}
	return done > 0 ? 0 : -ENODATA;
}

static char *
record_path(const char *directory, unsigned number)
{
	g_autofree char *name = g_strdup_printf(STORE_RECORD ".%u", number);

	return g_build_filename(directory, name, NULL);
}

int
store_record(const char *directory, int fd, size_t size_max)
{
	g_autofree char *fresh = g_build_filename(directory, STORE_RECORD ".new", NULL);
	g_autofree char *newest = record_path(directory, 1);
	int to, err;

	if (g_mkdir_with_parents(directory, 0755) < 0)
		return -errno;
	unlink(fresh);
	to = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (to < 0)
		return -errno;
	err = copy_whole(fd, to, size_max);
	if (close(to) < 0 && err == 0)
		err = -errno;
	if (err < 0) {
		unlink(fresh);
		return err;
	}
	for (unsigned i = STORE_RECORDS_MAX; i > 1; i--) {
		g_autofree char *older = record_path(directory, i);
		g_autofree char *newer = record_path(directory, i - 1);

		/* Where there are fewer there is nothing to move. */
		if (rename(newer, older) < 0 && errno != ENOENT)
			return -errno;
	}
	return rename(fresh, newest) < 0 ? -errno : 0;
}
