/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "users.h"

#include <glib.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/stat.h>

struct user {
	char *name;
	uint32_t uid, gid;
};

struct group_entry {
	char *name;
	uint32_t gid;
	char **members;
};

struct users {
	char *passwd_path, *group_path;
	struct timespec passwd_changed, group_changed;
	GArray *users;	/* struct user */
	GArray *groups; /* struct group_entry */
};

static void
user_clear(void *data)
{
	g_free(((struct user *)data)->name);
}

static void
group_entry_clear(void *data)
{
	struct group_entry *g = data;

	g_free(g->name);
	g_strfreev(g->members);
}

static struct timespec
file_changed(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 ? s.st_mtim : (struct timespec){0};
}

static void
users_read(struct users *u)
{
	FILE *f = fopen(u->passwd_path, "re");
	struct passwd *p;
	struct group *g;

	g_array_set_size(u->users, 0);
	g_array_set_size(u->groups, 0);
	u->passwd_changed = file_changed(u->passwd_path);
	u->group_changed = file_changed(u->group_path);
	while (f != NULL && (p = fgetpwent(f)) != NULL) {
		struct user user = {g_strdup(p->pw_name), p->pw_uid, p->pw_gid};

		g_array_append_val(u->users, user);
	}
	if (f != NULL)
		fclose(f);

	f = fopen(u->group_path, "re");
	while (f != NULL && (g = fgetgrent(f)) != NULL) {
		struct group_entry entry = {
		    g_strdup(g->gr_name), g->gr_gid, g_strdupv(g->gr_mem)};

		g_array_append_val(u->groups, entry);
	}
	if (f != NULL)
		fclose(f);
}

struct users *
users_new(const char *passwd_path, const char *group_path)
{
	struct users *u = g_new0(struct users, 1);

	u->passwd_path = g_strdup(passwd_path);
	u->group_path = g_strdup(group_path);
	u->users = g_array_new(FALSE, FALSE, sizeof(struct user));
	g_array_set_clear_func(u->users, user_clear);
	u->groups = g_array_new(FALSE, FALSE, sizeof(struct group_entry));
	g_array_set_clear_func(u->groups, group_entry_clear);
	users_read(u);
	return u;
}

void
users_free(struct users *u)
{
	if (u == NULL)
		return;
	g_array_unref(u->users);
	g_array_unref(u->groups);
	g_free(u->passwd_path);
	g_free(u->group_path);
	g_free(u);
}

static bool
changed(const char *path, struct timespec then)
{
	struct timespec t = file_changed(path);

	return t.tv_sec != then.tv_sec || t.tv_nsec != then.tv_nsec;
}

void
users_refresh(struct users *u)
{
	if (changed(u->passwd_path, u->passwd_changed) ||
	    changed(u->group_path, u->group_changed))
		users_read(u);
}

static const struct user *
user_find(const struct users *u, uint32_t uid)
{
	for (unsigned i = 0; i < u->users->len; i++) {
		const struct user *user = &g_array_index(u->users, struct user, i);

		if (user->uid == uid)
			return user;
	}
	return NULL;
}

char *
users_name(const struct users *u, uint32_t uid)
{
	const struct user *user = user_find(u, uid);

	return user != NULL ? g_strdup(user->name) : g_strdup_printf("%u", uid);
}

/* Once each: the same group is often both given and listed. */
static void
names_add(GPtrArray *names, const char *name)
{
	for (unsigned i = 0; i < names->len; i++) {
		if (g_str_equal(g_ptr_array_index(names, i), name))
			return;
	}
	g_ptr_array_add(names, g_strdup(name));
}

char *
users_group_name(const struct users *u, uint32_t gid)
{
	for (unsigned i = 0; i < u->groups->len; i++) {
		const struct group_entry *g =
		    &g_array_index(u->groups, struct group_entry, i);

		if (g->gid == gid)
			return g_strdup(g->name);
	}
	return g_strdup_printf("%u", gid);
}

static void
names_add_gid(const struct users *u, GPtrArray *names, uint32_t gid)
{
	g_autofree char *name = users_group_name(u, gid);

	names_add(names, name);
}

char **
users_groups(const struct users *u, uint32_t uid, uint32_t gid)
{
	GPtrArray *names = g_ptr_array_new();
	const struct user *user = user_find(u, uid);

	names_add_gid(u, names, gid);
	if (user != NULL)
		names_add_gid(u, names, user->gid);
	for (unsigned i = 0; user != NULL && i < u->groups->len; i++) {
		const struct group_entry *g =
		    &g_array_index(u->groups, struct group_entry, i);

		if (g_strv_contains((const char *const *)g->members, user->name))
			names_add(names, g->name);
	}
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(names, FALSE);
}
