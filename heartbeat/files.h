/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The configuration files, read whole, with what the parser wants to know about them.
 */
#ifndef HB_FILES_H
#define HB_FILES_H

#include <glib.h>
#include <stdbool.h>

#include "conf/conf.h"
#include "keep/handoff.h"

/* No configuration file is larger: what is, is not one. */
#define FILES_SIZE_MAX (256 * 1024)

struct files {
	char *hacf_path, *haresources_path, *authkeys_path;
	char *hacf, *haresources, *authkeys;	/* NULL: absent */
	unsigned authkeys_mode;
	bool authkeys_owner_ok;
	char *node_name;	/* first line of nodeinfo, else uname -n; as written */
	bool denied;	/* something could not be read for want of permission */
};

/*
 * Read the files of a directory (ha.cf, haresources, authkeys, nodeinfo).
 *
 * Errors: a file that is there and cannot be read adds a fault; one that is absent does
 *         not: the parser says what it means.
 * Owns:   the caller's (files_free).
 */
struct files *files_read(const char *directory, GPtrArray *faults);
void files_free(struct files *f);

/* The texts to and from what one master hands to the next; directory as in files_read(). */
void files_hand_over(const struct files *f, struct handoff *h);
struct files *files_handed_over(const char *directory, const struct handoff *h);

/* The same as the parser wants it; borrowed from f. */
struct conf_text files_text(const struct files *f);

/* Do both hold the same texts? */
bool files_equal(const struct files *a, const struct files *b);

/* Append a fault with printf text. */
void files_fault(GPtrArray *faults, const char *file, unsigned line, bool is_error,
    const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Is there a fault among them that is an error? */
bool files_faulty(const GPtrArray *faults);

#endif
