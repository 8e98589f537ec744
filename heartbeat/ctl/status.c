/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "status.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "core/snapshot.h"

enum mark {
	MARK_GOOD,
	MARK_NOTE, /* under way, or to be watched */
	MARK_BAD,
	MARK_PLAIN,
};

static const char *const colours[] = {
    [MARK_GOOD] = "\033[32m",
    [MARK_NOTE] = "\033[33m",
    [MARK_BAD] = "\033[31;1m",
    [MARK_PLAIN] = "",
};

/* How each word of the report is to be taken; a word that is not here is plain. */
static const struct {
	const char *word;
	enum mark mark;
} marks[] = {
    {"active", MARK_GOOD},
    {"ping", MARK_GOOD},
    {"up", MARK_GOOD},
    {"running", MARK_GOOD},
    {"init", MARK_NOTE},
    {"leaving", MARK_NOTE},
    {"probing", MARK_NOTE},
    {"waiting", MARK_NOTE},
    {"starting", MARK_NOTE},
    {"stopping", MARK_NOTE},
    {"unknown", MARK_NOTE},
    {"silent", MARK_NOTE},
    {"dead", MARK_BAD},
    {"down", MARK_BAD},
    {"failed", MARK_BAD},
};

struct page {
	GString *text;
	bool colour;
};

/* Of a terminal. */
#define SCREEN_COLUMNS 80

static enum mark
word_mark(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		if (strcmp(marks[i].word, word) == 0)
			return marks[i].mark;
	}
	return MARK_PLAIN;
}

/* A word, padded to a width, in the colour of its mark. */
static void
put_marked(struct page *p, const char *word, enum mark mark, int width)
{
	if (p->colour && mark != MARK_PLAIN)
		g_string_append_printf(p->text, "%s%s\033[0m", colours[mark], word);
	else
		g_string_append(p->text, word);
	for (int n = (int)strlen(word); n < width; n++)
		g_string_append_c(p->text, ' ');
}

static void
put_word(struct page *p, const char *word, int width)
{
	put_marked(p, word, word_mark(word), width);
}

/* Columns that a line takes: colours take none. */
static size_t
screen_width(const char *line)
{
	size_t width = 0;
	bool escape = false;

	for (; *line != '\0'; line++) {
		if (*line == '\033')
			escape = true;
		/* Of a letter of several bytes the first one counts. */
		else if (!escape && ((unsigned char)*line & 0xc0) != 0x80)
			width++;
		else if (*line == 'm')
			escape = false;
	}
	return width;
}

/* The rest of the line that began at start, or a line of its own where there is no room for it. */
static void
put_rest(struct page *p, size_t start, const char *between, const char *rest)
{
	const bool fits = screen_width(p->text->str + start) + strlen(between) + screen_width(rest) <=
			  SCREEN_COLUMNS;

	if (rest[0] != '\0')
		g_string_append_printf(p->text, "%s%s", fits ? between : "\n      ", rest);
}

static void
put_heading(struct page *p, const char *heading)
{
	g_string_append_printf(
	    p->text, p->colour ? "\n\033[1m%s\033[0m\n" : "\n%s\n", heading);
}

char *
status_duration(double seconds)
{
	static const struct {
		const char *unit;
		long long seconds;
	} units[] = {{"d", 86400}, {"h", 3600}, {"m", 60}, {"s", 1}};
	long long left = seconds > 0 ? (long long)seconds : 0;

	for (size_t i = 0; i + 1 < G_N_ELEMENTS(units); i++) {
		if (left < units[i].seconds)
			continue;
		return g_strdup_printf("%lld%s %lld%s", left / units[i].seconds,
		    units[i].unit, left % units[i].seconds / units[i + 1].seconds,
		    units[i + 1].unit);
	}
	return g_strdup_printf("%llds", left);
}

/* The width of the longest value of a field in a list. */
static int
column_width(const cJSON *list, const char *name)
{
	const cJSON *item;
	size_t width = 0;

	cJSON_ArrayForEach(item, list) width =
	    MAX(width, strlen(snapshot_text(item, name, "")));
	return (int)width;
}

/* As ha.cf has it: "deadtime 10s, ". */
static void
put_time(struct page *p, const cJSON *s, const char *directive)
{
	g_autofree char *name = g_strconcat(directive, "_ms", NULL);
	const long long ms = (long long)snapshot_number(s, name, 0);

	if (ms % 1000 == 0)
		g_string_append_printf(p->text, "%s %llds, ", directive, ms / 1000);
	else
		g_string_append_printf(p->text, "%s %lldms, ", directive, ms);
}

static void
put_head(struct page *p, const cJSON *s)
{
	g_autofree char *up = status_duration(snapshot_number(s, "uptime_s", 0));

	g_string_append_printf(p->text,
	    "heartbeat %s on %s: ", snapshot_text(s, "version", "?"),
	    snapshot_text(s, "node", "?"));
	put_word(p, snapshot_text(s, "state", "?"), 0);
	g_string_append_printf(
	    p->text, " for %s, holds %s", up, snapshot_text(s, "holds", "?"));
	if (snapshot_is_true(s, "transition")) {
		g_string_append(p->text, " (");
		put_marked(p, "in transition", MARK_NOTE, 0);
		g_string_append_c(p->text, ')');
	}
	g_string_append_c(p->text, '\n');
	put_time(p, s, "keepalive");
	put_time(p, s, "warntime");
	put_time(p, s, "deadtime");
	put_time(p, s, "initdead");
	g_string_append_printf(
	    p->text, "auto_failback %s\n", snapshot_text(s, "auto_failback", "?"));
	if (snapshot_text(s, "log", "")[0] != '\0')
		g_string_append_printf(p->text, "log: %s\n", snapshot_text(s, "log", ""));
}

static void
put_count(struct page *p, const cJSON *object, const char *name)
{
	double n = snapshot_number(object, name, 0);

	if (n > 0)
		g_string_append_printf(p->text, ", %.0f %s", n, name);
}

static void
put_node(struct page *p, const cJSON *node, int width)
{
	const char *reason = snapshot_text(node, "reason", "");
	g_autoptr(GString) rest = g_string_new(NULL);
	struct page links = {rest, p->colour};
	const size_t start = p->text->len;
	const char *between = "";
	const cJSON *link;

	g_string_append_printf(
	    p->text, "  %-*s  ", width, snapshot_text(node, "name", "?"));
	put_word(p, snapshot_text(node, "status", "?"), 6);
	if (snapshot_is_true(node, "self")) {
		g_string_append(p->text, " this node");
	} else {
		g_autofree char *since =
		    status_duration(snapshot_number(node, "since_s", 0));

		g_string_append_printf(p->text, " for %s", since);
	}
	if (reason[0] != '\0')
		g_string_append_printf(p->text, " (%s)", reason);
	cJSON_ArrayForEach(link, snapshot_list(node, "links"))
	{
		g_string_append_printf(rest, "%s%s ", between, snapshot_text(link, "name", "?"));
		put_word(&links, snapshot_text(link, "status", "?"), 0);
		between = ", ";
	}
	put_count(&links, node, "lost");
	put_count(&links, node, "late");
	put_rest(p, start, "   ", rest->str);
	g_string_append_c(p->text, '\n');
}

static void
put_nodes(struct page *p, const cJSON *s)
{
	const cJSON *nodes = snapshot_list(s, "nodes");
	const cJSON *node;

	put_heading(p, "Nodes");
	cJSON_ArrayForEach(node, nodes) put_node(p, node, column_width(nodes, "name"));
}

static bool
names_include(const cJSON *names, const char *name)
{
	const cJSON *n;

	cJSON_ArrayForEach(n, names)
	{
		if (cJSON_IsString(n) && strcmp(cJSON_GetStringValue(n), name) == 0)
			return true;
	}
	return false;
}

/* Where the group is, in a word and a name; several holders are an emergency. */
static void
put_holders(struct page *p, const cJSON *group)
{
	const cJSON *holders = snapshot_list(group, "holders");
	const cJSON *holder;
	const char *between = "";

	if (cJSON_GetArraySize(holders) == 0) {
		put_marked(p, "held by nobody", MARK_BAD, 0);
		return;
	}
	if (cJSON_GetArraySize(holders) > 1) {
		put_marked(p, "HELD TWICE", MARK_BAD, 0);
		g_string_append(p->text, " by ");
	} else {
		put_word(p, snapshot_text(group, "holder_state", "held"), 0);
		g_string_append(p->text, " on ");
	}
	cJSON_ArrayForEach(holder, holders)
	{
		const char *name = cJSON_GetStringValue(holder);

		g_string_append_printf(p->text, "%s%s", between, name != NULL ? name : "?");
		between = " and ";
	}
}

/* What is known here of its parts. */
static void
put_resources(struct page *p, const cJSON *resources)
{
	const int width = column_width(resources, "text");
	const cJSON *r;

	cJSON_ArrayForEach(r, resources)
	{
		g_string_append_printf(
		    p->text, "      %-*s  ", width, snapshot_text(r, "text", "?"));
		put_word(p, snapshot_text(r, "state", "?"), 0);
		g_string_append_c(p->text, '\n');
	}
}

static void
put_group(struct page *p, const cJSON *group, const char *self)
{
	g_autofree char *since = status_duration(snapshot_number(group, "since_s", 0));
	const char *because = snapshot_text(group, "because", "");
	const char *preferred = snapshot_text(group, "preferred", "?");
	const cJSON *holders = snapshot_list(group, "holders");
	double failures = snapshot_number(group, "failures", 0);
	const size_t start = p->text->len;

	g_string_append_printf(p->text, "  %s  ", snapshot_text(group, "key", "?"));
	put_holders(p, group);
	g_string_append_printf(p->text, " for %s", since);
	put_rest(p, start, ": ", because);
	g_string_append_c(p->text, '\n');
	if (!names_include(holders, preferred))
		g_string_append_printf(p->text, "      its node is %s\n", preferred);
	if (failures > 0)
		g_string_append_printf(p->text,
		    "      could not be started here %.0f times; hbctl retry starts again\n",
		    failures);
	if (names_include(holders, self))
		put_resources(p, snapshot_list(group, "resources"));
}

static void
put_groups(struct page *p, const cJSON *s)
{
	const cJSON *groups = snapshot_list(s, "groups");
	const cJSON *group;

	put_heading(p, "Groups");
	if (cJSON_GetArraySize(groups) == 0)
		g_string_append(p->text, "  none: haresources names no resources\n");
	cJSON_ArrayForEach(group, groups)
	    put_group(p, group, snapshot_text(s, "node", "this node"));
}

static void
put_media(struct page *p, const cJSON *s)
{
	const cJSON *media = snapshot_list(s, "media");
	const int width = column_width(media, "name");
	const cJSON *m;

	put_heading(p, "Media");
	cJSON_ArrayForEach(m, media)
	{
		g_string_append_printf(p->text, "  %-10s  %-*s  ",
		    snapshot_text(m, "kind", "?"), width, snapshot_text(m, "name", "?"));
		put_word(p, snapshot_is_true(m, "up") ? "up" :
			snapshot_is_true(m, "sends") ? "silent" : "down", 6);
		g_string_append_printf(p->text, "  %.0f sent, %.0f received",
		    snapshot_number(m, "sent", 0), snapshot_number(m, "received", 0));
		if (snapshot_text(m, "to", "")[0] != '\0')
			g_string_append_printf(p->text, ", to %s", snapshot_text(m, "to", ""));
		g_string_append_c(p->text, '\n');
	}
}

/* Packets that were refused, by cause; nothing if there were none. */
static void
put_counters(struct page *p, const cJSON *s)
{
	const char *before = "\nRefused: ";
	const cJSON *n;

	cJSON_ArrayForEach(n, snapshot_list(s, "counters"))
	{
		if (!cJSON_IsNumber(n) || n->valuedouble <= 0)
			continue;
		g_string_append_printf(
		    p->text, "%s%.0f %s", before, n->valuedouble, n->string);
		before = ", ";
	}
	if (before[0] == ',')
		g_string_append_c(p->text, '\n');
}

static void
put_warnings(struct page *p, const cJSON *s)
{
	const cJSON *warnings = snapshot_list(s, "warnings");
	const cJSON *w;

	if (cJSON_GetArraySize(warnings) == 0)
		return;
	put_heading(p, "Warnings");
	cJSON_ArrayForEach(w, warnings)
	{
		const char *text = cJSON_GetStringValue(w);

		g_string_append(p->text, "  ");
		put_marked(p, text != NULL ? text : "?", MARK_NOTE, 0);
		g_string_append_c(p->text, '\n');
	}
}

char *
status_with_log(const char *json, const char *place)
{
	cJSON *s = cJSON_Parse(json);
	char *text, *copy;

	if (place == NULL || !cJSON_IsObject(s)) {
		cJSON_Delete(s);
		return g_strdup(json);
	}
	cJSON_AddStringToObject(s, "log", place);
	text = cJSON_PrintUnformatted(s);
	cJSON_Delete(s);
	copy = g_strdup(text);
	free(text);
	return copy;
}

char *
status_render(const char *json, bool colour)
{
	cJSON *s = cJSON_Parse(json);
	struct page p = {.colour = colour};

	if (!cJSON_IsObject(s)) {
		cJSON_Delete(s);
		return NULL;
	}
	p.text = g_string_new(NULL);
	put_head(&p, s);
	put_nodes(&p, s);
	put_groups(&p, s);
	put_media(&p, s);
	put_counters(&p, s);
	put_warnings(&p, s);
	cJSON_Delete(s);
	return g_string_free(p.text, FALSE);
}
