/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A simulation for machines. doc: hbctl(8). */
#include "simulate_rows.h"

#include <cjson/cJSON.h>

static void
add_span(cJSON *object, const char *name, struct span s)
{
	cJSON_AddNumberToObject(object, name, (double)span_ms(s));
}

/* Names in files may be of any encoding; JSON is UTF-8. */
static void
add_text(cJSON *object, const char *name, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	cJSON_AddStringToObject(object, name, valid);
}

static void
add_list(cJSON *object, const char *name, const GPtrArray *words)
{
	cJSON *list = cJSON_AddArrayToObject(object, name);

	for (unsigned i = 0; i < words->len; i++) {
		g_autofree char *valid = g_utf8_make_valid(g_ptr_array_index(words, i), -1);

		cJSON_AddItemToArray(list, cJSON_CreateString(valid));
	}
}

static void
add_cluster(cJSON *top, const struct simulation *s)
{
	const struct conf *conf = s->cluster->conf;
	g_autoptr(GPtrArray) links = cluster_links(s->cluster),
			     pings = cluster_pings(s->cluster);
	g_autoptr(GPtrArray) nodes = g_ptr_array_new();
	cJSON *groups;

	add_text(top, "config", s->directory);
	cJSON_AddBoolToObject(top, "authkeys_read", !s->no_key);
	for (unsigned i = 0; i < conf->node_count; i++)
		g_ptr_array_add(nodes, conf->nodes[i]);
	add_list(top, "nodes", nodes);
	add_list(top, "links", links);
	add_list(top, "pings", pings);
	cJSON_AddBoolToObject(top, "ipfail", cluster_has_ipfail(s->cluster));
	add_span(top, "keepalive_ms", conf->keepalive);
	add_span(top, "deadtime_ms", conf->deadtime);
	add_span(top, "initdead_ms", conf->initdead);
	cJSON_AddStringToObject(
	    top, "auto_failback", auto_failback_name(conf->auto_failback));
	add_span(top, "takes_ms", s->cluster->takes);
	groups = cJSON_AddArrayToObject(top, "groups");
	for (unsigned i = 0; i < conf->group_count; i++) {
		g_autofree char *letter = finding_letter(i);
		cJSON *g = cJSON_CreateObject();

		cJSON_AddStringToObject(g, "letter", letter);
		add_text(g, "home", conf->nodes[conf->groups[i].preferred]);
		add_text(g, "resources", conf->groups[i].text);
		cJSON_AddItemToArray(groups, g);
	}
}

static cJSON *
advice_object(const struct advice *a, const struct finding *tried)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "key", a->key);
	add_text(o, "text", a->text);
	if (a->directive != NULL) {
		cJSON_AddStringToObject(o, "directive", a->directive);
		add_text(o, "value", a->value);
	}
	if (tried != NULL && tried->happened != NULL) {
		add_text(o, "happened_then", tried->happened);
		add_span(o, "outage_longest_then_ms", tried->longest);
		add_span(o, "outage_then_ms", tried->sum);
	}
	return o;
}

static void
add_groups(cJSON *row, const struct simulation *s, const struct finding *f)
{
	cJSON *groups = cJSON_AddArrayToObject(row, "groups");

	for (unsigned i = 0; i < f->groups->len; i++) {
		const struct outage_sum *sum =
		    &g_array_index(f->groups, struct outage_sum, i);
		g_autofree char *letter = finding_letter(i);
		cJSON *g = cJSON_CreateObject();

		cJSON_AddStringToObject(g, "letter", letter);
		if (sum->served)
			add_text(g, "holder", s->cluster->conf->nodes[sum->holder]);
		else
			cJSON_AddNullToObject(g, "holder");
		add_span(g, "outage_longest_ms", sum->longest);
		add_span(g, "outage_ms", sum->sum);
		cJSON_AddNumberToObject(g, "outages", sum->gaps);
		add_span(g, "twice_longest_ms", sum->twice_longest);
		add_span(g, "twice_ms", sum->twice);
		cJSON_AddItemToArray(groups, g);
	}
}

static cJSON *
row_object(const struct simulation *s, const struct simulated *one)
{
	const struct finding *f = &one->finding;
	cJSON *o = cJSON_CreateObject(), *advices;

	add_text(o, "id", one->row->id);
	cJSON_AddStringToObject(o, "section", plan_kind_title(one->row->kind));
	add_text(o, "fault", one->row->title);
	if (one->row->node != NULL)
		add_text(o, "node", one->row->node);
	cJSON_AddStringToObject(o, "verdict", finding_level_name(f->level));
	cJSON_AddBoolToObject(o, "single_fault", one->row->single);
	add_text(o, "happened", f->happened);
	add_text(o, "holders", f->holders);
	cJSON_AddBoolToObject(o, "served", f->served);
	add_span(o, "outage_longest_ms", f->longest);
	add_span(o, "outage_ms", f->sum);
	add_span(o, "twice_longest_ms", f->twice_longest);
	add_span(o, "twice_ms", f->twice);
	add_groups(o, s, f);
	advices = cJSON_AddArrayToObject(o, "advice");
	for (unsigned i = 0; i < f->advices->len; i++)
		cJSON_AddItemToArray(advices,
		    advice_object(g_ptr_array_index(f->advices, i), &one->tried[i]));
	add_list(o, "scenario", one->row->statements);
	return o;
}

static char *
printed(cJSON *top)
{
	char *raw = cJSON_Print(top);
	char *text = g_strdup_printf("%s\n", raw);

	cJSON_free(raw);
	cJSON_Delete(top);
	return text;
}

char *
simulate_json(const struct simulation *s)
{
	cJSON *top = cJSON_CreateObject(), *rows, *advices, *verdicts;

	add_cluster(top, s);
	rows = cJSON_AddArrayToObject(top, "rows");
	for (unsigned i = 0; i < s->rows->len; i++)
		cJSON_AddItemToArray(rows, row_object(s, g_ptr_array_index(s->rows, i)));
	advices = cJSON_AddArrayToObject(top, "advice");
	for (unsigned i = 0; i < s->general->len; i++)
		cJSON_AddItemToArray(
		    advices, advice_object(g_ptr_array_index(s->general, i), NULL));
	verdicts = cJSON_AddObjectToObject(top, "verdicts");
	for (unsigned i = 0; i < FINDING_LEVEL_COUNT; i++)
		cJSON_AddNumberToObject(
		    verdicts, finding_level_name(i), simulation_count(s, i));
	cJSON_AddNumberToObject(top, "simulated_hours", simulation_hours(s));
	cJSON_AddNumberToObject(top, "seconds", s->seconds);
	return printed(top);
}

char *
simulate_json_faults(const GPtrArray *faults)
{
	cJSON *top = cJSON_CreateObject();
	cJSON *list = cJSON_AddArrayToObject(top, "faults");

	for (unsigned i = 0; i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);
		cJSON *o = cJSON_CreateObject();

		add_text(o, "file", f->file);
		cJSON_AddNumberToObject(o, "line", f->line);
		cJSON_AddBoolToObject(o, "error", f->is_error);
		add_text(o, "text", f->text);
		cJSON_AddItemToArray(list, o);
	}
	return printed(top);
}
