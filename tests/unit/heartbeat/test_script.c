/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <ftw.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "script_owner.h"
#include "script_search.h"
#include "unit.h"

/* A small machine of its own in a temporary directory. */
struct machine {
	char *root;
	char *dirs[3], *units[2], *systemctl, *ocf, *instances;
	struct script_search where;
	const char *script_dirs[4], *unit_dirs[3], *systemctls[2];
	struct conf conf;
};

static char *nodes[] = {(char *)"web1", (char *)"web2", NULL};
static char *parameters[] = {(char *)"deadtime", (char *)"30", (char *)"keepalive",
    (char *)"1", (char *)"bad name", (char *)"x", NULL};
static char *environment[] = {(char *)"SITE=north", (char *)"CURHOST=liar", NULL};

static void
put(const char *dir, const char *name, int mode)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autofree char *parent = g_path_get_dirname(path);

	assert_int_equal(g_mkdir_with_parents(parent, 0755), 0);
	assert_true(g_file_set_contents(path, "#!/bin/sh\n", -1, NULL));
	assert_int_equal(g_chmod(path, mode), 0);
}

static void
put_link(const char *dir, const char *name, const char *target)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	assert_int_equal(symlink(target, path), 0);
}

static char *
make_dir(const struct machine *m, const char *name)
{
	char *path = g_build_filename(m->root, name, NULL);

	assert_int_equal(g_mkdir_with_parents(path, 0755), 0);
	return path;
}

static int
setup(void **state)
{
	struct machine *m = g_new0(struct machine, 1);

	m->root = g_dir_make_tmp("test_script.XXXXXX", NULL);
	assert_non_null(m->root);
	m->dirs[0] = make_dir(m, "ha.d/resource.d");
	m->dirs[1] = make_dir(m, "ours/resource.d");
	m->dirs[2] = make_dir(m, "init.d");
	m->units[0] = make_dir(m, "etc/units");
	m->units[1] = make_dir(m, "lib/units");
	m->systemctl = g_build_filename(m->root, "systemctl", NULL);
	m->ocf = make_dir(m, "ocf");
	m->instances = make_dir(m, "conf/OCF");
	put(m->root, "systemctl", 0755);
	for (int i = 0; i < 3; i++)
		m->script_dirs[i] = m->dirs[i];
	for (int i = 0; i < 2; i++)
		m->unit_dirs[i] = m->units[i];
	m->systemctls[0] = m->systemctl;
	m->where = (struct script_search){
	    m->script_dirs, m->unit_dirs, m->systemctls, m->ocf, m->instances};
	m->conf.nodes = nodes;
	m->conf.node_count = 2;
	m->conf.parameters = parameters;
	m->conf.environment = environment;
	m->conf.auto_failback = FAILBACK_ON;
	*state = m;
	return 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int
teardown(void **state)
{
	struct machine *m = *state;

	nftw(m->root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	for (int i = 0; i < 3; i++)
		g_free(m->dirs[i]);
	for (int i = 0; i < 2; i++)
		g_free(m->units[i]);
	g_free(m->systemctl);
	g_free(m->ocf);
	g_free(m->instances);
	g_free(m->root);
	g_free(m);
	return 0;
}

/* "heartbeat ROOT/init.d/x a start", with ROOT for the machine's own directory. */
static char *
call_text(const struct machine *m, const struct script_call *call)
{
	static const char *const agents[] = {
	    "heartbeat", "native", "ocf", "systemd", "none"};
	g_autofree char *argv = call->argv != NULL ? g_strjoinv(" ", call->argv) : NULL;
	g_autofree char *line =
	    g_strdup_printf("%s%s%s%s", agents[call->agent], argv != NULL ? " " : "",
		argv != NULL ? argv : "", call->by_alias ? " ALIAS" : "");
	g_auto(GStrv) pieces = g_strsplit(line, m->root, -1);

	return g_strjoinv("ROOT", pieces);
}

static char *
find(const struct machine *m, enum resource_kind kind, const char *script, const char *args,
    enum resource_op op)
{
	g_auto(GStrv) words = args != NULL ? g_strsplit(args, " ", -1) : g_new0(char *, 1);
	const struct conf_resource r = {
	    .kind = kind, .script = (char *)script, .args = words};
	struct script_call call;
	char *why = NULL;

	if (script_search(&m->where, &m->conf, &r, op, &call, &why) < 0) {
		assert_null(call.argv);
		assert_null(call.environment);
		g_auto(GStrv) pieces = g_strsplit(why, m->root, -1);
		g_free(why);
		return g_strjoinv("ROOT", pieces);
	}
	assert_null(why);
	char *text = call_text(m, &call);
	script_call_clear(&call);
	return text;
}

static void
expect_find(const struct machine *m, const char *script, const char *args,
    enum resource_op op, const char *expect)
{
	g_autofree char *got = find(m, RESOURCE_SCRIPT, script, args, op);

	assert_string_equal(got, expect);
}

static void
expect_fault(const struct machine *m, enum resource_kind kind, const char *script,
    const char *args, const char *expect)
{
	g_autofree char *got = find(m, kind, script, args, OP_START);

	if (strstr(got, expect) == NULL)
		fail_msg("%s: %s", script, got);
}

static void
the_first_directory_counts(void **state)
{
	struct machine *m = *state;

	put(m->dirs[2], "web", 0755);
	put(m->units[1], "web.service", 0644);
	expect_find(m, "web", NULL, OP_START, "heartbeat ROOT/init.d/web start");
	put(m->dirs[1], "web", 0755);
	expect_find(m, "web", NULL, OP_START, "heartbeat ROOT/ours/resource.d/web start");
	put(m->dirs[0], "web", 0755);
	expect_find(m, "web", NULL, OP_START, "heartbeat ROOT/ha.d/resource.d/web start");
}

static void
the_action_is_the_last_word(void **state)
{
	struct machine *m = *state;

	put(m->dirs[1], "Filesystem", 0755);
	expect_find(m, "Filesystem", "/dev/drbd0 /data ext3", OP_STOP,
	    "heartbeat ROOT/ours/resource.d/Filesystem /dev/drbd0 /data ext3 stop");
	expect_find(m, "Filesystem", NULL, OP_STATUS,
	    "heartbeat ROOT/ours/resource.d/Filesystem status");
}

static void
units_are_found_by_name(void **state)
{
	struct machine *m = *state;

	put(m->units[1], "web.service", 0644);
	expect_find(m, "web", NULL, OP_START, "systemd ROOT/systemctl start web.service");
	expect_find(m, "web", NULL, OP_STOP, "systemd ROOT/systemctl stop web.service");
	expect_find(
	    m, "web", NULL, OP_STATUS, "systemd ROOT/systemctl is-active web.service");
	expect_find(m, "web", "/etc/web.conf", OP_START,
	    "systemd ROOT/systemctl start web.service ALIAS");
	put(m->units[1], "vpn@.service", 0644);
	expect_find(
	    m, "vpn@work", NULL, OP_START, "systemd ROOT/systemctl start vpn@work.service");
}

static void
units_are_found_by_alias(void **state)
{
	struct machine *m = *state;

	put(m->units[1], "mariadb.service", 0644);
	put(m->units[1], "apache2.service", 0644);
	expect_find(m, "mysqld", NULL, OP_START,
	    "systemd ROOT/systemctl start mariadb.service ALIAS");
	expect_find(m, "httpd", NULL, OP_START,
	    "systemd ROOT/systemctl start apache2.service ALIAS");
	put_link(m->units[0], "mysql.service", "../../lib/units/mariadb.service");
	expect_find(
	    m, "mysql", NULL, OP_STOP, "systemd ROOT/systemctl stop mariadb.service ALIAS");
}

static void
init_scripts_have_units(void **state)
{
	struct machine *m = *state;
	const char *const init_dirs[] = {m->dirs[2], NULL};
	g_autofree char *script = g_build_filename(m->dirs[2], "httpd", NULL);
	g_autofree char *link = g_build_filename(m->dirs[0], "web", NULL);
	g_autofree char *other = g_build_filename(m->dirs[0], "other", NULL);

	put(m->dirs[2], "httpd", 0755);
	put(m->dirs[0], "other", 0755);
	put_link(m->dirs[0], "web", "../../init.d/httpd");
	g_autofree char *name = unit_init_script(init_dirs, script);
	assert_string_equal(name, "httpd");
	g_autofree char *linked = unit_init_script(init_dirs, link);
	assert_string_equal(linked, "httpd");
	assert_null(unit_init_script(init_dirs, other));
	assert_null(unit_init_script(init_dirs, "/nonexistent"));

	put(m->units[1], "mariadb.service", 0644);
	put_link(m->units[0], "mysql.service", "../../lib/units/mariadb.service");
	g_autofree char *unit = unit_of_script(m->unit_dirs, "mysql.sh");
	assert_string_equal(unit, "mariadb.service");
	assert_null(unit_of_script(m->unit_dirs, "httpd"));
}

static void
a_masked_unit_is_none(void **state)
{
	struct machine *m = *state;

	put(m->units[1], "web.service", 0644);
	put_link(m->units[0], "web.service", "/dev/null");
	expect_fault(m, RESOURCE_SCRIPT, "web", NULL, "web.service is masked (systemctl unmask web)");
}

/* The how-to's link resource.d/mysqld where there is no such init script any more. */
static void
a_dangling_link_falls_through_to_the_unit(void **state)
{
	struct machine *m = *state;
	const struct conf_resource r = {
	    .kind = RESOURCE_SCRIPT, .script = (char *)"mysqld", .args = (char *[]){NULL}};
	struct script_call call;
	char *why;

	put_link(m->dirs[0], "mysqld", "/nowhere/init.d/mysqld");
	expect_fault(m, RESOURCE_SCRIPT, "mysqld", NULL,
	    "ROOT/ha.d/resource.d/mysqld is a link to /nowhere/init.d/mysqld,"
	    " which does not exist");
	put_link(m->dirs[0], "round", "round");
	expect_fault(m, RESOURCE_SCRIPT, "round", NULL, "round is a link that leads back to itself");
	put(m->units[1], "mariadb.service", 0644);
	assert_int_equal(script_search(&m->where, &m->conf, &r, OP_START, &call, &why), 0);
	assert_true(call.by_alias);
	assert_non_null(strstr(call.found, "systemd unit mariadb.service (for mysqld; "));
	assert_non_null(strstr(call.found, "which does not exist)"));
	script_call_clear(&call);

	put_link(m->dirs[0], "database", "/nowhere/init.d/mysqld");
	expect_find(m, "database", NULL, OP_START,
	    "systemd ROOT/systemctl start mariadb.service ALIAS");
}

static void
faults_say_where_and_what(void **state)
{
	struct machine *m = *state;

	put(m->dirs[1], "drbddisk", 0755);
	put(m->dirs[1], "Filesystem", 0755);
	put(m->dirs[0], "private", 0644);
	put(m->units[1], "nginx.service", 0644);
	expect_fault(m, RESOURCE_SCRIPT, "datadiskdrbddisk", "r0",
	    "no resource script \"datadiskdrbddisk\": looked in ROOT/ha.d/resource.d, "
	    "ROOT/ours/resource.d, ROOT/init.d, and for a systemd unit; "
	    "did you mean drbddisk?");
	expect_fault(m, RESOURCE_SCRIPT, "LVM", "vg0",
	    "; 3.0.6 had it: now write 'ocf:heartbeat:LVM-activate::vgname=VG");
	expect_fault(m, RESOURCE_SCRIPT, "filesystm", NULL, "did you mean Filesystem?");
	expect_fault(m, RESOURCE_SCRIPT, "ngin", NULL, "did you mean nginx?");
	expect_fault(m, RESOURCE_SCRIPT, "private", NULL,
	    "; ROOT/ha.d/resource.d/private is not executable");
	expect_fault(m, RESOURCE_SYSTEMD, "httpd", NULL, "no systemd unit \"httpd\"");
	for (const char *const *bad =
		 (const char *const[]){"../drbddisk", "a/b", "..", ".", "", "-x", NULL};
	     *bad != NULL; bad++)
		expect_fault(m, RESOURCE_SCRIPT, *bad, NULL,
		    "cannot be the name of a resource script");
}

static void
ocf_agents_get_their_parameters(void **state)
{
	struct machine *m = *state;
	g_autofree char *file = g_build_filename(m->instances, "Dummy", "one", NULL);
	g_autofree char *dir = g_path_get_dirname(file);
	struct script_call call;
	char *why;

	put(m->ocf, "resource.d/heartbeat/Dummy", 0755);
	assert_int_equal(g_mkdir_with_parents(dir, 0755), 0);
	assert_true(g_file_set_contents(file,
	    "# a comment\nOCF_RESKEY_state=/run/x\nexport OCF_RESKEY_fake=\"a "
	    "b\"\nPATH=/evil\n",
	    -1, NULL));

	const struct conf_resource by_words = {.kind = RESOURCE_OCF,
	    .script = (char *)"heartbeat:Dummy",
	    .args = (char *[]){(char *)"state=/run/y=z", NULL}};
	assert_int_equal(
	    script_search(&m->where, &m->conf, &by_words, OP_STATUS, &call, &why), 0);
	g_autofree char *text = call_text(m, &call);
	assert_string_equal(text, "ocf ROOT/ocf/resource.d/heartbeat/Dummy monitor");
	assert_string_equal(
	    g_environ_getenv(call.environment, "OCF_RESKEY_state"), "/run/y=z");
	assert_string_equal(
	    g_environ_getenv(call.environment, "OCF_RESOURCE_TYPE"), "Dummy");
	script_call_clear(&call);

	const struct conf_resource by_file = {.kind = RESOURCE_SCRIPT,
	    .script = (char *)"OCF",
	    .args = (char *[]){(char *)"Dummy", (char *)"one", NULL}};
	assert_int_equal(
	    script_search(&m->where, &m->conf, &by_file, OP_START, &call, &why), 0);
	assert_int_equal(call.agent, AGENT_OCF);
	assert_string_equal(
	    g_environ_getenv(call.environment, "OCF_RESKEY_state"), "/run/x");
	assert_string_equal(g_environ_getenv(call.environment, "OCF_RESKEY_fake"), "a b");
	assert_null(strstr(g_environ_getenv(call.environment, "PATH"), "evil"));
	script_call_clear(&call);

	expect_fault(m, RESOURCE_SCRIPT, "OCF", "Dummy two", "which cannot be read");
	expect_fault(m, RESOURCE_OCF, "heartbeat:Dumy", NULL, "does not exist");
	expect_fault(
	    m, RESOURCE_OCF, "../..:Dummy", NULL, "is not the name of an OCF agent");
}

static void
addresses_are_native(void **state)
{
	struct machine *m = *state;
	g_autofree char *got =
	    find(m, RESOURCE_ADDRESS, "IPaddr", "10.0.0.5/24/eth0", OP_START);
	g_autofree char *wrong = find(m, RESOURCE_ADDRESS, "IPaddr", "10.0.0.555", OP_STOP);

	assert_string_equal(got, "native");
	assert_string_equal(wrong, "native");
}

static void
the_environment_is_complete(void **state)
{
	struct machine *m = *state;
	g_auto(GStrv) e = script_environment(&m->conf);

	assert_string_equal(g_environ_getenv(e, "HA_CURHOST"), "web1");
	assert_string_equal(g_environ_getenv(e, "HA_deadtime"), "30");
	assert_string_equal(g_environ_getenv(e, "HA_keepalive"), "1");
	assert_string_equal(g_environ_getenv(e, "HA_SITE"), "north");
	assert_string_equal(g_environ_getenv(e, "HA_NICEFAILBACK"), "yes");
	assert_string_equal(g_environ_getenv(e, "LC_ALL"), "C");
	assert_non_null(strstr(g_environ_getenv(e, "PATH"), ":/usr/sbin:"));
	for (char **entry = e; *entry != NULL; entry++)
		assert_null(strstr(*entry, "bad name"));
	m->conf.auto_failback = FAILBACK_LEGACY;
	g_auto(GStrv) legacy = script_environment(&m->conf);
	assert_null(g_environ_getenv(legacy, "HA_NICEFAILBACK"));
}

static void
free_fault(void *p)
{
	struct fault *f = p;

	g_free(f->file);
	g_free(f->text);
	g_free(f);
}

static void
a_check_reports_every_group(void **state)
{
	struct machine *m = *state;
	char *none[] = {NULL};
	char *bad_address[] = {(char *)"10.0.0.555", NULL};
	struct conf_resource first[] = {
	    {RESOURCE_ADDRESS, (char *)"10.0.0.555", (char *)"IPaddr", bad_address},
	    {RESOURCE_SCRIPT, (char *)"httpd", (char *)"httpd", none},
	};
	struct conf_resource second[] = {
	    {RESOURCE_SCRIPT, (char *)"nothere", (char *)"nothere", none}};
	struct conf_group groups[] = {
	    {.resources = first, .resource_count = 2, .line = 3},
	    {.resources = second, .resource_count = 1, .line = 7},
	};
	g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(free_fault);

	put(m->units[1], "apache2.service", 0644);
	m->conf.groups = groups;
	m->conf.group_count = 2;
	script_search_check(&m->where, &m->conf, "/etc/ha.d/haresources", faults);
	assert_int_equal(faults->len, 3);
	const struct fault *address = g_ptr_array_index(faults, 0);
	const struct fault *alias = g_ptr_array_index(faults, 1);
	const struct fault *missing = g_ptr_array_index(faults, 2);
	assert_true(address->is_error);
	assert_int_equal(address->line, 3);
	assert_false(alias->is_error);
	assert_string_equal(alias->text,
	    "httpd is carried out by systemd unit apache2.service (for httpd)");
	assert_true(missing->is_error);
	assert_int_equal(missing->line, 7);
	assert_string_equal(missing->file, "/etc/ha.d/haresources");
}

/* A script of 3.0.6's, unless more is added to it. */
static void
put_old(const char *dir, const char *name, const char *more)
{
	g_autofree char *from = g_build_filename(TEST_SRCDIR, "unit/conf/old-scripts", name, NULL);
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autofree char *text = NULL, *whole = NULL;

	assert_true(g_file_get_contents(from, &text, NULL, NULL));
	whole = g_strconcat(text, more, NULL);
	assert_true(g_file_set_contents(path, whole, -1, NULL));
	assert_int_equal(g_chmod(path, 0755), 0);
}

#define FINDS(kind, name, expected)                                                        \
	do {                                                                               \
		g_autofree char *call = find(m, kind, name, "a", OP_START);                \
		assert_string_equal(call, expected);                                       \
	} while (0)

static void
what_heartbeat_3_left_is_passed_over(void **state)
{
	struct machine *m = *state;
	g_autofree char *ours = g_build_filename(m->dirs[1], "Delay", NULL);

	/* While we have none, theirs is better than nothing. */
	put_old(m->dirs[0], "Delay", "");
	FINDS(RESOURCE_SCRIPT, "Delay", "heartbeat ROOT/ha.d/resource.d/Delay a start");
	put(m->dirs[1], "Delay", 0755);
	FINDS(RESOURCE_SCRIPT, "Delay", "heartbeat ROOT/ours/resource.d/Delay a start");
	put_old(m->dirs[0], "Delay", "# by hand\n");
	FINDS(RESOURCE_SCRIPT, "Delay", "heartbeat ROOT/ours/resource.d/Delay a start");
	put_old(m->dirs[0], "Delay", "logger moved\n");
	FINDS(RESOURCE_SCRIPT, "Delay", "heartbeat ROOT/ha.d/resource.d/Delay a start");
	/* A link keeps the name that people know from the log. */
	g_autofree char *link = g_build_filename(m->dirs[0], "Delay", NULL);
	assert_int_equal(g_remove(link), 0);
	put_link(m->dirs[0], "Delay", ours);
	FINDS(RESOURCE_SCRIPT, "Delay", "heartbeat ROOT/ha.d/resource.d/Delay a start");
}

static void
an_own_address_script_counts(void **state)
{
	struct machine *m = *state;

	put(m->dirs[1], "IPaddr", 0755);
	put_old(m->dirs[0], "IPaddr", "");
	script_owner_renew();
	FINDS(RESOURCE_ADDRESS, "IPaddr", "native");
	put_old(m->dirs[0], "IPaddr", "logger moved\n");
	/* Nobody looks at the disk before the configuration is read again. */
	FINDS(RESOURCE_ADDRESS, "IPaddr", "native");
	script_owner_renew();
	FINDS(RESOURCE_ADDRESS, "IPaddr", "heartbeat ROOT/ha.d/resource.d/IPaddr a start");
	script_owner_renew();
}

static void
a_check_tells_of_own_scripts_once(void **state)
{
	struct machine *m = *state;
	char *none[] = {NULL}, *one[] = {(char *)"10.0.0.1", NULL};
	struct conf_resource first[] = {
	    {RESOURCE_ADDRESS, (char *)"IPaddr", (char *)"10.0.0.1", one},
	    {RESOURCE_SCRIPT, (char *)"Delay", (char *)"Delay", none},
	    {RESOURCE_SCRIPT, (char *)"MailTo", (char *)"MailTo", none},
	    {RESOURCE_SCRIPT, (char *)"rec", (char *)"rec", none},
	    {RESOURCE_SCRIPT, (char *)"Delay", (char *)"Delay", none}};
	struct conf_group groups[] = {{.resources = first, .resource_count = 5, .line = 3}};
	g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(free_fault);
	g_autofree char *mail = g_strdup_printf("%s/MailTo is used and not Heartbeat's own MailTo, "
	    "because somebody wrote it; for Heartbeat's own: mv %s/MailTo /root/", m->dirs[0], m->dirs[0]);

	put(m->dirs[1], "IPaddr", 0755);
	put(m->dirs[1], "Delay", 0755);
	put(m->ocf, "resource.d/heartbeat/Delay", 0755);
	put_old(m->dirs[0], "IPaddr", "");
	put_old(m->dirs[0], "Delay", "logger moved\n");
	put_old(m->dirs[1], "MailTo", "");
	put(m->dirs[0], "MailTo", 0755);
	put(m->dirs[0], "rec", 0755);
	m->conf.groups = groups;
	m->conf.group_count = 1;
	script_search_check(&m->where, &m->conf, "/etc/ha.d/haresources", faults);
	assert_int_equal(faults->len, 2);
	for (guint i = 0; i < faults->len; i++)
		assert_false(((const struct fault *)g_ptr_array_index(faults, i))->is_error);
	assert_non_null(strstr(((const struct fault *)g_ptr_array_index(faults, 0))->text,
	    "/Delay is used and not Heartbeat's own Delay, because it was changed since an old release"));
	assert_string_equal(((const struct fault *)g_ptr_array_index(faults, 1))->text, mail);
}

static void
a_wrapper_without_its_agent_is_a_fault(void **state)
{
	struct machine *m = *state;
	char *none[] = {NULL};
	struct conf_resource first[] = {
	    {RESOURCE_SCRIPT, (char *)"MyFS", (char *)"MyFS", none},
	    {RESOURCE_SCRIPT, (char *)"MailTo", (char *)"MailTo", none},
	    {RESOURCE_SCRIPT, (char *)"own", (char *)"own", none}};
	struct conf_group groups[] = {{.resources = first, .resource_count = 3, .line = 3}};
	g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(free_fault);
	g_autofree char *provider = g_build_filename(m->ocf, "resource.d/heartbeat", NULL);
	g_autofree char *old = g_build_filename(m->dirs[0], "Filesystem", NULL);
	g_autofree char *new = g_build_filename(m->dirs[0], "MyFS", NULL);
	g_autofree char *own = g_build_filename(m->dirs[0], "own", NULL);

	put_old(m->dirs[0], "Filesystem", "");
	assert_int_equal(g_rename(old, new), 0);
	put_old(m->dirs[0], "MailTo", "logger moved\n");
	assert_true(g_file_set_contents(own, "# . /etc/ha.d/resource.d/hto-mapfuncs\nOCF_TYPE=x\n", -1, NULL));
	assert_int_equal(g_chmod(own, 0755), 0);
	m->conf.groups = groups;
	m->conf.group_count = 1;
	script_search_check(&m->where, &m->conf, "/etc/ha.d/haresources", faults);
	assert_int_equal(faults->len, 2);
	const struct fault *fs = g_ptr_array_index(faults, 0);
	const struct fault *mail = g_ptr_array_index(faults, 1);
	assert_true(fs->is_error);
	assert_non_null(strstr(fs->text, "/MyFS calls "));
	assert_non_null(strstr(fs->text, "/resource.d/heartbeat/Filesystem, which is not there: install"));
	assert_true(mail->is_error);
	assert_non_null(strstr(mail->text, "/heartbeat/MailTo, which is not there: move it away"));

	g_ptr_array_set_size(faults, 0);
	put(provider, "Filesystem", 0755);
	put(provider, "MailTo", 0755);
	script_search_check(&m->where, &m->conf, "/etc/ha.d/haresources", faults);
	assert_int_equal(faults->len, 1);
	const struct fault *changed = g_ptr_array_index(faults, 0);
	assert_false(changed->is_error);
	assert_non_null(strstr(changed->text, "/MailTo is used and not"));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(the_first_directory_counts),
	    CASE(the_action_is_the_last_word),
	    CASE(units_are_found_by_name),
	    CASE(units_are_found_by_alias),
	    CASE(init_scripts_have_units),
	    CASE(a_masked_unit_is_none),
	    CASE(a_dangling_link_falls_through_to_the_unit),
	    CASE(faults_say_where_and_what),
	    CASE(ocf_agents_get_their_parameters),
	    CASE(addresses_are_native),
	    CASE(the_environment_is_complete),
	    CASE(a_check_reports_every_group),
	    CASE(what_heartbeat_3_left_is_passed_over),
	    CASE(an_own_address_script_counts),
	    CASE(a_check_tells_of_own_scripts_once),
	    CASE(a_wrapper_without_its_agent_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
