/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/lex.h"

#include <string.h>

struct joint {
	size_t offset; /* in the joined text */
	unsigned line;
};

/* Characters that look like a blank, or like nothing, and are neither. */
static const struct invisible {
	const char *bytes;
	const char *name;
} invisibles[] = {
    {"\xc2\xa0", "a no-break space (U+00A0)"},
    {"\xc2\xad", "a soft hyphen (U+00AD)"},
    {"\xe2\x80\x8b", "a zero-width space (U+200B)"},
    {"\xe2\x80\x8c", "a zero-width non-joiner (U+200C)"},
    {"\xe2\x80\x8d", "a zero-width joiner (U+200D)"},
    {"\xe2\x80\xaf", "a narrow no-break space (U+202F)"},
    {"\xef\xbb\xbf", "a byte order mark (U+FEFF)"},
    {"\v", "a vertical tab"},
};

static void
line_free(void *p)
{
	struct lex_line *l = p;

	explicit_bzero(l->text, strlen(l->text));
	g_free(l->text);
	if (l->joints != NULL)
		g_array_free(l->joints, TRUE);
	g_free(l);
}

/* They would go into names, and with those to terminals and logs. The first of a line is said. */
static void
blank_controls(char *text, unsigned line, const struct report *report)
{
	bool said = false;

	for (char *at = text; *at != '\0'; at++) {
		if (!g_ascii_iscntrl(*at) || strchr(LEX_BLANKS, *at) != NULL)
			continue;
		if (!said)
			report_error(report, line,
			    "there is a control character (0x%02x) at column %zu: delete it",
			    (unsigned)(unsigned char)*at, (size_t)(at - text) + 1);
		said = true;
		*at = ' ';
	}
}

static void
blank_invisibles(char *text, unsigned line, const struct report *report)
{
	for (size_t i = 0; i < G_N_ELEMENTS(invisibles); i++) {
		char *at = strstr(text, invisibles[i].bytes);

		if (at == NULL)
			continue;
		report_error(report, line,
		    "there is %s at column %zu: replace it by an ordinary blank or delete "
		    "it",
		    invisibles[i].name, (size_t)(at - text) + 1);
		for (; at != NULL; at = strstr(at, invisibles[i].bytes))
			memset(at, ' ', strlen(invisibles[i].bytes));
	}
	blank_controls(text, line, report);
}

/* Returns whether there was one. */
static bool
cut_comment(char *text, enum lex_style style)
{
	char *hash =
	    style == LEX_AUTHKEYS ? text + strspn(text, LEX_BLANKS) : strchr(text, '#');

	if (hash == NULL || *hash != '#')
		return false;
	*hash = '\0';
	return true;
}

static void
cut_trailing_blanks(char *text)
{
	size_t len = strlen(text);

	while (len > 0 && strchr(LEX_BLANKS, text[len - 1]) != NULL)
		len--;
	text[len] = '\0';
}

static bool
cut_backslash(char *text)
{
	size_t len = strlen(text);

	if (len == 0 || text[len - 1] != '\\')
		return false;
	text[len - 1] = '\0';
	return true;
}

static bool
is_blank(const char *text)
{
	return text[strspn(text, LEX_BLANKS)] == '\0';
}

/* Joined as they stand: a blank must be there already, as in 3.0.6. */
static void
line_append(struct lex_line *l, const char *text, unsigned number)
{
	struct joint j = {.offset = strlen(l->text), .line = number};
	char *joined = g_strconcat(l->text, text, NULL);

	if (l->joints == NULL)
		l->joints = g_array_new(FALSE, FALSE, sizeof(struct joint));
	g_array_append_val(l->joints, j);
	g_free(l->text);
	l->text = joined;
}

struct lexer {
	GPtrArray *lines;
	enum lex_style style;
	const struct report *report;
	struct lex_line *open; /* the entry that a backslash continues */
};

/* Take one physical line; text is changed and wiped. */
static void
lexer_take(struct lexer *x, char *text, unsigned number)
{
	bool comment = cut_comment(text, x->style);

	if (x->style != LEX_AUTHKEYS)
		blank_invisibles(text, number, x->report);
	cut_trailing_blanks(text);
	bool backslash = x->style != LEX_AUTHKEYS && cut_backslash(text);
	bool continues = backslash && x->style == LEX_HARESOURCES;

	if (x->open != NULL && is_blank(text) && !backslash) {
		if (!comment)
			x->open = NULL;
	} else if (x->open != NULL) {
		line_append(x->open, text, number);
		if (!continues)
			x->open = NULL;
	} else if (!is_blank(text) || backslash) {
		struct lex_line *l = g_new0(struct lex_line, 1);

		l->line = number;
		l->text = g_strdup(text + strspn(text, LEX_BLANKS));
		l->backslash = backslash && !continues;
		g_ptr_array_add(x->lines, l);
		x->open = continues ? l : NULL;
	}
	explicit_bzero(text, strlen(text));
}

/* A lone backslash is an empty line that continues. */
static void
drop_empty_lines(GPtrArray *lines)
{
	for (unsigned i = lines->len; i > 0; i--) {
		struct lex_line *l = g_ptr_array_index(lines, i - 1);

		if (is_blank(l->text) && !l->backslash)
			g_ptr_array_remove_index(lines, i - 1);
	}
}

GPtrArray *
lex_lines(const char *text, enum lex_style style, const struct report *report)
{
	struct lexer x = {.lines = g_ptr_array_new_with_free_func(line_free),
	    .style = style,
	    .report = report};
	unsigned number = 0;

	if (g_str_has_prefix(text, "\xef\xbb\xbf"))
		text += 3;
	while (*text != '\0') {
		size_t len = strcspn(text, "\r\n");
		g_autofree char *line = g_strndup(text, len);

		text += len;
		if (text[0] == '\r' && text[1] == '\n')
			text++;
		if (*text != '\0')
			text++;
		lexer_take(&x, line, ++number);
	}
	drop_empty_lines(x.lines);
	return x.lines;
}

static void
word_clear(void *p)
{
	struct lex_word *w = p;

	g_free(w->text);
}

GArray *
lex_line_words(const struct lex_line *line)
{
	GArray *words = g_array_new(FALSE, FALSE, sizeof(struct lex_word));
	unsigned next = 0;
	unsigned number = line->line;
	const char *at = line->text;
	const char *end = at;

	g_array_set_clear_func(words, word_clear);
	for (;;) {
		at += strspn(at, LEX_BLANKS);
		size_t len = strcspn(at, LEX_BLANKS);
		if (len == 0)
			return words;
		struct lex_word w = {.text = g_strndup(at, len)};
		while (line->joints != NULL && next < line->joints->len) {
			struct joint j = g_array_index(line->joints, struct joint, next);

			if (j.offset > (size_t)(at - line->text))
				break;
			number = j.line;
			w.first_of_continued = line->text + j.offset >= end;
			next++;
		}
		w.line = number;
		g_array_append_val(words, w);
		at += len;
		end = at;
	}
}

static char *
unquoted(const char *word, size_t len)
{
	bool quoted =
	    len >= 2 && (word[0] == '"' || word[0] == '\'') && word[len - 1] == word[0];

	return quoted ? g_strndup(word + 1, len - 2) : g_strndup(word, len);
}

char **
lex_words(const char *text, const char *separators)
{
	GPtrArray *words = g_ptr_array_new();

	for (;;) {
		text += strspn(text, separators);
		size_t len = strcspn(text, separators);
		if (len == 0)
			break;
		g_ptr_array_add(words, unquoted(text, len));
		text += len;
	}
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

const char *
lex_rest(const char *text, unsigned n)
{
	text += strspn(text, LEX_BLANKS);
	while (n-- > 0) {
		text += strcspn(text, LEX_BLANKS);
		text += strspn(text, LEX_BLANKS);
	}
	return text;
}
