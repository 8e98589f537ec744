/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whose a file of /etc/ha.d is that has the name of one of ours. What an administrator wrote
 * counts, and what 3.0.6 left behind does not.
 */
#ifndef HB_SCRIPT_OWNER_H
#define HB_SCRIPT_OWNER_H

enum script_owner {
	SCRIPT_OWNER_NONE,	/* there is no such file */
	SCRIPT_OWNER_HEARTBEAT,	/* a link to ours, or a copy */
	SCRIPT_OWNER_OLD,	/* as 3.0.6 or its companions shipped it: old_script_known() */
	SCRIPT_OWNER_ADMIN,	/* anything else, also what cannot be read */
};

/* Whose is the file at path? name: what it is called; ours: the path of our own, which need not
 * exist. */
enum script_owner script_owner(const char *path, const char *name, const char *ours);

/*
 * The same, as it was when first asked after script_owner_renew(): addresses are set and given up
 * also while the disk does not answer.
 */
enum script_owner script_owner_kept(const char *path, const char *name, const char *ours);
void script_owner_renew(void);

#endif
