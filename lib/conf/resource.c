/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/resource.h"

#include <string.h>

#include "conf/ip.h"

void
conf_resource_clear(struct conf_resource *r)
{
	g_free(r->text);
	g_free(r->script);
	g_strfreev(r->args);
}

/* The shell pattern [0-9]*.[0-9]*.[0-9]*.[0-9]* by which 3.0.6 knows an address. */
static bool
is_bare_ipv4(const char *word)
{
	unsigned parts = g_ascii_isdigit(word[0]) ? 1 : 0;

	for (size_t i = 1; parts > 0 && word[i] != '\0'; i++)
		if (word[i - 1] == '.' && g_ascii_isdigit(word[i]))
			parts++;
	return parts >= 4;
}

static bool
starts_with_ipv6(const char *word)
{
	g_autofree char *address = g_strndup(word, strcspn(word, "/"));

	return ip_family(address) == IP_V6;
}

/*
 * An IPv6 address that is no script with an argument: "db2::a" could be both, so the first
 * part must be four digits, or there must be more to it.
 */
static bool
is_bare_ipv6(const char *word)
{
	unsigned colons = 0;

	if (!starts_with_ipv6(word))
		return false;
	for (const char *at = word; *at != '\0'; at++)
		colons += *at == ':';
	return strcspn(word, ":") == 4 || colons > 2 || strchr(word, '/') != NULL;
}

static bool
is_address_script(const char *script)
{
	return strcmp(script, "IPaddr") == 0 || strcmp(script, "IPaddr2") == 0 ||
	       strcmp(script, "IPv6addr") == 0;
}

/* At "::", but not inside [2001:db8::1]. */
static char **
split_args(const char *text)
{
	GPtrArray *args = g_ptr_array_new();
	const char *from = text;
	bool bracket = false;

	for (; *text != '\0'; text++) {
		bracket = (bracket || *text == '[') && *text != ']';
		if (bracket || text[0] != ':' || text[1] != ':')
			continue;
		g_ptr_array_add(args, g_strndup(from, (size_t)(text - from)));
		text++;
		from = text + 1;
	}
	g_ptr_array_add(args, g_strdup(from));
	g_ptr_array_add(args, NULL);
	return (char **)g_ptr_array_free(args, FALSE);
}

/* Arguments that are empty stay in place; at the end there is no place to keep. */
static char **
resource_args(const char *script, const char *text)
{
	bool takes_address = is_address_script(script) || strcmp(script, "IPsrcaddr") == 0;

	if (takes_address && starts_with_ipv6(text)) {
		const char *const one[] = {text, NULL};

		return g_strdupv((char **)one);
	}
	char **args = split_args(text);
	unsigned n = g_strv_length(args);
	while (n > 0 && args[n - 1][0] == '\0')
		g_clear_pointer(&args[--n], g_free);
	return args;
}

static void
hint_empty_args(const struct conf_resource *r, unsigned line, const struct report *report)
{
	for (unsigned i = 0; r->args[i] != NULL; i++) {
		if (r->args[i][0] != '\0')
			continue;
		report_hint(report, line,
		    "resource '%s': argument %u is empty and keeps its place; 3.0.6 leaves "
		    "it out "
		    "and moves the others up",
		    r->text, i + 1);
		return;
	}
}

/* "heartbeat:Filesystem", or NULL. */
static char *
ocf_name(const char *name)
{
	const char *colon = strchr(name, ':');

	if (*name == '\0' || colon == name)
		return NULL;
	if (colon == NULL)
		return g_strconcat("heartbeat:", name, NULL);
	if (colon[1] == '\0' || strchr(colon + 1, ':') != NULL)
		return NULL;
	return g_strdup(name);
}

/* Behind "ocf:" or "OCF::". */
static char *
parse_ocf(const char *word, const char *behind, bool by_name, struct conf_resource *r)
{
	g_auto(GStrv) parts = split_args(behind);

	r->kind = RESOURCE_OCF;
	r->script = ocf_name(parts[0] != NULL ? parts[0] : "");
	if (r->script == NULL)
		return g_strdup(
		    "write 'ocf:PROVIDER:TYPE', such as 'ocf:heartbeat:Filesystem'");
	r->args = g_strdupv(parts + 1);
	for (char **arg = r->args; by_name && *arg != NULL; arg++)
		if (strchr(*arg, '=') == NULL)
			return g_strdup_printf(
			    "'%s' is not NAME=VALUE, as arguments of an agent "
			    "written as '%.*s' must be",
			    *arg, (int)(strcspn(word, ":") + 1 + strcspn(behind, ":")),
			    word);
	return NULL;
}

static char *
parse_systemd(const char *unit, struct conf_resource *r)
{
	r->kind = RESOURCE_SYSTEMD;
	r->script = g_strdup(unit);
	r->args = g_new0(char *, 1);
	if (*unit == '\0')
		return g_strdup("the unit is missing: write 'systemd:UNIT'");
	if (strstr(unit, "::") != NULL)
		return g_strdup("a systemd unit takes no arguments");
	return NULL;
}

static char *
parse_bare_address(const char *word, const char *script, struct conf_resource *r)
{
	const char *const args[] = {word, NULL};

	r->kind = RESOURCE_ADDRESS;
	r->script = g_strdup(script);
	r->args = g_strdupv((char **)args);
	return ip_service_fault(script, word);
}

static char *
parse_script(const char *word, struct conf_resource *r)
{
	const char *colons = strstr(word, "::");

	r->script =
	    colons != NULL ? g_strndup(word, (size_t)(colons - word)) : g_strdup(word);
	r->kind = is_address_script(r->script) ? RESOURCE_ADDRESS : RESOURCE_SCRIPT;
	r->args = colons != NULL ? resource_args(r->script, colons + 2) : g_new0(char *, 1);
	if (r->script[0] == '\0')
		return g_strdup("there is no script before '::'");
	if (strchr(r->script, ',') != NULL)
		return g_strdup("resources are separated by blanks, not by commas");
	if (r->kind == RESOURCE_SCRIPT)
		return NULL;
	if (g_strv_length(r->args) != 1)
		return g_strdup_printf(
		    "%s takes one argument: write '%s::ADDRESS/BITS/INTERFACE'", r->script,
		    r->script);
	return ip_service_fault(r->script, r->args[0]);
}

static char *
parse_word(const char *word, struct conf_resource *r)
{
	size_t last = strlen(word) - 1;

	if (strchr(word, '"') != NULL || word[0] == '\'' || word[last] == '\'')
		return g_strdup(
		    "quotes do not join words here: arguments cannot contain blanks");
	if (is_bare_ipv4(word))
		return parse_bare_address(word, "IPaddr", r);
	if (is_bare_ipv6(word))
		return parse_bare_address(word, "IPv6addr", r);
	if (g_str_has_prefix(word, "OCF::"))
		return parse_ocf(word, word + 5, false, r);
	if (g_ascii_strncasecmp(word, "ocf:", 4) == 0 && word[4] != ':')
		return parse_ocf(word, word + 4, true, r);
	if (g_str_has_prefix(word, "systemd:") && word[8] != ':')
		return parse_systemd(word + 8, r);
	return parse_script(word, r);
}

bool
resource_parse(
    const char *word, unsigned line, const struct report *report, struct conf_resource *out)
{
	struct conf_resource r = {.text = g_strdup(word)};
	g_autofree char *fault = parse_word(word, &r);

	if (fault != NULL) {
		report_error(report, line, "resource '%s': %s", word, fault);
		conf_resource_clear(&r);
		return false;
	}
	hint_empty_args(&r, line, report);
	*out = r;
	return true;
}
