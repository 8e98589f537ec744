/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/retell.h"

#include "core/replay.h"

void
retell_init(struct retell *r)
{
	*r = (struct retell){.wrong = g_string_new(NULL)};
}

void
retell_clear(struct retell *r)
{
	g_string_free(r->wrong, TRUE);
}

static void
differs(void *arg, unsigned host, const char *how)
{
	struct retell *r = arg;

	g_string_append_printf(r->wrong, "host %u: %s\n", host, how);
}

static void
done(void *arg, unsigned host, const void *bytes, size_t len)
{
	const struct replay_owner nobody = {NULL, NULL, NULL, NULL};
	struct retell *r = arg;
	struct replay p = replay_run(bytes, len, &nobody);

	r->records++;
	r->rolled += p.span.begins_within;
	r->events += p.span.events;
	if (p.result == REPLAY_DIFFERS)
		g_string_append_printf(r->wrong,
		    "host %u: its record differs at event %" G_GUINT64_FORMAT " (%s)%s\n%s---- now:\n%s", host,
		    p.span.events, event_type_name(p.type), p.memory ? ", in what is remembered" : "",
		    p.recorded, p.now);
	else if (p.result != REPLAY_SAME)
		g_string_append_printf(r->wrong, "host %u: its record: %s\n", host, p.why);
	replay_clear(&p);
}

struct world_recording
retell_recording(struct retell *r, size_t record_size, unsigned twin_every)
{
	return (struct world_recording){record_size, twin_every, done, differs, r};
}
