/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/seek.h"

#include "core/action.h"
#include "core/dialect.h"
#include "core/state.h"

void
seek_init(struct core *c)
{
	c->seek.last = NULL;
	c->seek.at = g_new0(struct moment, c->conf->media_count + 1);
}

void
seek_clear(struct core *c)
{
	g_clear_pointer(&c->seek.last, g_bytes_unref);
	g_free(c->seek.at);
}

void
seek_sent(struct core *c, const GByteArray *bytes)
{
	g_clear_pointer(&c->seek.last, g_bytes_unref);
	if (bytes != NULL)
		c->seek.last = g_bytes_new(bytes->data, bytes->len);
	for (unsigned i = 0; i < c->conf->media_count; i++)
		c->seek.at[i] = c->now;
}

/* One that went in good order says so when it is back. */
static bool
somebody_is_missing(const struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (n != c->self && n->status == NODE_DEAD && !n->left)
			return true;
	}
	return false;
}

static struct moment
medium_due(const struct core *c, unsigned medium, bool missing)
{
	const enum medium_kind kind = c->conf->media[medium].kind;
	const struct moment at = c->seek.at[medium];
	const struct moment long_at =
	    moment_add(c->medium_since[medium], span_from_ms(SEEK_LONG_AFTER_MS));

	/* What is opened takes a status at once. */
	if (medium_is_ping(kind) || kind == MEDIUM_SERIAL || c->medium_missing[medium])
		return MOMENT_NEVER;
	if (c->medium_failing[medium])
		return moment_add(at, span_from_ms(moment_before(at, long_at)
			? SEEK_FAILED_MS : SEEK_FAILED_LONG_MS));
	return missing ? moment_add(at, span_from_ms(SEEK_DEAD_MS)) : MOMENT_NEVER;
}

/* Nothing is said before the start, after the end, or where a 3.0.6 would be silent. */
static bool
is_silent(const struct core *c)
{
	return !c->started || c->exiting || c->seek.last == NULL ||
	    moment_before(dialect_hush_at(c), c->now);
}

struct moment
core_seek_deadline(const struct core *c)
{
	const bool missing = somebody_is_missing(c);
	struct moment soonest = MOMENT_NEVER;

	if (is_silent(c))
		return MOMENT_NEVER;
	for (unsigned i = 0; i < c->conf->media_count; i++)
		soonest = moment_min(soonest, medium_due(c, i, missing));
	return soonest;
}

void
core_seek(struct core *c, struct moment now, struct actions *out)
{
	const bool missing = somebody_is_missing(c);

	if (is_silent(c))
		return;
	for (unsigned i = 0; i < c->conf->media_count; i++) {
		if (!moment_reached(now, medium_due(c, i, missing)))
			continue;
		struct action *a = actions_add(out, ACTION_SEND);

		a->medium = i;
		a->bytes = g_bytes_ref(c->seek.last);
		c->seek.at[i] = now;
	}
}
