/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/svg.h"

static void
put_number(GString *out, const char *name, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	g_string_append_printf(
	    out, " %s=\"%s\"", name, g_ascii_formatd(text, sizeof(text), "%.1f", value));
}

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

void
svg_rect(GString *out, double x, double y, double width, double height, const char *style)
{
	g_string_append(out, "<rect");
	put_number(out, "x", x);
	put_number(out, "y", y);
	put_number(out, "width", width);
	put_number(out, "height", height);
	g_string_append_printf(out, " %s/>\n", style);
}

void
svg_line(GString *out, double x1, double y1, double x2, double y2, const char *style)
{
	g_string_append(out, "<line");
	put_number(out, "x1", x1);
	put_number(out, "y1", y1);
	put_number(out, "x2", x2);
	put_number(out, "y2", y2);
	g_string_append_printf(out, " %s/>\n", style);
}

void
svg_circle(GString *out, double x, double y, double radius, const char *style)
{
	g_string_append(out, "<circle");
	put_number(out, "cx", x);
	put_number(out, "cy", y);
	put_number(out, "r", radius);
	g_string_append_printf(out, " %s/>\n", style);
}

void
svg_text(GString *out, double x, double y, const char *style, const char *text)
{
	g_string_append(out, "<text");
	put_number(out, "x", x);
	put_number(out, "y", y);
	g_string_append_printf(out, " %s>", style);
	put_escaped(out, text);
	g_string_append(out, "</text>\n");
}

void
svg_fitted(GString *out, double x, double y, const char *style, const char *text,
    double width, double letter)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	const glong most = MAX((glong)(width / letter), 4);

	if (g_utf8_strlen(valid, -1) > most) {
		g_autofree char *head = g_utf8_substring(valid, 0, most - 3);
		g_autofree char *cut = g_strconcat(head, "...", NULL);

		svg_text(out, x, y, style, cut);
		return;
	}
	svg_text(out, x, y, style, valid);
}
