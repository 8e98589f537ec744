/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *   title
 *    (1)      (2)(3)            numbered marks, in as many rows as they need
 *   web1  A ====|               lanes: a bar for each group, the machine's state behind it
 *   web2  A        -/////====
 *   clients A ----XXXXXXX----   what they saw
 *         0s   10s  20s         axis
 *   1  18s  web1: power cut     what the numbers mean
 *   legend
 */
#include "sim/timeline.h"

#include <string.h>

#include "base/text.h"
#include "sim/axis.h"
#include "sim/finding.h"

#define WIDTH 1000
#define LEFT_MIN 150
#define LEFT_MAX 290
#define RIGHT 24
#define BAR 16
#define GAP 6
#define BADGE 9	/* radius */
#define LINE 19
/* Longer than that nothing happens: the time is cut. */
#define QUIET_MIN_MS 20000
/* A status takes less. */
#define STATUS_MS 20
/* About the width of a letter, by its size and weight: text that would not fit is cut. */
#define LETTER 7.4
#define LETTER_BOLD 8.6
#define LETTER_TITLE 10.4
#define LETTER_SMALL 7.0

/* Told apart by colour-blind people as well. */
static const char *const group_colours[] = {
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#8c6d31", "#6a51a3", "#4d4d4d"};

struct picture {
	GString *out;
	const struct cluster *c;
	const struct play *p;
	struct axis axis;
	unsigned hosts, groups;
	double left;	/* where time begins */
	double lanes_top, lanes_bottom;
};

/* -- pieces of SVG -- */

/* Text that may hold anything: as characters that XML allows. */
static void
put_escaped(GString *out, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *escaped = NULL;

	for (char *c = valid; *c != '\0'; c++) {
		if (g_ascii_iscntrl(*c))
			*c = '?';
	}
	escaped = g_markup_escape_text(valid, -1);
	g_string_append(out, escaped);
}

/* A number as SVG has it, whatever the locale. */
static void
put_number(GString *out, const char *name, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	g_string_append_printf(
	    out, " %s=\"%s\"", name, g_ascii_formatd(text, sizeof(text), "%.1f", value));
}

static void
put_rect(GString *out, double x, double y, double w, double h, const char *style)
{
	g_string_append(out, "<rect");
	put_number(out, "x", x);
	put_number(out, "y", y);
	put_number(out, "width", w);
	put_number(out, "height", h);
	g_string_append_printf(out, " %s/>\n", style);
}

static void
put_line(GString *out, double x1, double y1, double x2, double y2, const char *style)
{
	g_string_append(out, "<line");
	put_number(out, "x1", x1);
	put_number(out, "y1", y1);
	put_number(out, "x2", x2);
	put_number(out, "y2", y2);
	g_string_append_printf(out, " %s/>\n", style);
}

static void
put_text(GString *out, double x, double y, const char *style, const char *text)
{
	g_string_append(out, "<text");
	put_number(out, "x", x);
	put_number(out, "y", y);
	g_string_append_printf(out, " %s>", style);
	put_escaped(out, text);
	g_string_append(out, "</text>\n");
}

/* A text that is cut to a width. Owns: the caller's. */
static char *
fitted(const char *text, double width, double letter)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	const glong most = MAX((glong)(width / letter), 4);

	if (g_utf8_strlen(valid, -1) <= most)
		return g_steal_pointer(&valid);
	*g_utf8_offset_to_pointer(valid, most - 3) = '\0';
	return g_strconcat(valid, "...", NULL);
}

static void
put_fitted(
    GString *out, double x, double y, const char *style, const char *text, double width, double letter)
{
	g_autofree char *fits = fitted(text, width, letter);

	put_text(out, x, y, style, fits);
}

static const char *
colour_of(unsigned group)
{
	return group_colours[group % G_N_ELEMENTS(group_colours)];
}

static double
x_of(const struct picture *p, struct moment at)
{
	return axis_x(&p->axis, at);
}

/* "1m30s" since the beginning. */
static char *
time_text(const struct picture *p, struct moment at)
{
	const struct span since = moment_since(at, outage_began(p->p->outage));
	const int64_t s = span_ms(since) / 1000;

	if (since.ns == 0)
		return g_strdup("0s");
	if (span_ms(since) < 10000 && span_ms(since) % 1000 != 0)
		return g_strdup_printf("%d.%03ds", (int)s, (int)(span_ms(since) % 1000));
	if (s < 60)
		return g_strdup_printf("%ds", (int)s);
	if (s < 3600)
		return g_strdup_printf("%dm%02ds", (int)(s / 60), (int)(s % 60));
	return g_strdup_printf("%dh%02dm%02ds", (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

/* -- what happens when -- */

static void
add_borders(GArray *moments, const GArray *stretches)
{
	for (unsigned i = 0; i < stretches->len; i++) {
		const struct stretch *s = &g_array_index(stretches, struct stretch, i);

		g_array_append_val(moments, s->from);
		g_array_append_val(moments, s->to);
	}
}

static void
make_axis(struct picture *p)
{
	g_autoptr(GArray) moments = g_array_new(FALSE, FALSE, sizeof(struct moment));
	const struct outage *o = p->p->outage;
	size_t longest = 0;

	for (unsigned h = 0; h < p->hosts; h++)
		longest = MAX(longest, strlen(p->c->conf->nodes[h]));
	p->left = CLAMP(24 + 30 + LETTER_BOLD * (double)longest, LEFT_MIN, LEFT_MAX);
	const int64_t quiet = MAX(QUIET_MIN_MS, span_ms(p->c->conf->deadtime) * 5 / 4);

	for (unsigned h = 0; h < p->hosts; h++) {
		add_borders(moments, outage_host(o, h));
		for (unsigned g = 0; g < p->groups; g++)
			add_borders(moments, outage_group(o, h, g));
	}
	for (unsigned g = 0; g < p->groups; g++)
		add_borders(moments, outage_gaps(o, g));
	for (unsigned i = 0; i < p->p->marks->len; i++)
		g_array_append_val(moments, g_array_index(p->p->marks, struct play_mark, i).at);
	axis_init(&p->axis, moments, span_from_ms(quiet), p->left, WIDTH - RIGHT);
}

/* -- marks -- */

/* In which row of badges each mark stands, so that none covers another. Owns: the caller's. */
static unsigned *
badge_rows(const struct picture *p, unsigned *count)
{
	const GArray *marks = p->p->marks;
	unsigned *row = g_new0(unsigned, marks->len + 1);

	*count = 1;
	for (unsigned i = 0; i < marks->len; i++) {
		const double x = x_of(p, g_array_index(marks, struct play_mark, i).at);

		for (unsigned k = 0; k < i; k++) {
			const double other = x_of(p, g_array_index(marks, struct play_mark, k).at);

			if (row[k] == row[i] && x - other < 2 * BADGE + 2) {
				row[i]++;
				k = (unsigned)-1;
			}
		}
		*count = MAX(*count, row[i] + 1);
	}
	return row;
}

static void
put_marks(struct picture *p, const unsigned *row, double top)
{
	for (unsigned i = 0; i < p->p->marks->len; i++) {
		const struct play_mark *m = &g_array_index(p->p->marks, struct play_mark, i);
		const double x = x_of(p, m->at), y = top + row[i] * (2 * BADGE + 3) + BADGE;
		g_autofree char *number = g_strdup_printf("%u", i + 1);

		put_line(p->out, x, y, x, p->lanes_bottom,
		    m->fault ? "stroke=\"#444\" stroke-width=\"1\""
			     : "stroke=\"#999\" stroke-width=\"1\" stroke-dasharray=\"2 3\"");
	}
	for (unsigned i = 0; i < p->p->marks->len; i++) {
		const struct play_mark *m = &g_array_index(p->p->marks, struct play_mark, i);
		const double x = x_of(p, m->at), y = top + row[i] * (2 * BADGE + 3) + BADGE;
		g_autofree char *number = g_strdup_printf("%u", i + 1);

		g_string_append(p->out, "<circle");
		put_number(p->out, "cx", x);
		put_number(p->out, "cy", y);
		g_string_append_printf(p->out, " r=\"%d\" %s/>\n", BADGE,
		    m->fault ? "fill=\"#222\"" : "fill=\"#fff\" stroke=\"#777\"");
		put_text(p->out, x, y + 4,
		    m->fault ? "class=\"n\" fill=\"#fff\"" : "class=\"n\" fill=\"#222\"", number);
	}
}

/* Two columns of sentences. Returns: where they end. */
static double
put_mark_texts(struct picture *p, double y)
{
	const GArray *marks = p->p->marks;
	const unsigned half = (marks->len + 1) / 2;

	for (unsigned i = 0; i < marks->len; i++) {
		const struct play_mark *m = &g_array_index(marks, struct play_mark, i);
		g_autofree char *when = time_text(p, m->at);
		g_autofree char *number = g_strdup_printf("%u", i + 1);
		g_autofree char *text = g_strdup_printf("%s%s%s",
		    m->host >= 0 ? p->c->conf->nodes[m->host] : "", m->host >= 0 ? ": " : "", m->text);
		const double x = i < half ? 24 : WIDTH / 2.0 + 12, line = y + (i % half) * LINE;

		put_text(p->out, x, line, "", number);
		put_text(p->out, x + 28, line, "", when);
		put_fitted(p->out, x + 110, line,
		    m->fault ? "font-weight=\"bold\"" : "fill=\"#444\"", text, WIDTH / 2.0 - 140,
		    m->fault ? LETTER_BOLD : LETTER);
	}
	return y + half * LINE;
}

/* -- lanes -- */

static double
lane_height(const struct picture *p)
{
	return p->groups * (BAR + 3) + GAP;
}

static void
put_condition(struct picture *p, const struct stretch *s, double y)
{
	static const struct {
		const char *style, *text;
	} looks[HOST_CONDITION_COUNT] = {
	    [HOST_OFF] = {"fill=\"url(#off)\"", "off"},
	    [HOST_FROZEN] = {"fill=\"#cfe8f7\"", "frozen"},
	    [HOST_BARE] = {"fill=\"#fbf0c8\"", "no heartbeat"},
	    [HOST_UP] = {"fill=\"#f4f6f8\"", ""},
	};
	const double x = x_of(p, s->from), w = x_of(p, s->to) - x;
	const char *text = looks[s->what].text;

	put_rect(p->out, x, y, w, lane_height(p), looks[s->what].style);
	if (w > LETTER_SMALL * (double)strlen(text) + 6)
		put_text(p->out, x + 5, y + lane_height(p) - 4, "class=\"s\" fill=\"#555\"", text);
}

static void
put_phase(struct picture *p, const struct stretch *s, unsigned group, double y)
{
	const double x = x_of(p, s->from), w = MAX(x_of(p, s->to) - x, 1.5);
	g_autofree char *whole = g_strdup_printf("fill=\"%s\"", colour_of(group));
	g_autofree char *light = g_strdup_printf(
	    "fill=\"%s\" fill-opacity=\"0.35\" stroke=\"%s\"", colour_of(group), colour_of(group));
	g_autofree char *hollow = g_strdup_printf(
	    "fill=\"none\" stroke=\"%s\" stroke-dasharray=\"3 2\"", colour_of(group));

	switch ((enum group_phase)s->what) {
	case PHASE_NOTHING:
	case PHASE_COUNT:
		break;
	case PHASE_SERVING:
		put_rect(p->out, x, y, w, BAR, whole);
		break;
	case PHASE_PARTLY:
		put_rect(p->out, x, y, w, BAR, hollow);
		break;
	case PHASE_STARTING:
	case PHASE_STOPPING:
		put_rect(p->out, x, y, w, BAR, light);
		put_rect(p->out, x, y, w, BAR,
		    s->what == PHASE_STARTING ? "fill=\"url(#starting)\"" : "fill=\"url(#stopping)\"");
		break;
	}
}

/* Without the moments in which a status is asked for between two starts. Owns: the caller's. */
static GArray *
smooth(const GArray *phases)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct stretch));

	for (unsigned i = 0; i < phases->len; i++) {
		const struct stretch s = g_array_index(phases, struct stretch, i);
		struct stretch *before =
		    out->len > 0 ? &g_array_index(out, struct stretch, out->len - 1) : NULL;
		const bool brief = i + 1 < phases->len && before != NULL &&
		    span_ms(moment_since(s.to, s.from)) < STATUS_MS &&
		    g_array_index(phases, struct stretch, i + 1).what == before->what;

		if (before != NULL && (brief || s.what == before->what))
			before->to = s.to;
		else
			g_array_append_val(out, s);
	}
	return out;
}

static void
put_lane(struct picture *p, unsigned host, double y)
{
	const GArray *conditions = outage_host(p->p->outage, host);

	put_fitted(p->out, 24, y + BAR, "font-weight=\"bold\"", p->c->conf->nodes[host],
	    p->left - 24 - 26, LETTER_BOLD);
	for (unsigned i = 0; i < conditions->len; i++)
		put_condition(p, &g_array_index(conditions, struct stretch, i), y);
	for (unsigned g = 0; g < p->groups; g++) {
		g_autoptr(GArray) phases = smooth(outage_group(p->p->outage, host, g));
		const double bar = y + 3 + g * (BAR + 3);
		g_autofree char *letter = finding_letter(g);

		put_text(p->out, p->left - 22, bar + 12, "class=\"s\"", letter);
		for (unsigned i = 0; i < phases->len; i++)
			put_phase(p, &g_array_index(phases, struct stretch, i), g, bar);
	}
}

/* -- what clients saw -- */

/* Where in a bar a text of that width has room and is not torn; a negative number: nowhere. */
static double
room_in(const struct picture *p, double x, double end, double width)
{
	for (unsigned i = 0; i < p->axis.parts->len; i++) {
		const struct axis_part *part = &g_array_index(p->axis.parts, struct axis_part, i);
		const double middle = (part->x_from + part->x_to) / 2;

		if (!part->cut || part->x_to <= x || part->x_from >= end)
			continue;
		if (middle - 10 - x >= width)
			return x;
		x = middle + 10;
	}
	return end - x >= width ? x : -1;
}

/* How long it was, in the bar if there is room, else behind it if nothing is there. */
static void
put_length(struct picture *p, const struct stretch *s, double y, const char *prefix, double *free_from)
{
	const double x = x_of(p, s->from), end = x_of(p, s->to);
	g_autofree char *length = finding_span(moment_since(s->to, s->from));
	g_autofree char *text = g_strconcat(prefix, length, NULL);
	const double width = LETTER_SMALL * (double)strlen(text) + 6;
	const double in = room_in(p, x, end, width);

	if (in >= 0) {
		put_text(p->out, in + 4, y + 12, "class=\"s\" fill=\"#fff\" font-weight=\"bold\"", text);
	} else if (x >= *free_from && end + width < WIDTH) {
		put_text(p->out, end + 4, y + 12, "class=\"s\" fill=\"#222\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"", text);
		*free_from = end + width;
	}
}

static void
put_client_lane(struct picture *p, unsigned group, double y)
{
	const struct outage *o = p->p->outage;
	const GArray *gaps = outage_gaps(o, group), *doubles = outage_doubles(o, group);
	const double from = x_of(p, outage_counted_from(o)), to = x_of(p, outage_ended(o));
	g_autofree char *letter = finding_letter(group);
	g_autofree char *served = g_strdup_printf("fill=\"%s\"", colour_of(group));

	put_text(p->out, p->left - 22, y + 12, "class=\"s\"", letter);
	put_rect(p->out, p->left, y, MAX(from - p->left, 0), BAR, "fill=\"#e4e4e4\"");
	put_rect(p->out, from, y + BAR / 2.0 - 2, MAX(to - from, 0), 4, served);
	for (unsigned i = 0; i < gaps->len; i++) {
		const struct stretch *s = &g_array_index(gaps, struct stretch, i);

		put_rect(p->out, x_of(p, s->from), y, MAX(x_of(p, s->to) - x_of(p, s->from), 2), BAR,
		    "fill=\"#c1121f\"");
	}
	for (unsigned i = 0; i < doubles->len; i++) {
		const struct stretch *s = &g_array_index(doubles, struct stretch, i);

		put_rect(p->out, x_of(p, s->from), y, MAX(x_of(p, s->to) - x_of(p, s->from), 2), BAR,
		    "fill=\"#5b0e7a\" stroke=\"#000\"");
	}
}

static bool
overlap(const struct stretch *s, const GArray *others)
{
	for (unsigned i = 0; i < others->len; i++) {
		const struct stretch *o = &g_array_index(others, struct stretch, i);

		if (moment_before(s->from, o->to) && moment_before(o->from, s->to))
			return true;
	}
	return false;
}

/* Above everything else, so that nothing crosses them. */
static void
put_lengths(struct picture *p, unsigned group, double y)
{
	const GArray *gaps = outage_gaps(p->p->outage, group);
	const GArray *doubles = outage_doubles(p->p->outage, group);
	double free_from = 0;

	for (unsigned i = 0; i < doubles->len; i++)
		put_length(p, &g_array_index(doubles, struct stretch, i), y, "twice ", &free_from);
	for (unsigned i = 0; i < gaps->len; i++) {
		const struct stretch *s = &g_array_index(gaps, struct stretch, i);

		if (!overlap(s, doubles))
			put_length(p, s, y, "", &free_from);
	}
}

/* -- axis and legend -- */

static void
put_cut(struct picture *p, const struct axis_part *part, double y)
{
	const double middle = (part->x_from + part->x_to) / 2;
	g_autofree char *length = finding_span(moment_since(part->to, part->from));

	/* A white tear through the lanes. */
	for (int i = -1; i <= 1; i += 2)
		put_line(p->out, middle + i * 3 - 3, p->lanes_bottom + 2, middle + i * 3 + 3, p->lanes_top - 2,
		    i < 0 ? "stroke=\"#fff\" stroke-width=\"5\"" : "stroke=\"#888\" stroke-width=\"1\"");
	put_line(p->out, middle - 9, p->lanes_bottom + 2, middle - 3, p->lanes_top - 2,
	    "stroke=\"#888\" stroke-width=\"1\"");
	put_text(p->out, middle, y + 30, "class=\"m\" fill=\"#555\"", length);
}

static void
put_axis(struct picture *p, double y)
{
	const struct span step = axis_step(&p->axis, 62);
	const struct moment began = outage_began(p->p->outage);
	double last = -100;

	put_line(p->out, p->left, y, WIDTH - RIGHT, y, "stroke=\"#444\"");
	for (unsigned i = 0; i < p->axis.parts->len; i++) {
		const struct axis_part *part = &g_array_index(p->axis.parts, struct axis_part, i);
		int64_t n = (moment_since(part->from, began).ns + step.ns - 1) / step.ns;

		if (part->cut) {
			put_cut(p, part, y);
			continue;
		}
		for (; began.ns + n * step.ns <= part->to.ns; n++) {
			const struct moment at = {began.ns + n * step.ns};
			const double x = x_of(p, at);
			g_autofree char *text = time_text(p, at);

			put_line(p->out, x, y, x, y + 5, "stroke=\"#444\"");
			if (x - last < 50 || x > WIDTH - RIGHT - 10)
				continue;
			put_text(p->out, x, y + 17, "class=\"m\"", text);
			last = x;
		}
	}
}

static double
put_groups(struct picture *p, double y)
{
	for (unsigned g = 0; g < p->groups; g++) {
		const struct conf_group *group = &p->c->conf->groups[g];
		g_autofree char *letter = finding_letter(g);
		g_autofree char *text = g_strdup_printf(
		    "%s  %s %s", letter, p->c->conf->nodes[group->preferred], group->text);
		g_autofree char *style = g_strdup_printf("fill=\"%s\"", colour_of(g));

		put_fitted(p->out, 46, y, "", text, WIDTH - 46 - RIGHT, LETTER);
		put_rect(p->out, 24, y - 11, 14, 14, style);
		y += LINE;
	}
	return y;
}

static void
put_legend(struct picture *p, double y)
{
	static const struct {
		const char *style, *over, *text;
		int width;
	} items[] = {
	    {"fill=\"#0072b2\"", NULL, "runs whole", 106},
	    {"fill=\"#0072b2\" fill-opacity=\"0.35\" stroke=\"#0072b2\"", "fill=\"url(#starting)\"",
		"starting", 90},
	    {"fill=\"#0072b2\" fill-opacity=\"0.35\" stroke=\"#0072b2\"", "fill=\"url(#stopping)\"",
		"stopping", 92},
	    {"fill=\"none\" stroke=\"#0072b2\" stroke-dasharray=\"3 2\"", NULL, "in part", 82},
	    {"fill=\"#c1121f\"", NULL, "outage", 82},
	    {"fill=\"#5b0e7a\" stroke=\"#000\"", NULL, "held twice", 104},
	    {"fill=\"url(#off)\" stroke=\"#bbb\"", NULL, "machine off", 112},
	    {"fill=\"#cfe8f7\"", NULL, "frozen", 80},
	    {"fill=\"#fbf0c8\"", NULL, "no heartbeat runs", 0},
	};
	double x = 24;

	for (unsigned i = 0; i < G_N_ELEMENTS(items); i++) {
		put_rect(p->out, x, y - 11, 18, 14, items[i].style);
		if (items[i].over != NULL)
			put_rect(p->out, x, y - 11, 18, 14, items[i].over);
		put_text(p->out, x + 24, y, "class=\"s\"", items[i].text);
		x += items[i].width;
	}
}

/* -- all of it -- */

static void
put_head(GString *out, double height)
{
	g_string_append_printf(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
	    "font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\" font-size=\"13\" fill=\"#111\">\n"
	    "<style>.s{font-size:11px}.m{font-size:11px;text-anchor:middle}"
	    ".n{font-size:11px;text-anchor:middle;font-weight:bold}</style>\n"
	    "<defs>\n"
	    "<pattern id=\"starting\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
	    "<path d=\"M-1,7 L7,-1\" stroke=\"#222\" stroke-width=\"1\"/></pattern>\n"
	    "<pattern id=\"stopping\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
	    "<path d=\"M-1,-1 L7,7\" stroke=\"#222\" stroke-width=\"1\"/></pattern>\n"
	    "<pattern id=\"off\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
	    "<rect width=\"8\" height=\"8\" fill=\"#ddd\"/>"
	    "<path d=\"M0,8 L8,0\" stroke=\"#bbb\" stroke-width=\"1\"/></pattern>\n"
	    "</defs>\n",
	    WIDTH, (int)height, WIDTH, (int)height);
	/* Paper of its own: so it can be read on any page. */
	put_rect(out, 0.5, 0.5, WIDTH - 1, height - 1,
	    "fill=\"#fff\" stroke=\"#ccc\" rx=\"6\"");
}

static void
put_title(struct picture *p, const struct plan_row *row)
{
	const struct conf *conf = p->c->conf;
	g_autofree char *dead = text_from_span(conf->deadtime);
	g_autofree char *init = text_from_span(conf->initdead);
	g_autofree char *takes = text_from_span(p->c->takes);
	g_autofree char *title = g_strdup_printf("%s  %s", row->id, row->title);
	g_autofree char *below = g_strdup_printf("simulated; deadtime %s, initdead %s, auto_failback %s, "
	    "start and stop of a script %s", dead, init, auto_failback_name(conf->auto_failback), takes);

	put_fitted(p->out, 24, 30, "font-size=\"16\" font-weight=\"bold\"", title, WIDTH - 24 - RIGHT,
	    LETTER_TITLE);
	put_text(p->out, 24, 49, "class=\"s\" fill=\"#555\"", below);
}

void
timeline_svg(
    GString *out, const struct cluster *c, const struct plan_row *row, const struct play *play)
{
	struct picture p = {.out = out, .c = c, .p = play, .hosts = c->conf->node_count,
	    .groups = c->conf->group_count};
	unsigned badges;

	make_axis(&p);
	g_autofree unsigned *rows = badge_rows(&p, &badges);
	const double marks_top = 64;
	const double client_lane = p.groups * (BAR + 3);

	p.lanes_top = marks_top + badges * (2 * BADGE + 3) + 6;
	p.lanes_bottom = p.lanes_top + p.hosts * (lane_height(&p) + GAP) + client_lane + 2 * GAP;
	const double axis = p.lanes_bottom + 2, texts = axis + 58;
	const double legend = texts + (play->marks->len + 1) / 2 * LINE + 14;

	put_head(out, legend + (p.groups + 1) * LINE + 6);
	put_title(&p, row);
	for (unsigned h = 0; h < p.hosts; h++)
		put_lane(&p, h, p.lanes_top + h * (lane_height(&p) + GAP));
	const double clients = p.lanes_bottom - client_lane - GAP;

	put_text(out, 24, clients + 12, "font-weight=\"bold\"", "clients");
	for (unsigned g = 0; g < p.groups; g++)
		put_client_lane(&p, g, clients + g * (BAR + 3));
	put_marks(&p, rows, marks_top);
	put_axis(&p, axis);
	for (unsigned g = 0; g < p.groups; g++)
		put_lengths(&p, g, clients + g * (BAR + 3));
	put_mark_texts(&p, texts);
	put_legend(&p, put_groups(&p, legend));
	g_string_append(out, "</svg>\n");
	axis_clear(&p.axis);
}
