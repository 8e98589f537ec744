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
#include "sim/finding.h"
#include "sim/svg.h"
#include "sim/timeline_picture.h"

#define LEFT_MIN 150
#define LEFT_MAX 290
#define BADGE 9 /* radius */
#define LINE 19
/* Longer than that nothing happens: the time is cut. */
#define QUIET_MIN_MS 20000

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
	return g_strdup_printf(
	    "%dh%02dm%02ds", (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
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
		g_array_append_val(
		    moments, g_array_index(p->p->marks, struct play_mark, i).at);
	axis_init(&p->axis, moments, span_from_ms(quiet), p->left, WIDTH - RIGHT);
}

/* -- marks -- */

/* In which row of badges each mark stands, so that none covers another. Owns: the caller's.
 */
static unsigned *
badge_rows(const struct picture *p, unsigned *count)
{
	const GArray *marks = p->p->marks;
	unsigned *row = g_new0(unsigned, marks->len + 1);

	*count = 1;
	for (unsigned i = 0; i < marks->len; i++) {
		const double x = picture_x(p, g_array_index(marks, struct play_mark, i).at);

		for (unsigned k = 0; k < i; k++) {
			const double other =
			    picture_x(p, g_array_index(marks, struct play_mark, k).at);

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
		const struct play_mark *m =
		    &g_array_index(p->p->marks, struct play_mark, i);
		const double x = picture_x(p, m->at),
			     y = top + row[i] * (2 * BADGE + 3) + BADGE;

		svg_line(p->out, x, y, x, p->lanes_bottom,
		    m->fault
			? "stroke=\"#444\" stroke-width=\"1\""
			: "stroke=\"#999\" stroke-width=\"1\" stroke-dasharray=\"2 3\"");
	}
	for (unsigned i = 0; i < p->p->marks->len; i++) {
		const struct play_mark *m =
		    &g_array_index(p->p->marks, struct play_mark, i);
		const double x = picture_x(p, m->at),
			     y = top + row[i] * (2 * BADGE + 3) + BADGE;
		g_autofree char *number = g_strdup_printf("%u", i + 1);

		svg_circle(p->out, x, y, BADGE,
		    m->fault ? "fill=\"#222\"" : "fill=\"#fff\" stroke=\"#777\"");
		svg_text(p->out, x, y + 4,
		    m->fault ? "class=\"n\" fill=\"#fff\"" : "class=\"n\" fill=\"#222\"",
		    number);
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
		    m->host >= 0 ? p->c->conf->nodes[m->host] : "",
		    m->host >= 0 ? ": " : "", m->text);
		const double x = i < half ? 24 : WIDTH / 2.0 + 12,
			     line = y + (i % half) * LINE;

		svg_text(p->out, x, line, "", number);
		svg_text(p->out, x + 28, line, "", when);
		svg_fitted(p->out, x + 110, line,
		    m->fault ? "font-weight=\"bold\"" : "fill=\"#444\"", text,
		    WIDTH / 2.0 - 140, m->fault ? LETTER_BOLD : LETTER);
	}
	return y + half * LINE;
}

/* -- axis and legend -- */

static void
put_cut(struct picture *p, const struct axis_part *part, double y)
{
	const double middle = (part->x_from + part->x_to) / 2;
	g_autofree char *length = finding_span(moment_since(part->to, part->from));

	/* A white tear through the lanes. */
	for (int i = -1; i <= 1; i += 2)
		svg_line(p->out, middle + i * 3 - 3, p->lanes_bottom + 2,
		    middle + i * 3 + 3, p->lanes_top - 2,
		    i < 0 ? "stroke=\"#fff\" stroke-width=\"5\""
			  : "stroke=\"#888\" stroke-width=\"1\"");
	svg_line(p->out, middle - 9, p->lanes_bottom + 2, middle - 3, p->lanes_top - 2,
	    "stroke=\"#888\" stroke-width=\"1\"");
	svg_text(p->out, middle, y + 30, "class=\"m\" fill=\"#555\"", length);
}

static void
put_axis(struct picture *p, double y)
{
	const struct span step = axis_step(&p->axis, 62);
	const struct moment began = outage_began(p->p->outage);
	double last = -100;

	svg_line(p->out, p->left, y, WIDTH - RIGHT, y, "stroke=\"#444\"");
	for (unsigned i = 0; i < p->axis.parts->len; i++) {
		const struct axis_part *part =
		    &g_array_index(p->axis.parts, struct axis_part, i);
		int64_t n = (moment_since(part->from, began).ns + step.ns - 1) / step.ns;

		if (part->cut) {
			put_cut(p, part, y);
			continue;
		}
		for (; began.ns + n * step.ns <= part->to.ns; n++) {
			const struct moment at = {began.ns + n * step.ns};
			const double x = picture_x(p, at);
			g_autofree char *text = time_text(p, at);

			svg_line(p->out, x, y, x, y + 5, "stroke=\"#444\"");
			if (x - last < 50 || x > WIDTH - RIGHT - 10)
				continue;
			svg_text(p->out, x, y + 17, "class=\"m\"", text);
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
		g_autofree char *style = g_strdup_printf("fill=\"%s\"", picture_colour(g));

		svg_fitted(p->out, 46, y, "", text, WIDTH - 46 - RIGHT, LETTER);
		svg_rect(p->out, 24, y - 11, 14, 14, style);
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
	    {"fill=\"#0072b2\" fill-opacity=\"0.35\" stroke=\"#0072b2\"",
		"fill=\"url(#starting)\"", "starting", 90},
	    {"fill=\"#0072b2\" fill-opacity=\"0.35\" stroke=\"#0072b2\"",
		"fill=\"url(#stopping)\"", "stopping", 92},
	    {"fill=\"none\" stroke=\"#0072b2\" stroke-dasharray=\"3 2\"", NULL, "in part",
		82},
	    {"fill=\"#c1121f\"", NULL, "outage", 82},
	    {"fill=\"#5b0e7a\" stroke=\"#000\"", NULL, "held twice", 104},
	    {"fill=\"url(#off)\" stroke=\"#bbb\"", NULL, "machine off", 112},
	    {"fill=\"#cfe8f7\"", NULL, "frozen", 80},
	    {"fill=\"#fbf0c8\"", NULL, "no heartbeat runs", 0},
	};
	double x = 24;

	for (unsigned i = 0; i < G_N_ELEMENTS(items); i++) {
		svg_rect(p->out, x, y - 11, 18, 14, items[i].style);
		if (items[i].over != NULL)
			svg_rect(p->out, x, y - 11, 18, 14, items[i].over);
		svg_text(p->out, x + 24, y, "class=\"s\"", items[i].text);
		x += items[i].width;
	}
}

/* -- all of it -- */

static void
put_head(GString *out, double height)
{
	g_string_append_printf(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
	    "viewBox=\"0 0 %d %d\" "
	    "font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\" font-size=\"13\" "
	    "fill=\"#111\">\n"
	    "<style>.s{font-size:11px}.m{font-size:11px;text-anchor:middle}"
	    ".n{font-size:11px;text-anchor:middle;font-weight:bold}</style>\n"
	    "<defs>\n"
	    "<pattern id=\"starting\" width=\"6\" height=\"6\" "
	    "patternUnits=\"userSpaceOnUse\">"
	    "<path d=\"M-1,7 L7,-1\" stroke=\"#222\" stroke-width=\"1\"/></pattern>\n"
	    "<pattern id=\"stopping\" width=\"6\" height=\"6\" "
	    "patternUnits=\"userSpaceOnUse\">"
	    "<path d=\"M-1,-1 L7,7\" stroke=\"#222\" stroke-width=\"1\"/></pattern>\n"
	    "<pattern id=\"off\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
	    "<rect width=\"8\" height=\"8\" fill=\"#ddd\"/>"
	    "<path d=\"M0,8 L8,0\" stroke=\"#bbb\" stroke-width=\"1\"/></pattern>\n"
	    "</defs>\n",
	    WIDTH, (int)height, WIDTH, (int)height);
	/* Paper of its own: so it can be read on any page. */
	svg_rect(
	    out, 0.5, 0.5, WIDTH - 1, height - 1, "fill=\"#fff\" stroke=\"#ccc\" rx=\"6\"");
}

static void
put_title(struct picture *p, const struct plan_row *row)
{
	const struct conf *conf = p->c->conf;
	g_autofree char *dead = text_from_span(conf->deadtime);
	g_autofree char *init = text_from_span(conf->initdead);
	g_autofree char *takes = text_from_span(p->c->takes);
	g_autofree char *title = g_strdup_printf("%s  %s", row->id, row->title);
	g_autofree char *below =
	    g_strdup_printf("simulated; deadtime %s, initdead %s, auto_failback %s, "
			    "start and stop of a script %s",
		dead, init, auto_failback_name(conf->auto_failback), takes);

	svg_fitted(p->out, 24, 30, "font-size=\"16\" font-weight=\"bold\"", title,
	    WIDTH - 24 - RIGHT, LETTER_TITLE);
	svg_text(p->out, 24, 49, "class=\"s\" fill=\"#555\"", below);
}

void
timeline_svg(GString *out, const struct cluster *c, const struct plan_row *row,
    const struct play *play)
{
	struct picture p = {.out = out,
	    .c = c,
	    .p = play,
	    .hosts = c->conf->node_count,
	    .groups = c->conf->group_count};
	unsigned badges;

	make_axis(&p);
	g_autofree unsigned *rows = badge_rows(&p, &badges);
	const double marks_top = 64;
	const double client_lane = p.groups * (BAR + 3);

	p.lanes_top = marks_top + badges * (2 * BADGE + 3) + 6;
	p.lanes_bottom =
	    p.lanes_top + p.hosts * (lanes_height(&p) + GAP) + client_lane + 2 * GAP;
	const double axis = p.lanes_bottom + 2, texts = axis + 58;
	const double legend = texts + (play->marks->len + 1) / 2 * LINE + 14;

	put_head(out, legend + (p.groups + 1) * LINE + 6);
	put_title(&p, row);
	for (unsigned h = 0; h < p.hosts; h++)
		lanes_host(&p, h, p.lanes_top + h * (lanes_height(&p) + GAP));
	const double clients = p.lanes_bottom - client_lane - GAP;

	svg_text(out, 24, clients + 12, "font-weight=\"bold\"", "clients");
	for (unsigned g = 0; g < p.groups; g++)
		lanes_clients(&p, g, clients + g * (BAR + 3));
	put_marks(&p, rows, marks_top);
	put_axis(&p, axis);
	for (unsigned g = 0; g < p.groups; g++)
		lanes_lengths(&p, g, clients + g * (BAR + 3));
	put_mark_texts(&p, texts);
	put_legend(&p, put_groups(&p, legend));
	g_string_append(out, "</svg>\n");
	axis_clear(&p.axis);
}
