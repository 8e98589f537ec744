/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/words.h"

#include <string.h>

#include "core/standby.h"
#include "core/view.h"

void
words_media(const struct core *c)
{
	for (unsigned i = 0; i < c->conf->media_count; i++) {
		const struct conf_medium *m = &c->conf->media[i];
		const char *host = m->hosts != NULL && m->hosts[0] != NULL ? m->hosts[0] : "";

		switch (m->kind) {
		case MEDIUM_UCAST:
			trace(&c->trace, TRACE_INFO, "glib: ucast: started on port %u interface %s to %s",
			    m->port, m->name, host);
			break;
		case MEDIUM_BCAST:
			trace(&c->trace, TRACE_INFO,
			    "glib: UDP Broadcast heartbeat started on port %u (%u) interface %s", m->port,
			    m->port, m->name);
			break;
		case MEDIUM_MCAST:
			trace(&c->trace, TRACE_INFO,
			    "glib: UDP multicast heartbeat started for group %s port %u interface %s "
			    "(ttl=%u loop=%d)", host, m->port, m->name, m->ttl, m->loop);
			break;
		case MEDIUM_SERIAL:
			trace(&c->trace, TRACE_INFO,
			    "glib: Starting serial heartbeat on tty %s (%u baud)", m->name, m->baud);
			break;
		case MEDIUM_PING:
		case MEDIUM_PING_GROUP:
			trace(&c->trace, TRACE_INFO, "glib: ping heartbeat started. (%s)", m->name);
			break;
		case MEDIUM_KIND_COUNT:
			break;
		}
	}
}

/* The giver's word in the mouth of the taker. */
static const char *
counterpart(const char *word)
{
	if (strcmp(word, "local") == 0)
		return "foreign";
	return strcmp(word, "foreign") == 0 ? "local" : "all";
}

void
words_offered(struct core *c, struct node *n)
{
	const char *word = n->facts.gives;
	bool offers = false;

	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct claim *claim = &n->facts.claims[i];

		offers |= claim->state == CLAIM_OFFER && claim->target == (int)c->self->index;
	}
	if (offers && !n->offer_told && word != NULL) {
		trace(&c->trace, TRACE_INFO, "%s wants to go standby [%s]", n->name, word);
		trace(&c->trace, TRACE_INFO, "standby: acquire [%s] resources from %s", word, n->name);
		trace(&c->trace, TRACE_INFO, "acquire %s HA resources (standby).", counterpart(word));
		c->taking_word = word;
	}
	n->offer_told = offers;
}

void
words_taken_up(struct core *c, const struct node *taker)
{
	if (c->standby_word == NULL || c->standby_phase != STANDBY_ASKED)
		return;
	c->standby_phase = STANDBY_STOPPING;
	trace(&c->trace, TRACE_INFO, "standby: %s can take our %s resources", taker->name,
	    c->standby_word);
	trace(&c->trace, TRACE_INFO, "give up %s HA resources (standby).", c->standby_word);
}

static bool
gives_anything(const struct core *c)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		enum claim_state state = c->groups[i].claim->state;

		if (state == CLAIM_OFFER || state == CLAIM_GIVING)
			return true;
	}
	return false;
}

static void
standby_complete(struct core *c, bool settled)
{
	if (c->standby_word == NULL)
		return;
	if (c->standby_phase == STANDBY_STOPPING && !gives_anything(c)) {
		c->standby_phase = STANDBY_STOPPED;
		trace(&c->trace, TRACE_INFO, "%s HA resource release completed (standby).",
		    c->standby_word);
		trace(&c->trace, TRACE_INFO, "Local standby process completed [%s].", c->standby_word);
	}
	if (c->standby_phase == STANDBY_STOPPED && settled) {
		trace(&c->trace, TRACE_INFO, "Other node completed standby takeover of %s resources.",
		    c->standby_word);
		c->standby_word = NULL;
	}
}

static void
first_acquisition(struct core *c)
{
	unsigned local = 0;

	for (unsigned i = 0; i < c->conf->group_count; i++)
		local += c->groups[i].conf->preferred == c->self->index ? 1 : 0;
	c->acquired = true;
	trace(&c->trace, TRACE_INFO, "remote resource transition completed.");
	trace(&c->trace, TRACE_INFO, "local resource transition completed.");
	trace(&c->trace, TRACE_INFO, "Initial resource acquisition complete (we hold: %s)",
	    standby_holds(c));
	if (local == 0)
		trace(&c->trace, TRACE_INFO, "No local resources [haresources names none for %s] to acquire.",
		    c->self->name);
	trace(&c->trace, TRACE_INFO, "Local Resource acquisition completed.%s",
	    local == 0 ? " (none)" : "");
}

void
words_complete(struct core *c, bool settled)
{
	standby_complete(c, settled);
	if (!settled)
		return;
	if (c->taking_word != NULL) {
		trace(&c->trace, TRACE_INFO, "%s HA resource acquisition completed (standby).",
		    counterpart(c->taking_word));
		trace(&c->trace, TRACE_INFO, "Standby resource acquisition done [%s].", c->taking_word);
		c->taking_word = NULL;
	}
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		struct node *n = &c->nodes[i];

		if (n->takeover) {
			trace(&c->trace, TRACE_INFO, "mach_down: nice_failback: foreign resources acquired");
			trace(&c->trace, TRACE_INFO, "mach_down takeover complete for node %s.", n->name);
		}
		n->takeover = false;
	}
	if (!c->acquired)
		first_acquisition(c);
}

void
words_cancel(struct core *c)
{
	c->standby_word = NULL;
}
