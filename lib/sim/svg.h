/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pieces of an SVG picture, appended to a text. Numbers are written the same in every
 * locale; texts may hold anything.
 *
 * style: attributes, as they stand in the file.
 */
#ifndef HB_SIM_SVG_H
#define HB_SIM_SVG_H

#include <glib.h>

/* About the width of a letter of 13 px, by its weight; of 16 px and bold; of 11 px. */
#define LETTER 7.4
#define LETTER_BOLD 8.6
#define LETTER_TITLE 10.4
#define LETTER_SMALL 7.0

void svg_rect(
    GString *out, double x, double y, double width, double height, const char *style);
void svg_line(GString *out, double x1, double y1, double x2, double y2, const char *style);
void svg_circle(GString *out, double x, double y, double radius, const char *style);
void svg_text(GString *out, double x, double y, const char *style, const char *text);
/* The same, cut to a width, with "..." behind. */
void svg_fitted(GString *out, double x, double y, const char *style, const char *text,
    double width, double letter);

#endif
