/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lanes of a timeline: what each machine ran, and what clients saw. */
#include <string.h>

#include "sim/finding.h"
#include "sim/svg.h"
#include "sim/timeline_picture.h"

/* A status takes less. */
#define STATUS_MS 20

/* Told apart by colour-blind people as well. */
static const char *const group_colours[] = {
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#8c6d31", "#6a51a3", "#4d4d4d"};

const char *
picture_colour(unsigned group)
{
	return group_colours[group % G_N_ELEMENTS(group_colours)];
}

double
picture_x(const struct picture *p, struct moment at)
{
	return axis_x(&p->axis, at);
}

/* -- lanes -- */

double
lanes_height(const struct picture *p)
{
	return p->groups * (BAR + 3) + GAP;
}

/* The background of a lane; in_front: what is to be seen above its bars. */
static void
put_condition(struct picture *p, const struct stretch *s, double y, bool in_front)
{
	static const struct {
		const char *style, *veil, *text;
	} looks[HOST_CONDITION_COUNT] = {
	    [HOST_OFF] = {"fill=\"url(#off)\"", NULL, "off"},
	    [HOST_FROZEN] = {"fill=\"#cfe8f7\"", "fill=\"#cfe8f7\" fill-opacity=\"0.7\"",
		"frozen"},
	    [HOST_BARE] = {"fill=\"#fbf0c8\"", NULL, "no heartbeat"},
	    [HOST_UP] = {"fill=\"#f4f6f8\"", NULL, ""},
	};
	const double x = picture_x(p, s->from), w = picture_x(p, s->to) - x;
	const char *text = looks[s->what].text;

	if (!in_front) {
		svg_rect(p->out, x, y, w, lanes_height(p), looks[s->what].style);
		return;
	}
	if (looks[s->what].veil != NULL)
		svg_rect(p->out, x, y, w, lanes_height(p), looks[s->what].veil);
	if (w > LETTER_SMALL * (double)strlen(text) + 6)
		svg_text(p->out, x + 5, y + lanes_height(p) - 4,
		    "class=\"s\" fill=\"#222\" stroke=\"#fff\" stroke-width=\"2\" "
		    "stroke-opacity=\"0.7\""
		    " paint-order=\"stroke\"",
		    text);
}

static void
put_phase(struct picture *p, const struct stretch *s, unsigned group, double y)
{
	const double x = picture_x(p, s->from), w = MAX(picture_x(p, s->to) - x, 1.5);
	g_autofree char *whole = g_strdup_printf("fill=\"%s\"", picture_colour(group));
	g_autofree char *light =
	    g_strdup_printf("fill=\"%s\" fill-opacity=\"0.35\" stroke=\"%s\"",
		picture_colour(group), picture_colour(group));
	g_autofree char *hollow = g_strdup_printf(
	    "fill=\"none\" stroke=\"%s\" stroke-dasharray=\"3 2\"", picture_colour(group));

	switch ((enum group_phase)s->what) {
	case PHASE_NOTHING:
	case PHASE_COUNT:
		break;
	case PHASE_SERVING:
		svg_rect(p->out, x, y, w, BAR, whole);
		break;
	case PHASE_PARTLY:
		svg_rect(p->out, x, y, w, BAR, hollow);
		break;
	case PHASE_STARTING:
	case PHASE_STOPPING:
		svg_rect(p->out, x, y, w, BAR, light);
		svg_rect(p->out, x, y, w, BAR,
		    s->what == PHASE_STARTING ? "fill=\"url(#starting)\""
					      : "fill=\"url(#stopping)\"");
		break;
	}
}

/* Without the moments in which a status is asked for between two starts. Owns: the
 * caller's. */
static GArray *
smooth(const GArray *phases)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct stretch));

	for (unsigned i = 0; i < phases->len; i++) {
		const struct stretch s = g_array_index(phases, struct stretch, i);
		struct stretch *before =
		    out->len > 0 ? &g_array_index(out, struct stretch, out->len - 1) : NULL;
		const bool brief =
		    i + 1 < phases->len && before != NULL &&
		    span_ms(moment_since(s.to, s.from)) < STATUS_MS &&
		    g_array_index(phases, struct stretch, i + 1).what == before->what;

		if (before != NULL && (brief || s.what == before->what))
			before->to = s.to;
		else
			g_array_append_val(out, s);
	}
	return out;
}

void
lanes_host(struct picture *p, unsigned host, double y)
{
	const GArray *conditions = outage_host(p->p->outage, host);

	svg_fitted(p->out, 24, y + BAR, "font-weight=\"bold\"", p->c->conf->nodes[host],
	    p->left - 24 - 26, LETTER_BOLD);
	for (unsigned i = 0; i < conditions->len; i++)
		put_condition(p, &g_array_index(conditions, struct stretch, i), y, false);
	for (unsigned g = 0; g < p->groups; g++) {
		g_autoptr(GArray) phases = smooth(outage_group(p->p->outage, host, g));
		const double bar = y + 3 + g * (BAR + 3);
		g_autofree char *letter = finding_letter(g);

		svg_text(p->out, p->left - 22, bar + 12, "class=\"s\"", letter);
		for (unsigned i = 0; i < phases->len; i++)
			put_phase(p, &g_array_index(phases, struct stretch, i), g, bar);
	}
	for (unsigned i = 0; i < conditions->len; i++)
		put_condition(p, &g_array_index(conditions, struct stretch, i), y, true);
}

/* -- what clients saw -- */

/* Where in a bar a text of that width has room and is not torn; a negative number: nowhere.
 */
static double
room_in(const struct picture *p, double x, double end, double width)
{
	for (unsigned i = 0; i < p->axis.parts->len; i++) {
		const struct axis_part *part =
		    &g_array_index(p->axis.parts, struct axis_part, i);
		const double middle = (part->x_from + part->x_to) / 2;

		if (!part->cut || part->x_to <= x || part->x_from >= end)
			continue;
		if (middle - 10 - x >= width)
			return x;
		x = middle + 10;
	}
	return end - x >= width ? x : -1;
}

/* On paper of its own, as it stands on a line. */
static void
put_label(GString *out, double x, double y, double width, const char *text)
{
	svg_rect(out, x, y + 1, width - 2, BAR - 2, "fill=\"#fff\"");
	svg_text(out, x + 2, y + 12, "class=\"s\" fill=\"#222\"", text);
}

/* How long it was: in the bar if there is room, else behind it or before it if nothing is
 * there. */
static void
put_length(struct picture *p, const struct stretch *s, double y, const char *prefix,
    double *free_from)
{
	const double x = picture_x(p, s->from), end = picture_x(p, s->to);
	g_autofree char *length = finding_span(moment_since(s->to, s->from));
	g_autofree char *text = g_strconcat(prefix, length, NULL);
	const double width = LETTER_SMALL * (double)strlen(text) + 6;
	const double in = room_in(p, x, end, width);

	if (in >= 0)
		svg_text(p->out, in + 4, y + 12,
		    "class=\"s\" fill=\"#fff\" font-weight=\"bold\"", text);
	else if (x >= *free_from && end + width < WIDTH)
		put_label(p->out, end + 2, y, width, text);
	else if (x - width >= MAX(*free_from, p->left))
		put_label(p->out, x - width - 1, y, width, text);
	else
		return;
	*free_from = in >= 0 || end + width >= WIDTH ? end : end + width;
}

void
lanes_clients(struct picture *p, unsigned group, double y)
{
	const struct outage *o = p->p->outage;
	const GArray *gaps = outage_gaps(o, group), *doubles = outage_doubles(o, group);
	const double from = picture_x(p, outage_counted_from(o)),
		     to = picture_x(p, outage_ended(o));
	g_autofree char *letter = finding_letter(group);
	g_autofree char *served = g_strdup_printf("fill=\"%s\"", picture_colour(group));

	svg_text(p->out, p->left - 22, y + 12, "class=\"s\"", letter);
	svg_rect(p->out, p->left, y, MAX(from - p->left, 0), BAR, "fill=\"#e4e4e4\"");
	svg_rect(p->out, from, y + BAR / 2.0 - 2, MAX(to - from, 0), 4, served);
	for (unsigned i = 0; i < gaps->len; i++) {
		const struct stretch *s = &g_array_index(gaps, struct stretch, i);

		svg_rect(p->out, picture_x(p, s->from), y,
		    MAX(picture_x(p, s->to) - picture_x(p, s->from), 2), BAR,
		    "fill=\"#c1121f\"");
	}
	for (unsigned i = 0; i < doubles->len; i++) {
		const struct stretch *s = &g_array_index(doubles, struct stretch, i);

		svg_rect(p->out, picture_x(p, s->from), y,
		    MAX(picture_x(p, s->to) - picture_x(p, s->from), 2), BAR,
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

void
lanes_lengths(struct picture *p, unsigned group, double y)
{
	const GArray *gaps = outage_gaps(p->p->outage, group);
	const GArray *doubles = outage_doubles(p->p->outage, group);
	double free_from = 0;

	for (unsigned i = 0; i < doubles->len; i++)
		put_length(
		    p, &g_array_index(doubles, struct stretch, i), y, "twice ", &free_from);
	for (unsigned i = 0; i < gaps->len; i++) {
		const struct stretch *s = &g_array_index(gaps, struct stretch, i);

		if (!overlap(s, doubles))
			put_length(p, s, y, "", &free_from);
	}
}
