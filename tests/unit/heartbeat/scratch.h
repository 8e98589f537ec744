/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A directory of its own for a test that needs files. Include cmocka first.
 */
#ifndef HB_TEST_SCRATCH_H
#define HB_TEST_SCRATCH_H

#include <glib.h>
#include <glib/gstdio.h>

static inline int
scratch_new(void **state)
{
	*state = g_dir_make_tmp("hb-test-XXXXXX", NULL);
	return *state == NULL;
}

/* With what is below it; links are not followed. */
static inline void
scratch_remove(const char *path)
{
	GDir *d = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
	const char *name;

	while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
		g_autofree char *below = g_build_filename(path, name, NULL);

		scratch_remove(below);
	}
	if (d != NULL)
		g_dir_close(d);
	g_remove(path);
}

static inline int
scratch_free(void **state)
{
	scratch_remove(*state);
	g_free(*state);
	return 0;
}

static inline char *
scratch_file(void **state, const char *name, const char *content)
{
	char *path = g_build_filename(*state, name, NULL);

	if (content != NULL)
		assert_true(g_file_set_contents(path, content, -1, NULL));
	return path;
}

#endif
