/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sets of configuration files that were tried with 3.0.6 (tests/conf/configs): what it
 * accepts we accept and expand alike; what it should have said we say.
 */
#include "fixture.h"

#include <stdio.h>

#define CONFIGS TEST_SRCDIR "/conf/configs"

enum outcome {
	SILENT, /* accepted, and nothing to say */
	HINT,
	ERROR,
};

struct verdict {
	const char *folder;
	enum outcome outcome;
	unsigned count;	   /* of all faults and hints */
	const char *first; /* how the first one starts, after the directory */
};

/* Every folder that is not simply accepted. */
static const struct verdict verdicts[] = {
    {"ok-001-drbd-mysql-httpd-howto", HINT, 1,
	"authkeys:2: hint: key 1: the secret looks like the sample"},
    {"ok-002-ucast-peer-only", HINT, 1,
	"authkeys:2: hint: key 1: the secret looks like the sample"},
    {"ok-025-comments-in-odd-places", HINT, 1,
	"authkeys:6: hint: key 1: the secret is so short"},
    {"ok-039-auth-two-crc", HINT, 1,
	"authkeys:2: hint: key 2: crc proves nothing"},
    /* This version has no fencing and says so rather than passing over the line. */
    {"ok-010-stonith-host-star", ERROR, 1, "ha.cf:7: error: stonith_host: fencing is not"},
    {"ok-011-stonith-host-per-node", ERROR, 1,
	"ha.cf:10: error: stonith_host: fencing is not"},
    {"ok-013-stonith-config-file", ERROR, 1, "ha.cf:6: error: stonith: fencing is not"},
    {"ok-029-use-logd-only", HINT, 1, "ha.cf:1: hint: use_logd"},
    {"ok-030-watchdog-softdog", HINT, 1,
	"ha.cf:3: hint: watchdog /dev/watchdog is not used"},
    {"ok-031-old-udp-and-legacy-default", HINT, 3, "ha.cf: hint: auto_failback is missing"},
    {"ok-037-repeated-directives", HINT, 6,
	"ha.cf:2: hint: 'logfacility' is given in line 1"},
    {"bad-001-no-ha-cf", ERROR, 1, "ha.cf: error: the file is missing: 'hbctl setup' makes all three"},
    {"bad-002-no-authkeys", ERROR, 1,
	"authkeys: error: the file is missing: write two lines"},
    {"bad-003-no-haresources", ERROR, 1, "haresources: error: the file is missing"},
    {"bad-005-authkeys-mode-0640", ERROR, 1, "authkeys: error: its mode is 0640"},
    {"bad-006-authkeys-mode-0622-accepted", ERROR, 1, "authkeys: error: its mode is 0622"},
    {"bad-007-authkeys-empty", ERROR, 1, "authkeys: error: there is no key in it"},
    {"bad-009-authkeys-auth-line-last", SILENT, 0, NULL},
    {"bad-010-authkeys-number-not-defined", ERROR, 1,
	"authkeys:1: error: key 2 is selected, but not defined: the keys defined are: 1"},
    {"bad-011-authkeys-sha1-without-key", ERROR, 1,
	"authkeys:2: error: key 1 has no secret"},
    {"bad-013-authkeys-crc-with-comment", HINT, 1,
	"authkeys:2: hint: key 1: crc proves nothing"},
    {"bad-014-authkeys-upper-case-method", SILENT, 0, NULL},
    {"bad-015-authkeys-sha256", SILENT, 0, NULL},
    {"bad-017-authkeys-number-16", ERROR, 2,
	"authkeys:1: error: key number 16 is out of range"},
    {"bad-018-authkeys-stray-line", ERROR, 1,
	"authkeys:3: error: this line starts neither"},
    {"bad-019-authkeys-unused-bad-key", HINT, 1, "authkeys:3: hint: key 2: unknown method"},
    {"bad-021-authkeys-key-with-blanks-accepted", HINT, 2,
	"authkeys:2: hint: key 1: only the first word"},
    {"bad-022-hacf-misspelt-directive", ERROR, 1,
	"ha.cf:4: error: unknown directive 'keepalve': did you mean 'keepalive'?"},
    {"bad-023-hacf-capital-letters", SILENT, 0, NULL},
    {"bad-025-hacf-equals-spaced", ERROR, 1,
	"ha.cf:4: error: keepalive: '=' is not a time"},
    {"bad-026-hacf-seconds-suffix", SILENT, 0, NULL},
    {"bad-027-hacf-unit-with-blank", SILENT, 0, NULL},
    {"bad-029-hacf-slash-comment", ERROR, 1,
	"ha.cf:4: error: keepalive: '//' is not a time"},
    {"bad-030-hacf-continuation-line", ERROR, 1, "ha.cf:12: error: a backslash does not"},
    {"bad-031-hacf-byte-order-mark", SILENT, 0, NULL},
    {"bad-033-hacf-no-break-space", ERROR, 1, "ha.cf:4: error: there is a no-break space"},
    {"bad-034-hacf-quoted-value", SILENT, 0, NULL},
    {"bad-035-hacf-very-long-comment", SILENT, 0, NULL},
    {"bad-037-hacf-initdead-below-deadtime", ERROR, 1,
	"ha.cf:7: error: initdead 20s is smaller than deadtime 30s"},
    {"bad-038-hacf-no-deadtime-small-initdead", ERROR, 1,
	"ha.cf:6: error: initdead 15s is smaller than deadtime 30s (the default)"},
    {"bad-039-hacf-deadping-too-small", ERROR, 1,
	"ha.cf:14: error: deadping 3s is too small for keepalive 2s"},
    {"bad-041-hacf-udpport-name", ERROR, 1, "ha.cf:8: error: udpport: 'ha-cluster' is not"},
    {"bad-042-hacf-udpport-65536-accepted", ERROR, 1,
	"ha.cf:8: error: udpport: '65536' is not"},
    {"bad-043-hacf-udpport-after-links-accepted", HINT, 2,
	"ha.cf:13: hint: udpport 1694: any local user"},
    {"bad-045-hacf-logfacility-upper-case", SILENT, 0, NULL},
    /* Whether a file can be opened is for the daemon to say. */
    {"bad-046-hacf-logfile-directory-missing-accepted", SILENT, 0, NULL},
    {"bad-047-hacf-use-logd-off-nothing-else", SILENT, 0, NULL},
    {"bad-049-hacf-nice-failback-accepted", HINT, 1,
	"ha.cf:11: hint: nice_failback is obsolete"},
    {"bad-050-hacf-crm-yes", ERROR, 1, "ha.cf:14: error: crm yes: this program runs"},
    {"bad-051-hacf-crm-and-pacemaker", ERROR, 1,
	"ha.cf:15: error: 'pacemaker' repeats line 14"},
    {"bad-053-hacf-rtprio-zero", ERROR, 1,
	"ha.cf:14: error: rtprio: '0' is not a number from 1"},
    {"bad-054-hacf-watchdog-twice", ERROR, 2, "ha.cf:14: hint: watchdog"},
    {"bad-055-hacf-hbgenmethod-upper-case", SILENT, 0, NULL},
    {"bad-057-nodes-none", ERROR, 1,
	"ha.cf: error: no node is listed: write a line 'node web1'"},
    {"bad-058-nodes-own-name-missing", ERROR, 1,
	"ha.cf:13: error: this node is called 'web1' (that is the first line of "
	"/etc/ha.d/nodeinfo, or, where there is no such file, what 'uname -n' prints), and "
	"the nodes listed are: www1, web2."},
    {"bad-059-nodes-fqdn-in-file-short-hostname", HINT, 1,
	"ha.cf:13: hint: this node calls itself 'web1' and is taken for "
	"'web1.example.com'"},
    {"bad-061-nodes-text-after-name-accepted", ERROR, 2,
	"ha.cf:12: error: '<==primary' cannot be the name of a node"},
    /* 3.0.6 can do two nodes only; here it is three, and right. */
    {"bad-062-nodes-three-accepted", SILENT, 0, NULL},
    {"bad-063-nodes-more-than-100", ERROR, 1,
	"ha.cf:13: error: there are more than 100 nodes"},
    {"bad-065-links-only-ping-accepted", ERROR, 1,
	"ha.cf: error: no heartbeat link is given, and"},
    {"bad-066-links-ucast-without-address", ERROR, 1,
	"ha.cf:10: error: ucast needs an interface"},
    {"bad-067-links-ucast-without-arguments", ERROR, 1, "ha.cf:10: error: ucast needs an"},
    /* Names, interfaces, devices and users are looked up by the daemon. */
    {"bad-069-links-ucast-name-unresolvable", SILENT, 0, NULL},
    {"bad-070-links-ucast-ipv6-address", HINT, 1,
	"ha.cf:10: hint: 'fd00::2' is an IPv6 address"},
    {"bad-071-links-ucast-unknown-interface-dies", SILENT, 0, NULL},
    {"bad-073-links-mcast-too-few-arguments", ERROR, 1,
	"ha.cf:9: error: mcast needs five words"},
    {"bad-074-links-mcast-without-arguments", ERROR, 1,
	"ha.cf:9: error: mcast needs five words"},
    {"bad-075-links-mcast-not-a-group", ERROR, 1,
	"ha.cf:9: error: mcast: '10.40.0.255' is not a multicast group: they are 224.0.0.0 "
	"to"},
    {"bad-077-links-serial-missing-device", SILENT, 0, NULL},
    {"bad-078-links-serial-relative-path", ERROR, 1,
	"ha.cf:14: error: serial: 'ttyS0' is no full"},
    {"bad-079-links-serial-two-names-glued", SILENT, 0, NULL},
    {"bad-081-ping-name-unresolvable", SILENT, 0, NULL},
    {"bad-082-ping-group-without-hosts", ERROR, 1,
	"ha.cf:14: error: ping_group needs a name"},
    {"bad-083-ping-group-bad-member-accepted", HINT, 1,
	"ha.cf:14: hint: ping_group: the commas"},
    {"bad-085-hacf-hbaping", ERROR, 1,
	"ha.cf:14: error: 'hbaping' (fibre channel ping) is not"},
    {"bad-086-respawn-howto-lib", SILENT, 0, NULL},
    {"bad-087-respawn-howto-lib64", SILENT, 0, NULL},
    {"bad-089-respawn-relative-path", ERROR, 1,
	"ha.cf:14: error: respawn: 'ipfail' is no full"},
    {"bad-090-respawn-no-user", ERROR, 1, "ha.cf:14: error: respawn: the user comes first"},
    {"bad-091-apiauth-unknown-user", SILENT, 0, NULL},
    {"bad-093-apiauth-repeated", ERROR, 1,
	"ha.cf:15: error: apiauth ipfail is already in line 14"},
    {"bad-094-stonith-unknown-type", ERROR, 1,
	"ha.cf:14: error: stonith_host: fencing is not"},
    {"bad-095-stonith-parameters-missing", ERROR, 1,
	"ha.cf:14: error: stonith_host: fencing"},
    {"bad-097-stonith-both-forms-accepted", ERROR, 2,
	"ha.cf:14: error: stonith_host: fencing"},
    {"bad-098-res-unknown-node", ERROR, 1,
	"haresources:1: error: 'www1' is not a node: the nodes of ha.cf are: web1, web2"},
    {"bad-099-res-blank-after-backslash", SILENT, 0, NULL},
    {"bad-101-res-comment-inside-continuation", SILENT, 0, NULL},
    {"bad-102-res-byte-order-mark", SILENT, 0, NULL},
    {"bad-103-res-equals-sign", ERROR, 1,
	"haresources:1: error: 'web1=10.40.0.100': a line is"},
    {"bad-105-res-crlf-accepted-breaks", SILENT, 0, NULL},
    /* Scripts are looked up by the daemon. */
    {"bad-106-res-howto-datadiskdrbddisk-accepted", SILENT, 0, NULL},
    {"bad-107-res-script-wrong-case-accepted", SILENT, 0, NULL},
    {"bad-109-res-key-used-later-on-accepted", ERROR, 1,
	"haresources:2: error: 'mysqld' names the group of line 2 and is a resource of "
	"line 1"},
    {"bad-110-res-plus-sign-in-key-accepted", SILENT, 0, NULL},
    {"bad-111-res-quoted-argument-accepted", ERROR, 2,
	"haresources:1: error: resource 'MailTo"},
    {"bad-113-res-ipv6-double-colon-accepted", SILENT, 0, NULL},
    {"bad-114-res-commas-between-resources-accepted", ERROR, 1,
	"haresources:1: error: resource '10.40.0.100,httpd': a comma does not separate"},
    {"bad-115-res-empty-argument-accepted", HINT, 1,
	"haresources:1: hint: resource 'Filesystem::/dev/sdb1::/srv::::noatime': argument "
	"3"},
    {"bad-117-res-backslash-on-last-line-of-entry-accepted", ERROR, 1,
	"haresources:2: error: 'web2' is a node, but the backslash above"},
    {"bad-118-res-node-without-resources-accepted", HINT, 1,
	"haresources:1: hint: node 'web1' has"},
    {"bad-119-res-dead-lsb-name-accepted", SILENT, 0, NULL},
};

static const struct verdict *
verdict_of(const char *folder)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++)
		if (strcmp(verdicts[i].folder, folder) == 0)
			return &verdicts[i];
	return NULL;
}

/* Contents of a file of a set, or NULL. */
static char *
set_file(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(CONFIGS, folder, name, NULL);
	char *text = NULL;

	g_file_get_contents(path, &text, NULL, NULL);
	return text;
}

/* Rows of a table, its comment and heading left out. */
static GPtrArray *
table_rows(const char *name)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	g_autofree char *path = g_build_filename(CONFIGS, name, NULL);
	g_autofree char *text = NULL;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++)
		if (**line != '\0' && **line != '#' && !g_str_has_prefix(*line, "folder\t"))
			g_ptr_array_add(rows, g_strsplit(*line, "\t", -1));
	return rows;
}

/* "uname -n is NAME" of the column setup; the file nodeinfo goes first. */
static char *
set_node_name(const char *folder, const char *setup)
{
	static const char prefix[] = "uname -n is ";
	g_autofree char *nodeinfo = set_file(folder, "nodeinfo");
	const char *name = strstr(setup, prefix);

	if (nodeinfo != NULL)
		return g_strndup(nodeinfo, strcspn(nodeinfo, "\r\n"));
	assert_non_null(name);
	name += strlen(prefix);
	return g_strndup(name, strcspn(name, "; "));
}

static unsigned
set_mode(const char *setup)
{
	const char *mode = strstr(setup, "authkeys mode ");

	return mode == NULL
		   ? 0600
		   : (unsigned)g_ascii_strtoull(mode + strlen("authkeys mode "), NULL, 8);
}

static struct conf *
set_parse(const char *folder, const char *setup, GPtrArray *faults)
{
	g_autofree char *hacf = set_file(folder, "ha.cf");
	g_autofree char *haresources = set_file(folder, "haresources");
	g_autofree char *authkeys = set_file(folder, "authkeys");
	g_autofree char *name = set_node_name(folder, setup);
	struct conf_text text = {"ha.cf", hacf, "haresources", haresources, "authkeys",
	    authkeys, set_mode(setup), true, name};

	return conf_parse(&text, faults);
}

/* All that differ are shown in one go. */
static bool
verdict_holds(const char *folder, const struct verdict *v, const struct conf *c,
    const GPtrArray *faults)
{
	g_autofree char *all = fixture_text(faults);
	bool refused = v != NULL && v->outcome == ERROR;
	unsigned count = v != NULL ? v->count : 0;

	if ((c == NULL) == refused && faults->len == count &&
	    (count == 0 || g_str_has_prefix(all, v->first)))
		return true;
	print_error("%s: expected %s, %u faults, the first: %s\nthere is:\n%s", folder,
	    refused ? "refusal" : "acceptance", count, count > 0 ? v->first : "-", all);
	return false;
}

static void
verdicts_on_every_set(void **state)
{
	g_autoptr(GPtrArray) rows = table_rows("expected.tsv");
	unsigned judged = 0;
	bool all_hold = true;

	(void)state;
	for (unsigned i = 0; i < rows->len; i++) {
		char **row = g_ptr_array_index(rows, i);
		g_autoptr(GPtrArray) faults = conf_faults_new();
		const struct verdict *v = verdict_of(row[0]);

		assert_int_equal(g_strv_length(row), 7);
		/* A bad set that nobody judged would pass by doing nothing. */
		if (v == NULL)
			assert_true(g_str_has_prefix(row[0], "ok-"));
		else
			judged++;
		struct conf *c = set_parse(row[0], row[6], faults);
		all_hold = verdict_holds(row[0], v, c, faults) && all_hold;
		conf_free(c);
	}
	assert_true(all_hold);
	assert_int_equal(judged, G_N_ELEMENTS(verdicts));
	assert_int_equal(rows->len, 124);
}

/* "script arg arg start ; script start" */
static char *
expansion(const struct conf_group *g)
{
	GString *all = g_string_new(NULL);

	for (unsigned i = 0; i < g->resource_count; i++) {
		const struct conf_resource *r = &g->resources[i];

		g_string_append_printf(all, "%s%s", i > 0 ? " ; " : "", r->script);
		for (char **arg = r->args; *arg != NULL; arg++)
			g_string_append_printf(all, " %s", *arg);
		g_string_append(all, " start");
	}
	return g_string_free(all, FALSE);
}

/* The set, parsed as if it had no line about fencing. */
static struct conf *
set_parse_without_stonith(const char *folder, const char *node)
{
	g_autofree char *hacf = set_file(folder, "ha.cf");
	g_autofree char *haresources = set_file(folder, "haresources");
	g_autofree char *authkeys = set_file(folder, "authkeys");
	g_autoptr(GPtrArray) faults = conf_faults_new();

	for (char *at = hacf; (at = strstr(at, "stonith")) != NULL;)
		*at = '#';
	struct conf_text text = {"ha.cf", hacf, "haresources", haresources, "authkeys",
	    authkeys, 0600, true, node};
	return conf_parse(&text, faults);
}

static void
groups_expand_as_in_3_0_6(void **state)
{
	g_autoptr(GPtrArray) rows = table_rows("expansion.tsv");
	unsigned compared = 0;

	(void)state;
	for (unsigned i = 0; i < rows->len; i++) {
		char **row = g_ptr_array_index(rows, i);

		if (!g_str_has_prefix(row[0], "ok-"))
			continue;
		struct conf *c = set_parse_without_stonith(row[0], row[1]);
		assert_non_null(c);
		int index = conf_group_index(c, row[2]);
		assert_true(index >= 0);
		g_autofree char *calls = expansion(&c->groups[index]);
		assert_string_equal(calls, row[3]);
		assert_string_equal(c->nodes[c->groups[index].preferred], row[1]);
		compared++;
		conf_free(c);
	}
	assert_int_equal(compared, 45);
}

static void
the_text_says_what_3_0_6_gets_wrong(void **state)
{
	static const struct {
		const char *folder, *calls;
	} cases[] = {
	    {"bad-099-res-blank-after-backslash", "IPaddr 10.40.0.100 start ; httpd start"},
	    {"bad-101-res-comment-inside-continuation",
		"IPaddr 10.40.0.100 start ; httpd start"},
	    {"bad-102-res-byte-order-mark", "IPaddr 10.40.0.100 start ; httpd start"},
	    {"bad-105-res-crlf-accepted-breaks", "IPaddr 10.40.0.100 start ; httpd start"},
	    {"bad-113-res-ipv6-double-colon-accepted",
		"IPv6addr 2001:db8::10/64/eth0 start ; httpd start"},
	    {"bad-115-res-empty-argument-accepted",
		"IPaddr 10.40.0.100 start ; Filesystem /dev/sdb1 /srv  noatime start"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct conf *c = set_parse_without_stonith(cases[i].folder, "web1");

		assert_non_null(c);
		g_autofree char *calls = expansion(&c->groups[0]);
		assert_string_equal(calls, cases[i].calls);
		conf_free(c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(verdicts_on_every_set),
	    cmocka_unit_test(groups_expand_as_in_3_0_6),
	    cmocka_unit_test(the_text_says_what_3_0_6_gets_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
