/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "howto.h"
#include "sim/finding.h"

#define ONE_GROUP "a IPaddr::10.0.0.9 httpd\n"
#define TIMES "keepalive 1\ndeadtime 10\ninitdead 30\nresource_timeout 1min\n"
#define PAIR "bcast eth0\nauto_failback off\nnode a b\n"
#define IPFAIL "respawn hacluster /usr/lib/heartbeat/ipfail\n"

static struct plan_row *
take(GPtrArray *plan, const char *title)
{
	for (unsigned i = 0; i < plan->len; i++) {
		struct plan_row *row = g_ptr_array_index(plan, i);

		if (strcmp(row->title, title) == 0)
			return row;
	}
	fail_msg("no row \"%s\"", title);
	return NULL;
}

static const struct advice *
find(const struct finding *f, const char *key)
{
	for (unsigned i = 0; i < f->advices->len; i++) {
		const struct advice *a = g_ptr_array_index(f->advices, i);

		if (strcmp(a->key, key) == 0)
			return a;
	}
	return NULL;
}

/* key NULL: no advice at all. */
static const struct {
	const char *hacf, *title, *key, *value;
	enum finding_level level;
	int64_t then_ms; /* at most, tried; 0: it cannot be tried */
} cases[] = {
    {HOWTO_A_CF, "web1 off for 61m", "deadtime", "10s", FINDING_NOTE, 16000},
    {HOWTO_A_CF, "web1 off for 61m", "auto_failback", "off", FINDING_NOTE, 36000},
    {HOWTO_A_CF, "web2 off for 61m", NULL, NULL, FINDING_OK, 0},
    {HOWTO_A_CF, "web1 started alone, the others 61m later", "initdead", "60s",
	FINDING_NOTE, 66000},
    {HOWTO_A_CF, "eth0 cut for 61m", "second-link", NULL, FINDING_BAD, 0},
    {HOWTO_A_CF, "eth0 cut for 15s", NULL, NULL, FINDING_OK, 0},
    {HOWTO_A_CF, "web1 frozen for 90s", "pause", NULL, FINDING_RISK, 0},
    {HOWTO_A_CF, "all killed on web1, restarted 61m later", "restart", NULL, FINDING_RISK,
	0},
    {HOWTO_A_CF, "drbddisk::mydrdb hangs on web1, at hb_standby", "resource_timeout", "2m",
	FINDING_NOTE, 300000},
    {HOWTO_B_CF, "all 3 links cut for 61m", "apart", NULL, FINDING_RISK, 0},
    {HOWTO_B_CF, "eth0 of ovz-node1 fails for 61m", NULL, NULL, FINDING_OK, 0},
    {TIMES PAIR, "a off for 61m", NULL, NULL, FINDING_OK, 0},
    {TIMES PAIR, "httpd hangs on a, at hb_standby", NULL, NULL, FINDING_OK, 0},
    {TIMES PAIR "ping 10.0.0.254\n", "10.0.0.254 lost by a for 10m", "ipfail",
	"hacluster /usr/lib/heartbeat/ipfail", FINDING_BAD, 16000},
    {TIMES PAIR "ping 10.0.0.254\n", "10.0.0.254 lost by b for 10m", NULL, NULL, FINDING_OK,
	0},
    {TIMES PAIR "ping 10.0.0.254\n" IPFAIL, "10.0.0.254 lost by a for 10m", NULL, NULL,
	FINDING_OK, 0},
    {TIMES "bcast eth0\nauto_failback legacy\nnode a b\nping 10.0.0.254\n" IPFAIL,
	"10.0.0.254 lost by a for 10m", "legacy", NULL, FINDING_BAD, 0},
};

static const char *
groups_of(const char *hacf)
{
	if (strcmp(hacf, HOWTO_A_CF) == 0)
		return HOWTO_A_GROUPS;
	return strcmp(hacf, HOWTO_B_CF) == 0 ? HOWTO_B_GROUPS : ONE_GROUP;
}

static void
test_each_answer_has_its_setting(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct cluster *c = cluster_of(cases[i].hacf, groups_of(cases[i].hacf));
		g_autoptr(GPtrArray) plan = plan_make(c);
		const struct plan_row *row = take(plan, cases[i].title);
		struct finding f, then;
		struct play p;

		play_row(c, row, &p);
		finding_make(c, row, &p, &f);
		if (f.level != cases[i].level)
			fail_msg("%s: %s: %s", cases[i].title, finding_level_name(f.level),
			    f.happened);
		if (cases[i].key == NULL) {
			assert_int_equal(f.advices->len, 0);
		} else {
			const struct advice *a = find(&f, cases[i].key);

			if (a == NULL)
				fail_msg(
				    "%s: no advice about %s", cases[i].title, cases[i].key);
			if (cases[i].value != NULL)
				assert_string_equal(a->value, cases[i].value);
			assert_int_equal(
			    finding_try(c, row, a, &then), cases[i].then_ms > 0);
			/* Nothing is advised that does not help. */
			assert_in_range(
			    (uint64_t)span_ms(then.longest), 0, (uint64_t)cases[i].then_ms);
			if (cases[i].then_ms > 0 && f.level != FINDING_BAD)
				assert_true(span_exceeds(f.sum, then.sum));
			if (cases[i].then_ms > 0 && f.level == FINDING_BAD)
				assert_int_equal(then.level, FINDING_OK);
			finding_clear(&then);
		}
		finding_clear(&f);
		play_clear(&p);
		cluster_free(c);
	}
}

static void
test_what_the_whole_lacks(void **state)
{
	static const struct {
		const char *hacf, *groups, *key;
	} general[] = {
	    {HOWTO_A_CF, HOWTO_A_GROUPS, NULL},
	    {TIMES PAIR, ONE_GROUP, "ping"},
	    {TIMES "bcast eth0\nauto_failback off\nnode a\n", ONE_GROUP, "alone"},
	    {HOWTO_A_CF, "", "empty"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(general); i++) {
		struct cluster *c = cluster_of(general[i].hacf, general[i].groups);
		g_autoptr(GPtrArray) list = finding_general(c);

		assert_int_equal(list->len, general[i].key != NULL ? 1 : 0);
		if (general[i].key != NULL)
			assert_string_equal(
			    ((struct advice *)g_ptr_array_index(list, 0))->key,
			    general[i].key);
		cluster_free(c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_answer_has_its_setting),
	    cmocka_unit_test(test_what_the_whole_lacks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
