/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "preflight.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <net/if.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "address_words.h"
#include "base/text.h"
#include "capabilities.h"
#include "conf/fault.h"
#include "machine.h"
#include "old_path.h"
#include "pidfile.h"
#include "privs.h"
#include "script.h"
#include "script_owner.h"
#include "users.h"

/* Is there no such interface? Then *nearest is one that may be meant, or NULL; the caller's. */
static bool
interface_is_missing(const char *name, char **nearest)
{
	g_autofree const char **names = NULL;
	struct if_nameindex *all;
	size_t n = 0;

	if (if_nametoindex(name) != 0)
		return false;
	all = if_nameindex();
	while (all != NULL && all[n].if_index != 0)
		n++;
	names = g_new0(const char *, n + 1);
	for (size_t i = 0; i < n; i++)
		names[i] = all[i].if_name;
	*nearest = g_strdup(text_nearest(name, names, n));
	if_freenameindex(all);
	return true;
}

static void
interface_hint(GPtrArray *faults, const char *path, unsigned line, const char *what,
    const char *name, const char *until_then)
{
	g_autofree char *nearest = NULL;

	if (interface_is_missing(name, &nearest))
		files_fault(faults, path, line, false,
		    "%s: there is no interface %s%s%s%s (`ip link` lists them)%s", what, name,
		    nearest != NULL ? ": did you mean " : "", nearest != NULL ? nearest : "",
		    nearest != NULL ? "?" : "", until_then);
}

/* An interface may come later than we do; a group that needs it until then cannot start. */
static void
check_addresses(const struct conf *c, const char *path, GPtrArray *faults)
{
	for (unsigned g = 0; g < c->group_count; g++) {
		for (unsigned r = 0; r < c->groups[g].resource_count; r++) {
			const struct conf_resource *res = &c->groups[g].resources[r];
			struct address_words words;
			g_autofree char *why = NULL;

			if (res->kind == RESOURCE_ADDRESS &&
			    address_words_read(res->script, res->args, &words, &why) &&
			    words.interface[0] != '\0')
				interface_hint(
				    faults, path, c->groups[g].line, res->text, words.interface, "");
		}
	}
}

static void
check_serial(const struct conf_medium *m, const char *path, GPtrArray *faults)
{
	int fd = open(m->device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	/* A line may be plugged in later. */
	if (fd < 0)
		files_fault(faults, path, m->line, errno != ENOENT && errno != ENXIO && errno != ENODEV &&
			errno != EIO,
		    "serial %s: %s: name a serial line of this machine (`dmesg | grep tty` lists them), "
		    "or take this line out; this path is down until there is one", m->device,
		    g_strerror(errno));
	else if (!isatty(fd))
		files_fault(faults, path, m->line, true, "serial %s: this is not a serial line",
		    m->device);
	if (fd >= 0)
		close(fd);
}

static void
check_media(const struct conf *c, const char *path, GPtrArray *faults)
{
	for (unsigned i = 0; i < c->media_count; i++) {
		const struct conf_medium *m = &c->media[i];

		if (m->kind == MEDIUM_SERIAL)
			check_serial(m, path, faults);
		else if (m->device != NULL)
			interface_hint(faults, path, m->line, medium_kind_name(m->kind), m->device,
			    "; this path is down until there is one");
	}
}

static void
check_clients(const struct conf *c, const char *path, GPtrArray *faults)
{
	for (unsigned i = 0; i < c->client_count; i++) {
		const struct conf_client *client = &c->clients[i];
		g_autofree char *command = old_path_command(client->command);
		const char *instead;
		struct stat status;

		command[strcspn(command, " \t")] = '\0';
		instead = old_path_replacement(command);
		if (getpwnam(client->user) == NULL)
			files_fault(faults, path, client->line, true,
			    "respawn: there is no user %s on this machine", client->user);
		if (instead != NULL)
			files_fault(faults, path, client->line, access(command, X_OK) < 0,
			    "respawn: %s is not part of this version: %s", command, instead);
		else if (stat(command, &status) < 0)
			files_fault(faults, path, client->line, true, "respawn: %s: %s", command,
			    g_strerror(errno));
		else if (!S_ISREG(status.st_mode) || (status.st_mode & 0111) == 0)
			files_fault(faults, path, client->line, true,
			    "respawn: %s is not a program (chmod +x?)", command);
	}
}

static bool
is_number(const char *word)
{
	return word[strspn(word, "0123456789")] == '\0';
}

/* The engine reads the files, and may know another name of that number, or none. */
static void
hint_at_number(const struct conf_apiauth *a, const char *path, const char *what,
    const char *name, unsigned number, const char *in_file, GPtrArray *faults)
{
	if (g_strcmp0(name, in_file) != 0)
		files_fault(faults, path, a->line, false,
		    "apiauth %s: the daemon, which asks no name service, has another name for %s %s: write its number, %u",
		    a->service, what, name, number);
}

static void
check_apiauth_names(const struct conf_apiauth *a, const struct users *users, const char *path,
    GPtrArray *faults)
{
	for (char **name = a->uids; *name != NULL; name++) {
		const struct passwd *p = is_number(*name) ? NULL : getpwnam(*name);
		g_autofree char *in_file = p != NULL ? users_name(users, p->pw_uid) : NULL;

		if (p != NULL)
			hint_at_number(a, path, "user", *name, p->pw_uid, in_file, faults);
		else if (!is_number(*name))
			files_fault(faults, path, a->line, true,
			    "apiauth %s: there is no user %s on this machine", a->service, *name);
	}
	for (char **name = a->gids; *name != NULL; name++) {
		const struct group *g = is_number(*name) ? NULL : getgrnam(*name);
		g_autofree char *in_file = g != NULL ? users_group_name(users, g->gr_gid) : NULL;

		if (g != NULL)
			hint_at_number(a, path, "group", *name, g->gr_gid, in_file, faults);
		else if (!is_number(*name))
			files_fault(faults, path, a->line, true,
			    "apiauth %s: there is no group %s on this machine", a->service, *name);
	}
}

static void
check_apiauth(const struct conf *c, const char *path, GPtrArray *faults)
{
	struct users *users = users_new("/etc/passwd", "/etc/group");

	for (unsigned i = 0; i < c->apiauth_count; i++) {
		/* check_user() sees to what is built in. */
		if (c->apiauth[i].line != 0)
			check_apiauth_names(&c->apiauth[i], users, path, faults);
	}
	users_free(users);
}

static void
check_user(const char *path, GPtrArray *faults)
{
	if (getgrnam(PRIVS_GROUP) == NULL)
		files_fault(faults, path, 0, true,
		    "there is no group " PRIVS_GROUP " on this machine: addgroup --system " PRIVS_GROUP);
	if (getpwnam(PRIVS_USER) == NULL)
		files_fault(faults, path, 0, true,
		    "there is no user " PRIVS_USER " on this machine: adduser --system --no-create-home"
		    " --home /var/lib/heartbeat --ingroup " PRIVS_GROUP " " PRIVS_USER);
}

/* A service that does not start because its log cannot be written would serve nobody. */
static void
check_log_file(const char *directive, const char *file, const char *path, GPtrArray *faults)
{
	g_autofree char *directory = NULL;
	struct stat status;

	if (file == NULL)
		return;
	directory = g_path_get_dirname(file);
	if (!g_path_is_absolute(file))
		files_fault(faults, path, 0, true, "%s %s: a full path is needed", directive, file);
	else if (stat(file, &status) == 0 && S_ISDIR(status.st_mode))
		files_fault(faults, path, 0, true, "%s %s: this is a directory", directive, file);
	else if (stat(directory, &status) < 0)
		files_fault(faults, path, 0, false,
		    "%s %s: there is no directory %s: nothing is written there until it is made",
		    directive, file, directory);
	else if (geteuid() == 0 && access(access(file, F_OK) == 0 ? file : directory, W_OK) < 0)
		files_fault(faults, path, 0, false, "%s %s: cannot be written: %s", directive, file,
		    g_strerror(errno));
}

/* What the package resource-agents leaves behind when it goes, and private scripts source. */
static void
check_shellfuncs(GPtrArray *faults)
{
	static const char path[] = HB_HADIR "/shellfuncs", ours[] = HB_SHAREDIR "/shellfuncs";
	static const char needed[] = "/usr/lib/ocf/lib/heartbeat/ocf-shellfuncs";

	if (access(needed, R_OK) < 0 &&
	    script_owner(path, "shellfuncs", ours) == SCRIPT_OWNER_OLD)
		files_fault(faults, path, 0, false,
		    "scripts that source this file fail, because %s is gone: ln -sf %s %s", needed,
		    ours, path);
}

/* Not one that is just starting, nor the number that a dead one left. Where it cannot be told, what is found on
 * the machine may be its work. */
static bool
daemon_runs(void)
{
	pid_t pid;
	const enum pidfile_state state = pidfile_look(HB_PIDFILE, &pid);

	return state == PIDFILE_UNKNOWN ||
	    (state == PIDFILE_HELD && pid > 0 && (kill(pid, 0) == 0 || errno == EPERM));
}

struct conf *
preflight(const struct files *f, GPtrArray *faults)
{
	const struct conf_text text = files_text(f);
	bool usable;
	struct conf *c = conf_parse_partly(&text, faults, &usable);

	/* All faults in one go: what is wrong on this machine, also where the text is. */
	check_user(f->hacf_path, faults);
	script_check(c, f->haresources_path, faults);
	check_media(c, f->hacf_path, faults);
	check_addresses(c, f->haresources_path, faults);
	check_clients(c, f->hacf_path, faults);
	check_shellfuncs(faults);
	check_apiauth(c, f->hacf_path, faults);
	check_log_file("logfile", c->logfile, f->hacf_path, faults);
	check_log_file("debugfile", c->debugfile, f->hacf_path, faults);
	capabilities_check(c, f->hacf_path, faults);
	machine_check(c, f, daemon_runs(), faults);
	faults_fold(faults);
	if (usable && !files_faulty(faults))
		return c;
	conf_free(c);
	return NULL;
}
