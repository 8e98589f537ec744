/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A configuration that is right, to be spoilt by each test, and a look at the faults.
 */
#ifndef TEST_CONF_FIXTURE_H
#define TEST_CONF_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "conf/conf.h"

#define HACF "/etc/ha.d/ha.cf"
#define HARESOURCES "/etc/ha.d/haresources"
#define AUTHKEYS "/etc/ha.d/authkeys"

#define GOOD_TAIL \
	"auto_failback on\n" \
	"ucast eth0 10.0.0.2\n" \
	"node alpha beta gamma\n"
#define GOOD_HARESOURCES "alpha 10.0.0.9/24/eth0 httpd\n"
#define GOOD_AUTHKEYS "auth 1\n1 sha1 c0rrect-horse-battery\n"

static inline struct conf *
fixture_parse(
    const char *hacf, const char *haresources, const char *authkeys, GPtrArray *faults)
{
	struct conf_text text = {
	    .hacf_path = HACF,
	    .hacf = hacf,
	    .haresources_path = HARESOURCES,
	    .haresources = haresources,
	    .authkeys_path = AUTHKEYS,
	    .authkeys = authkeys,
	    .authkeys_mode = 0600,
	    .authkeys_owner_ok = true,
	    .node_name = "alpha",
	};

	return conf_parse(&text, faults);
}

/* The faults as text, a line each. Owns: the caller's. */
static inline char *
fixture_text(const GPtrArray *faults)
{
	GString *all = g_string_new(NULL);

	for (unsigned i = 0; i < faults->len; i++) {
		g_autofree char *line = fault_text(g_ptr_array_index(faults, i));

		g_string_append_printf(all, "%s\n", line);
	}
	return g_string_free(all, FALSE);
}

static inline bool
fixture_has(const GPtrArray *faults, const char *file, unsigned line, bool is_error,
    const char *part)
{
	for (unsigned i = 0; i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);

		if (strcmp(f->file, file) == 0 && f->line == line &&
		    f->is_error == is_error && strstr(f->text, part) != NULL)
			return true;
	}
	return false;
}

/* Fails, showing what there is, unless exactly this one fault is there. */
static inline void
fixture_expect_only(const GPtrArray *faults, const char *file, unsigned line, bool is_error,
    const char *part)
{
	g_autofree char *all = fixture_text(faults);

	if (faults->len != 1 || !fixture_has(faults, file, line, is_error, part))
		fail_msg("expected only %s:%u: %s: ...%s..., but there is:\n%s", file, line,
		    is_error ? "error" : "hint", part, all);
}

static inline void
fixture_expect_none(const GPtrArray *faults)
{
	g_autofree char *all = fixture_text(faults);

	if (faults->len != 0)
		fail_msg("unexpected:\n%s", all);
}

/* line, put before a good rest, as line 1 of ha.cf. NULL if it is refused. */
static inline struct conf *
fixture_hacf_line(const char *line, GPtrArray *faults)
{
	g_autofree char *hacf = g_strconcat(line, "\n" GOOD_TAIL, NULL);

	return fixture_parse(hacf, GOOD_HARESOURCES, GOOD_AUTHKEYS, faults);
}

static inline struct conf *
fixture_haresources(const char *haresources, GPtrArray *faults)
{
	return fixture_parse(GOOD_TAIL, haresources, GOOD_AUTHKEYS, faults);
}

/* A line, and the only fault that it makes. */
struct line_case {
	const char *line;
	char level; /* 'e' error, 'h' hint, '-' nothing to say */
	const char *part;
};

static inline void
fixture_run_hacf(const struct line_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = fixture_hacf_line(cases[i].line, faults);

		print_message("%s\n", cases[i].line);
		if (cases[i].level == '-')
			fixture_expect_none(faults);
		else
			fixture_expect_only(
			    faults, HACF, 1, cases[i].level == 'e', cases[i].part);
		assert_int_equal(c == NULL, cases[i].level == 'e');
		conf_free(c);
	}
}

#endif
