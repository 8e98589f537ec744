#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures of a run, as SVG, for the README.

picture.py terminal TITLE < TEXT          what a terminal showed, colours included
picture.py failover CUT_MS PROBE ROWS PAGES REMARK
    the client's view of a power cut: PROBE is the report of tests/lab/probe, ROWS and PAGES
    have a line for each success, whose last word is its time in seconds
"""
import re
import sys
import xml.dom.minidom
from xml.sax.saxutils import escape

FONT = "font-family='DejaVu Sans Mono, Menlo, Consolas, monospace'"
SANS = "font-family='DejaVu Sans, Helvetica, Arial, sans-serif'"
COLOURS = {"31": "#e06c75", "32": "#98c379", "33": "#e5c07b", "34": "#61afef", "36": "#56b6c2"}
INK, PALE, GOOD, BAD, OFF = "#24292f", "#6e7781", "#2da44e", "#cf222e", "#d0d7de"


def text(x, y, words, style=""):
    return f"<text x='{x:.1f}' y='{y:.1f}' {style}>{escape(words)}</text>"


def rect(x, y, width, height, fill, style=""):
    return f"<rect x='{x:.1f}' y='{y:.1f}' width='{width:.1f}' height='{height:.1f}' fill='{fill}' {style}/>"


def page(width, height, parts):
    return "\n".join(
        [f"<svg xmlns='http://www.w3.org/2000/svg' width='{width:.0f}' height='{height:.0f}' "
         f"viewBox='0 0 {width:.0f} {height:.0f}'>", *parts, "</svg>"])


def spans(line):
    """A line with its escape sequences as tspans."""
    out, colour, bold = [], None, False
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        if piece.startswith("\x1b["):
            for code in piece[2:-1].split(";"):
                if code in ("", "0"):
                    colour, bold = None, False
                elif code == "1":
                    bold = True
                elif code in COLOURS:
                    colour = COLOURS[code]
        elif piece:
            style = (f" fill='{colour}'" if colour else "") + (" font-weight='bold'" if bold else "")
            out.append(f"<tspan{style}>{escape(piece)}</tspan>")
    return "".join(out)


def terminal(title, lines):
    letter, height, edge = 8.45, 18, 16
    # As wide as the terminal that people have, at least.
    columns = max([80] + [len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines])
    width, top = columns * letter + 2 * edge, 40
    parts = [rect(0, 0, width, top + len(lines) * height + edge, "#282c34", "rx='8'")]
    parts += [f"<circle cx='{edge + 8 + 20 * i}' cy='18' r='6' fill='{c}'/>"
              for i, c in enumerate(("#ff5f56", "#ffbd2e", "#27c93f"))]
    parts.append(text(width / 2, 23, title, f"{SANS} font-size='13' fill='#abb2bf' text-anchor='middle'"))
    for i, line in enumerate(lines):
        parts.append(f"<text x='{edge}' y='{top + 14 + i * height}' {FONT} font-size='14' fill='#dcdfe4' "
                     f"xml:space='preserve'>{spans(line)}</text>")
    return page(width, top + len(lines) * height + edge, parts)


def times(path):
    with open(path, encoding="ascii") as file:
        return [float(line.split()[-1]) for line in file if line.strip()]


def longest(moments):
    return max(zip(moments, moments[1:]), key=lambda pair: pair[1] - pair[0])


def failover(cut_ms, probe, rows, pages, remark):
    cut = cut_ms / 1000
    reigns, gap = [], None
    with open(probe, encoding="ascii") as file:
        for line in file:
            words = line.split()
            if words[0] == "host":
                reigns.append((words[1], int(words[2]) / 1000, int(words[3]) / 1000))
            elif words[0] == "gap" and int(words[2]) >= cut_ms and (not gap or int(words[3]) > gap[2]):
                gap = (int(words[1]) / 1000, int(words[2]) / 1000, int(words[3]))
    row_gap, page_gap = longest(rows), longest(pages)
    old, new = reigns[0][0], reigns[-1][0]
    begin, end = cut - 2.5, max(row_gap[1], page_gap[1]) + 2.5
    left, right, lane, top = 150, 30, 46, 76
    width, bottom = 900, top + 5 * lane - 8
    scale = (width - left - right) / (end - begin)

    def x(moment):
        return left + (min(max(moment, begin), end) - begin) * scale

    parts = [rect(0, 0, width, bottom + 44, "white"),
             text(20, 30, f"{old} loses power: what the client sees", f"{SANS} font-size='18' font-weight='bold' fill='{INK}'")]
    second = int(begin - cut)
    while cut + second <= end:
        at = x(cut + second)
        parts.append(f"<line x1='{at:.1f}' y1='{top - 14}' x2='{at:.1f}' y2='{bottom}' stroke='{OFF}'/>")
        parts.append(text(at, top - 20, f"{second:+d} s" if second else "0 s",
                          f"{SANS} font-size='11' fill='{PALE}' text-anchor='middle'"))
        second += 1

    def name(row, words, below=""):
        y = top + row * lane + 20
        parts.append(text(20, y, words, f"{SANS} font-size='14' fill='{INK}'"))
        if below:
            parts.append(text(20, y + 15, below, f"{SANS} font-size='11' fill='{PALE}'"))

    def bar(row, begins, ends, fill, words, ink="white"):
        y = top + row * lane
        parts.append(rect(x(begins), y, x(ends) - x(begins), 28, fill, "rx='3'"))
        parts.append(text(x(begins) + 8, y + 19, words, f"{SANS} font-size='12' fill='{ink}'"))

    name(0, old)
    bar(0, begin, cut, GOOD, "holds the service")
    bar(0, cut, end, OFF, "no power", PALE)
    name(1, new)
    bar(1, begin, reigns[-1][1], "#eaeef2", "waits, hears " + old + " until 0 s", PALE)
    bar(1, reigns[-1][1], end, GOOD, "takes over")

    def ticks(row, label, below, moments, hole, words):
        name(row, label, below)
        y = top + row * lane
        for moment in moments:
            if begin <= moment <= end:
                parts.append(rect(x(moment) - 1, y + 4, 2, 20, GOOD))
        parts.append(rect(x(hole[0]) + 2, y + 4, x(hole[1]) - x(hole[0]) - 4, 20, "#ffebe9", "rx='3'"))
        parts.append(text((x(hole[0]) + x(hole[1])) / 2, y + 19, words,
                          f"{SANS} font-size='12' fill='{BAD}' text-anchor='middle'"))

    parts.append(f"<line x1='20' y1='{top + 2 * lane - 8}' x2='{width - right}' y2='{top + 2 * lane - 8}' stroke='{OFF}'/>")
    name(2, "address", "asked each ms")
    y = top + 2 * lane
    parts.append(rect(x(begin), y + 4, x(gap[0]) - x(begin), 20, GOOD))
    parts.append(rect(x(gap[1]), y + 4, x(end) - x(gap[1]), 20, GOOD))
    parts.append(rect(x(gap[0]) + 2, y + 4, x(gap[1]) - x(gap[0]) - 4, 20, "#ffebe9", "rx='3'"))
    parts.append(text((x(gap[0]) + x(gap[1])) / 2, y + 19, f"{gap[2] / 1000:.2f} s away",
                      f"{SANS} font-size='12' fill='{BAD}' text-anchor='middle'"))
    ticks(3, "MariaDB", "a row each 50 ms", rows, row_gap, f"{row_gap[1] - row_gap[0]:.2f} s, crash recovery included")
    ticks(4, "Apache", "a page each 100 ms", pages, page_gap, f"{page_gap[1] - page_gap[0]:.2f} s")
    parts.append(f"<line x1='{x(cut):.1f}' y1='{top - 14}' x2='{x(cut):.1f}' y2='{bottom}' stroke='{BAD}' stroke-width='2'/>")
    parts.append(text(20, bottom + 26, "Drawn by ./quickstart --pictures from what its client wrote down; " + remark, f"{SANS} font-size='12' fill='{PALE}'"))
    return page(width, bottom + 44, parts)


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "terminal":
        lines = [line.rstrip() for line in sys.stdin.read().replace("\r", "").split("\n")]
        while lines and not lines[-1]:
            lines.pop()
        picture = terminal(sys.argv[2], lines)
    elif len(sys.argv) == 7 and sys.argv[1] == "failover":
        picture = failover(int(sys.argv[2]), sys.argv[3], times(sys.argv[4]), times(sys.argv[5]),
                           sys.argv[6])
    else:
        sys.exit(__doc__)
    xml.dom.minidom.parseString(picture)
    print(picture)


if __name__ == "__main__":
    main()
