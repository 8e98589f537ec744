/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The FIFO that scripts write messages to: made at the start, root's alone, removed at the end so
 * that nobody waits for a reader that does not come. The engine reads it; the master only
 * keeps it open, and looks at nothing in it.
 *
 * Source: compat commands.md section 9.
 */
#ifndef HB_FIFO_H
#define HB_FIFO_H

struct fifo {
	int keeper;	/* open for writing too, so that no reader finds an end; -1: none */
	int reading;	/* for the engines */
};

/*
 * Make it anew. What was written to an old one while nobody read it is gone: it was asked of
 * another life.
 *
 * Errors: -errno; both descriptors are -1 then.
 */
int fifo_make(const char *path, struct fifo *out);

/* Remove it, if it was made. */
void fifo_remove(const char *path, struct fifo *f);

#endif
