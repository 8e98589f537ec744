/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/report.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "fixture.h"

#define GROUPS "node1 IPaddr::10.0.0.9 httpd\nnode2 IPaddr::10.0.0.10\n"
#define HACF TWO_NODES "ping 10.0.0.254\n"

static cJSON *
report(struct fixture *f)
{
	char *text = report_json(f->c);
	cJSON *o = cJSON_Parse(text);

	assert_non_null(o);
	free(text);
	return o;
}

static const char *
text(const cJSON *o, const char *name)
{
	const char *value = cJSON_GetStringValue(cJSON_GetObjectItem(o, name));

	assert_non_null(value);
	return value;
}

static double
number(const cJSON *o, const char *name)
{
	const cJSON *value = cJSON_GetObjectItem(o, name);

	assert_true(cJSON_IsNumber(value));
	return cJSON_GetNumberValue(value);
}

static const cJSON *
item(const cJSON *o, const char *list, int i)
{
	const cJSON *found = cJSON_GetArrayItem(cJSON_GetObjectItem(o, list), i);

	assert_non_null(found);
	return found;
}

static bool
warned(const cJSON *o, const char *part)
{
	const cJSON *w;

	cJSON_ArrayForEach(w, cJSON_GetObjectItem(o, "warnings"))
	{
		if (strstr(cJSON_GetStringValue(w), part) != NULL)
			return true;
	}
	return false;
}

/* What hbctl, cl_status and ipfail read, with its type, in every state of the daemon. */
static void
check_fields(const cJSON *o)
{
	static const char *const texts[] = {
	    "version", "node", "state", "auto_failback", "holds"};
	static const char *const numbers[] = {"now_ms", "uptime_s", "generation",
	    "keepalive_ms", "warntime_ms", "deadtime_ms", "initdead_ms"};
	static const char *const bools[] = {"settled", "transition"};
	static const char *const lists[] = {"nodes", "groups", "media", "warnings"};
	static const char *const node_texts[] = {"name", "type", "status", "reason"};
	const cJSON *one;

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		text(o, texts[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		assert_true(number(o, numbers[i]) >= 0);
	for (size_t i = 0; i < G_N_ELEMENTS(bools); i++)
		assert_true(cJSON_IsBool(cJSON_GetObjectItem(o, bools[i])));
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		assert_true(cJSON_IsArray(cJSON_GetObjectItem(o, lists[i])));
	assert_true(cJSON_IsObject(cJSON_GetObjectItem(o, "parameters")));
	cJSON_ArrayForEach(one, cJSON_GetObjectItem(o, "nodes"))
	{
		for (size_t i = 0; i < G_N_ELEMENTS(node_texts); i++)
			text(one, node_texts[i]);
		assert_true(number(one, "since_s") >= 0);
		assert_true(cJSON_IsBool(cJSON_GetObjectItem(one, "self")));
		text(item(one, "links", 0), "name");
		text(item(one, "links", 0), "status");
	}
	cJSON_ArrayForEach(one, cJSON_GetObjectItem(o, "groups"))
	{
		const cJSON *holder = cJSON_GetObjectItem(one, "holder");

		text(one, "key");
		text(one, "line");
		text(one, "preferred");
		text(one, "state");
		text(one, "because");
		number(one, "failures");
		number(one, "since_s");
		assert_true(cJSON_IsArray(cJSON_GetObjectItem(one, "holders")));
		assert_true(cJSON_IsNull(holder) || cJSON_IsString(holder));
		text(item(one, "resources", 0), "text");
		text(item(one, "resources", 0), "state");
	}
	cJSON_ArrayForEach(one, cJSON_GetObjectItem(o, "media"))
	{
		text(one, "kind");
		text(one, "name");
		assert_true(cJSON_IsBool(cJSON_GetObjectItem(one, "up")));
		number(one, "sent");
		number(one, "received");
	}
	for (unsigned i = 0; i < 3; i++) {
		static const char *const counters[] = {"forged", "replay", "bad-frame"};
		number(cJSON_GetObjectItem(o, "counters"), counters[i]);
	}
}

static void
test_every_phase_has_every_field(void **state)
{
	struct fixture *f = fixture_started(HACF, GROUPS);
	static const char *const states[] = {"up", "active", "active", "leaving"};

	(void)state;
	for (unsigned phase = 0; phase < 4; phase++) {
		if (phase == 1)
			fixture_pass(f, 30000);
		if (phase == 2)
			fixture_end_all(f);
		if (phase == 3)
			fixture_step(f, (struct event){.type = EVENT_LEAVE});
		cJSON *o = report(f);

		check_fields(o);
		assert_string_equal(text(o, "state"), states[phase]);
		assert_string_equal(
		    text(o, "holds"), phase == 0 || phase == 3 ? "none" : "all");
		assert_int_equal(
		    cJSON_IsTrue(cJSON_GetObjectItem(o, "transition")), phase != 2);
		cJSON_Delete(o);
	}
	fixture_free(f);
}

static bool
path_is(struct fixture *f, const char *what)
{
	cJSON *o = report(f);
	const bool yes = cJSON_IsTrue(cJSON_GetObjectItem(item(o, "media", 0), what));

	cJSON_Delete(o);
	return yes;
}

/* Our own words come back at once, whatever becomes of the others': they make no path. */
static void
test_a_path_of_our_own_words(void **state)
{
	struct fixture *f = fixture_started(HACF, GROUPS);
	g_autoptr(GBytes) own = g_bytes_ref(fixture_action(f, ACTION_SEND, 0)->bytes);
	struct peer p = peer_new("node2");

	(void)state;
	fixture_receive_bytes(f, 0, g_bytes_get_data(own, NULL), g_bytes_get_size(own));
	assert_true(path_is(f, "sends"));
	assert_false(path_is(f, "up"));
	peer_status(f, &p, NULL);
	fixture_receive_bytes(f, 0, g_bytes_get_data(own, NULL), g_bytes_get_size(own));
	assert_true(path_is(f, "up"));
	assert_true(fixture_said(f, "Link node1:eth0 up."));
	/* From here on only our own. */
	for (unsigned i = 0; i < 60; i++) {
		fixture_pass(f, 1000);
		fixture_receive_bytes(f, 0, g_bytes_get_data(own, NULL), g_bytes_get_size(own));
	}
	assert_true(path_is(f, "sends"));
	assert_false(path_is(f, "up"));
	assert_true(fixture_said(f, "Link node2:eth0 dead."));
	assert_true(fixture_said(f, "Link node1:eth0 dead."));
	fixture_free(f);
}

static void
test_values(void **state)
{
	struct fixture *f = fixture_started(HACF, GROUPS);
	struct peer p = peer_new("node2");
	g_autofree char *theirs = claim_word(f, 1, "r:1");

	(void)state;
	fixture_pass(f, 1500);
	peer_status(f, &p, theirs);
	peer_status(f, &p, NULL);
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	fixture_receive_bytes(f, 0, "x", 1);
	cJSON *o = report(f);
	const cJSON *ours = item(o, "groups", 0), *other = item(o, "groups", 1);

	assert_string_equal(text(o, "node"), "node1");
	assert_true(number(o, "uptime_s") == 1.5);
	assert_true(number(o, "generation") == OUR_GENERATION);
	assert_true(number(o, "deadtime_ms") == 10000);
	assert_string_equal(text(ours, "state"), "starting");
	assert_string_equal(text(ours, "holder"), "node1");
	assert_string_equal(text(ours, "line"), "IPaddr::10.0.0.9 httpd");
	assert_string_equal(text(item(ours, "resources", 0), "state"), "running");
	assert_string_equal(text(item(ours, "resources", 1), "state"), "starting");
	assert_string_equal(text(other, "holder"), "node2");
	assert_string_equal(text(other, "preferred"), "node2");
	assert_string_equal(text(item(o, "nodes", 1), "status"), "active");
	assert_string_equal(text(item(o, "nodes", 2), "type"), "ping");
	assert_true(number(cJSON_GetObjectItem(o, "counters"), "bad-frame") == 1);
	assert_true(number(item(o, "media", 0), "received") == 3);
	assert_string_equal(
	    text(cJSON_GetObjectItem(o, "parameters"), "auto_failback"), "on");
	cJSON_Delete(o);
	fixture_free(f);
}

static void
test_warnings(void **state)
{
	struct fixture *f = fixture_started(HACF, GROUPS);
	struct peer p = peer_new("node2");
	g_autofree char *failed = claim_word(f, 0, "x:1");
	struct event e = {.type = EVENT_MEDIUM};

	(void)state;
	cJSON *o = report(f);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(o, "warnings")), 0);
	cJSON_Delete(o);
	p.digest = "12345678";
	peer_status(f, &p, failed);
	e.u.medium = (struct event_medium){.reason = "Network is \"unreachable\"\n"};
	fixture_step(f, e);
	o = report(f);
	assert_true(warned(o, "haresources differs on node2"));
	assert_true(warned(o, "cannot send on ucast eth0"));
	assert_true(warned(o, "group IPaddr::10.0.0.9 could not be started"));
	assert_false(cJSON_IsTrue(cJSON_GetObjectItem(item(o, "media", 0), "up")));
	cJSON_Delete(o);
	fixture_pass(f, 10000);
	o = report(f);
	assert_true(warned(o, "node node2 is dead: silent 10.0s"));
	cJSON_Delete(o);
	fixture_free(f);
}

static void
test_held_twice_is_seen(void **state)
{
	struct fixture *f = fixture_started(HACF, GROUPS);
	struct peer p = peer_new("node2");
	g_autofree char *ours = claim_word(f, 0, "r:1");

	(void)state;
	fixture_pass(f, 30000);
	fixture_end_all(f);
	peer_status(f, &p, ours);
	cJSON *o = report(f);
	assert_int_equal(
	    cJSON_GetArraySize(cJSON_GetObjectItem(item(o, "groups", 0), "holders")), 2);
	assert_true(warned(o, "group IPaddr::10.0.0.9 may run on 2 nodes"));
	cJSON_Delete(o);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_phase_has_every_field),
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_a_path_of_our_own_words),
	    cmocka_unit_test(test_warnings),
	    cmocka_unit_test(test_held_twice_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
