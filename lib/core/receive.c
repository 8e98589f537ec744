/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/receive.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "core/api_peers.h"
#include "core/dialect.h"
#include "core/handover.h"
#include "core/hook.h"
#include "core/liveness.h"
#include "core/node.h"
#include "core/send.h"
#include "core/standby.h"
#include "core/view.h"
#include "proto/envelope.h"
#include "proto/seal.h"

/* A cause of drops is said again after this time, with how often it happened. */
#define DROP_PAUSE_MS 60000
/* A peer that asks us to wait for it longer than this is misread. */
#define DEAD_AFTER_MAX_MS (24 * 3600 * 1000)

static const char *const drop_names[] = {
    [DROP_BAD_FRAME] = "bad-frame",
    [DROP_UNSIGNED] = "unsigned",
    [DROP_NO_KEY] = "no-key",
    [DROP_FORGED] = "forged",
    [DROP_BAD_TEXT] = "bad-text",
    [DROP_BAD_ENVELOPE] = "bad-envelope",
    [DROP_UNKNOWN_NODE] = "unknown-node",
    [DROP_REPLAY] = "replay",
    [DROP_TWIN] = "twin",
    [DROP_BAD_FACTS] = "bad-facts",
    [DROP_LOCAL] = "fifo",
};
static_assert(G_N_ELEMENTS(drop_names) == DROP_COUNT, "a name for each cause");

const char *
drop_name(enum drop d)
{
	assert(d < DROP_COUNT);
	return drop_names[d];
}

static void
drop(struct core *c, const struct event_packet *p, enum drop cause, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Counted always; said at first, then once a minute. */
static void
drop(struct core *c, const struct event_packet *p, enum drop cause, const char *format, ...)
{
	struct moment again = moment_add(c->drops_said[cause], span_from_ms(DROP_PAUSE_MS));
	va_list args;

	c->drops[cause]++;
	if (c->drops[cause] > 1 && moment_before(c->now, again)) {
		c->drops_unsaid[cause]++;
		return;
	}
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	g_autofree char *unsaid = c->drops_unsaid[cause] == 0
	    ? g_strdup("")
	    : g_strdup_printf(" (and %llu more like it)",
		  (unsigned long long)c->drops_unsaid[cause]);

	trace(&c->trace, TRACE_WARNING, "packet from %s on %s dropped: %s: %s%s",
	    p->source != NULL ? p->source : "unknown", c->conf->media[p->medium].name,
	    drop_name(cause), text, unsaid);
	c->drops_said[cause] = c->now;
	c->drops_unsaid[cause] = 0;
}

static bool
seal_to_drop(enum seal_result result, enum drop *cause, const char **text)
{
	switch (result) {
	case SEAL_OK:
	case SEAL_RESULT_COUNT:
		return false;
	case SEAL_BAD_FRAME:
		*cause = DROP_BAD_FRAME;
		*text = "this is no heartbeat message; does another program use our port?";
		return true;
	case SEAL_UNSIGNED:
		*cause = DROP_UNSIGNED;
		*text = "it carries no readable signature";
		return true;
	case SEAL_NO_KEY:
		*cause = DROP_NO_KEY;
		*text = "it is signed with a key number that our authkeys does not list";
		return true;
	case SEAL_FORGED:
		*cause = DROP_FORGED;
		*text = "its signature is wrong: compare authkeys on both machines";
		return true;
	case SEAL_BAD_TEXT:
		*cause = DROP_BAD_TEXT;
		*text = "signed well, but its fields cannot be read";
		return true;
	}
	return false;
}

/* -- ping nodes: our own message, brought back by an echo -- */

static void
receive_ping(struct core *c, const struct event_packet *p, const struct msg *m)
{
	struct ping *ping = ping_by_medium(c, p->medium);
	const char *source = msg_get(m, "src");

	if (strcmp(msg_type(m), "NS_st") != 0 || g_strcmp0(source, ping->name) != 0) {
		drop(c, p, DROP_BAD_ENVELOPE, "an echo that we did not send");
		return;
	}
	liveness_ping_heard(c, ping, p->received);
}

/* -- messages without a number -- */

static void
send_renewed(struct core *c, const struct node *asker, const struct msg *kept)
{
	AUTO_MSG struct msg *renewed = dialect_renewed(asker, kept);

	send_again(c, renewed != NULL ? renewed : kept);
}

static void
answer_request(struct core *c, struct node *asker, const struct msg *m)
{
	uint64_t first, last;
	unsigned resent = 0;

	if (!msg_get_decimal(m, "firstseq", &first) || !msg_get_decimal(m, "lastseq", &last) ||
	    first < 1)
		return;
	for (uint64_t seq = first; seq <= last && seq - first < INBOX_MISSING_MAX; seq++) {
		const struct msg *kept;
		const char *info = NULL;

		if (seq <= asker->acknowledged)
			continue;
		switch (outbox_find(&c->outbox, seq, c->now, c->conf->max_rexmit_delay_ms, &kept)) {
		case OUTBOX_RESEND:
			send_renewed(c, asker, kept);
			if (++resent == OUTBOX_RESEND_MAX)
				return;
			break;
		case OUTBOX_RECENT:
			break;
		case OUTBOX_UNSENT:
			return;
		case OUTBOX_TOO_LOW:
			info = "seqno too low";
			break;
		case OUTBOX_GONE:
			info = "seqno not found";
			break;
		}
		if (info != NULL) {
			struct msg *nak = msg_new("NS_nak_rexmit");

			msg_add_hex(nak, "firstseq", seq);
			msg_add(nak, "info", info);
			send_message(c, nak, asker);
			if (++resent == OUTBOX_RESEND_MAX)
				return;
		}
	}
}

static void
take_acknowledgement(struct core *c, struct node *n, const struct msg *m)
{
	uint64_t seq, all;

	if (!msg_get_hex(m, "ackseq", &seq) || seq > c->outbox.last || seq <= n->acknowledged)
		return;
	n->acknowledged = all = seq;
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		if (&c->nodes[i] != c->self && node_is_alive(&c->nodes[i]))
			all = MIN(all, c->nodes[i].acknowledged);
	}
	outbox_release(&c->outbox, all, c->now);
}

static void
take_uuid(struct node *n, const struct envelope *e)
{
	if (e->srcuuid == NULL)
		return;
	memcpy(n->uuid, e->srcuuid, sizeof(n->uuid));
	n->has_uuid = true;
}

static void
receive_unnumbered(struct core *c, struct node *n, const struct envelope *e, const struct msg *m)
{
	uint64_t seq;

	take_uuid(n, e);
	if (strcmp(e->type, "NS_nak_rexmit") == 0) {
		if (msg_get_hex(m, "firstseq", &seq))
			inbox_forget(&n->inbox, seq);
		return;
	}
	if (e->dest != NULL && strcmp(e->dest, c->self->name) != 0)
		return;
	if (strcmp(e->type, "NS_rexmit") == 0)
		answer_request(c, n, m);
	else if (strcmp(e->type, "NS_ackmsg") == 0)
		take_acknowledgement(c, n, m);
}

/* -- status -- */

static void
node_restarted(struct core *c, struct node *n, uint64_t generation)
{
	if (n->generation != 0) {
		trace(&c->trace, TRACE_INFO, "Heartbeat restart on node %s", n->name);
		dialect_restarted(c, n);
	}
	/* Where we did not hear it, it may have started our groups before it fell. */
	if (n->status == NODE_DEAD && !n->left)
		handover_lost_sight(
		    c, n, n->generation != 0 ? "was dead and starts again" : "was silent when we started");
	n->generation = generation;
	n->left = false;
	n->status_seq = 0;
	n->acknowledged = 0;
	n->heard = false;
	n->false_deaths = 0;
	n->orphan_told = n->digest_told = n->past_told = false;
	inbox_reset(&n->inbox, generation, &c->prng);
	facts_reset(&n->facts, c->conf);
}

static void
say_oddities(struct core *c, struct node *n)
{
	const struct facts *f = &n->facts;

	bool differs = strcmp(f->digest, c->self->facts.digest) != 0;

	if (differs && !n->digest_told)
		trace(&c->trace, TRACE_WARNING,
		    "haresources differs between %s and %s: make the files equal and reload",
		    n->name, c->self->name);
	n->digest_told = differs;
	if (f->orphaned && !n->orphan_told)
		trace(&c->trace, TRACE_ERROR,
		    "node %s: its master process is gone: what it runs is not managed any more",
		    n->name);
	n->orphan_told = f->orphaned;
}

/*
 * A node that always has heard a later life than ours makes nobody start again and again: what it
 * says of us is not believed for a while. Another one that has heard more than the first comes to
 * its right behind that.
 */
static bool
renewed_just_now(struct core *c, const struct event_packet *p, struct node *n)
{
	struct seen *us = &n->facts.seen[c->self->index];

	if (!c->renewed ||
	    span_exceeds(moment_since(c->now, c->started_at), span_from_ms(RENEW_PAUSE_MS)))
		return false;
	drop(c, p, DROP_BAD_FACTS,
	    "%s has heard a still later life of ours (generation %llu): not believed, as we have "
	    "just started again for that", n->name, (unsigned long long)us->generation);
	*us = (struct seen){0};
	return true;
}

/*
 * Our disk has forgotten a life that this node has heard, as a power cut can make it: what we say is
 * a replay to it until our generation is higher.
 */
static void
renew(struct core *c, const struct node *n)
{
	uint64_t heard = n->facts.seen[c->self->index].generation;

	trace(&c->trace, TRACE_WARNING,
	    "node %s has heard a later life of ours (generation %llu, this is %llu): "
	    "our disk has lost it; starting again above it",
	    n->name, (unsigned long long)heard, (unsigned long long)c->generation);
	actions_add(c->out, ACTION_RENEW)->generation = heard;
	c->exiting = true;
}

static void
take_facts(struct core *c, const struct event_packet *p, struct node *n, const struct msg *m)
{
	struct seen *seen = &c->self->facts.seen[n->index];
	uint64_t before = n->facts.version;
	bool known = n->facts.known;

	bool has_facts = msg_find(m, "facts") != NULL;

	dialect_status(c, n, has_facts);
	if (!has_facts)
		return;
	if (!facts_read(&n->facts, c->conf, m, c->now)) {
		drop(c, p, DROP_BAD_FACTS, "its facts cannot be read");
		return;
	}
	say_oddities(c, n);
	bool past = n->facts.seen[c->self->index].past &&
	    n->facts.seen[c->self->index].generation == c->generation;

	if (past && !n->past_told)
		handover_lost_sight(c, n, "had us for dead");
	n->past_told = past;
	/* A number that we never had, it may keep. */
	if (view_is_ahead_of_us(c, n) && n->facts.seen[c->self->index].generation < GENERATION_MAX - 1 &&
	    !renewed_just_now(c, p, n)) {
		renew(c, n);
		return;
	}
	c->changed = true;
	if (known && before == n->facts.version && seen->generation == n->generation)
		return;
	/* News: tell at once that it was seen, others wait for that. */
	*seen = (struct seen){n->generation, n->facts.version, false};
	c->tell = true;
}

/* It has gone, but waits until everybody has seen that. */
static void
confirm_leave(struct core *c, struct node *n, const struct msg *m)
{
	struct seen *seen = &c->self->facts.seen[n->index];
	uint64_t version;

	if (!msg_get_hex(m, "facts", &version))
		return;
	c->tell = c->tell || seen->version != version;
	*seen = (struct seen){n->generation, version, false};
}

static void
take_status(struct core *c, const struct event_packet *p, struct node *n,
    const struct envelope *e, const struct msg *m)
{
	const char *word = msg_get(m, "st");
	enum node_status status;
	uint64_t dt;

	/* An old one that was sent again says nothing about now. */
	if (e->seq <= n->status_seq)
		return;
	n->status_seq = e->seq;
	if (n->left) {
		confirm_leave(c, n, m);
		return;
	}
	/* A word that we do not know says that it lives, not that it takes part. */
	if (word == NULL || !node_status_from_word(word, &status))
		status = NODE_UP;
	bool returns = n->status == NODE_DEAD && n->heard;

	if (!n->heard)
		n->heard_first = c->now;
	if (msg_get_hex(m, "dt", &dt)) {
		int64_t least = 2 * span_ms(c->conf->keepalive) + 1;
		n->dead_after = span_from_ms(CLAMP((int64_t)MIN(dt, DEAD_AFTER_MAX_MS), least,
		    DEAD_AFTER_MAX_MS));
	} else {
		n->dead_after = c->conf->deadtime;
	}
	liveness_heard(c, n, p->received);
	if (returns) {
		liveness_returned(c, n);
		/* Answered at once, also where it tells no facts. */
		c->tell = true;
	}
	if (status != n->status)
		node_enter(c, n, status, "%s",
		    returns ? "heard again" : status == NODE_ACTIVE ? "it knows of every node" : "it has started");
	take_facts(c, p, n, m);
	if (returns)
		handover_lost_sight(c, n, "was lost for a while");
	/* Nothing is said behind the exit. */
	if (n->facts.leave == LEAVE_DONE && !c->exiting)
		handover_node_left(c, n);
}

/* -- everything with a number -- */

static bool
generation_is_good(
    struct core *c, const struct event_packet *p, struct node *n, const struct envelope *e)
{
	bool is_status = strcmp(e->type, "status") == 0;

	if (e->generation < n->generation) {
		drop(c, p, DROP_REPLAY, "attempted replay attack [%s]? [gen = %llu, curgen = %llu]",
		    n->name, (unsigned long long)e->generation, (unsigned long long)n->generation);
		return false;
	}
	if (!is_status)
		return true;
	if (e->generation > n->generation) {
		node_restarted(c, n, e->generation);
	} else if (n->status == NODE_DEAD && n->heard && e->seq <= n->status_seq) {
		/* It seeks somebody, and has not told anything new since we heard it. */
		if (e->seq == n->status_seq)
			return false;
		drop(c, p, DROP_REPLAY, "an old status of dead node %s", n->name);
		return false;
	}
	return true;
}

/* hb_addnode or hb_delnode of a 3.0.6: our nodes are those of ha.cf. */
static void
say_node_list(struct core *c, const struct node *n, bool add, const struct msg *m)
{
	const char *list = msg_get(m, "nodelist");
	g_autofree char *names = text_escape(list != NULL ? list : "", list != NULL ? strlen(list) : 0, 200);

	trace(&c->trace, TRACE_WARNING,
	    "node %s was told to %s [%s], here nothing changes: %s the node lines of ha.cf on all"
	    " nodes, and reload", n->name, add ? "add" : "delete", g_strstrip(names),
	    add ? "add them to" : "take them out of");
}

static void
dispatch(struct core *c, const struct event_packet *p, struct node *n, const struct envelope *e,
    const struct msg *m)
{
	enum standby_set set;

	if (strcmp(e->type, "status") == 0) {
		take_status(c, p, n, e, m);
	} else if (strcmp(e->type, "shutdone") == 0) {
		if (!n->left && n->status != NODE_DEAD)
			handover_node_left(c, n);
	} else if (strcmp(e->type, "hb_takeover") == 0) {
		const char *word = msg_get(m, "rsc_hold");

		if (word != NULL && standby_set_from_word(word, SET_LOCAL, &set))
			standby_asked(c, n, set);
	} else if (strcmp(e->type, "addnode") == 0 || strcmp(e->type, "delnode") == 0) {
		say_node_list(c, n, e->type[0] == 'a', m);
	} else if (strcmp(e->type, "query-cstatus") == 0) {
		api_query(c, n, m);
	} else if (!dialect_message(c, n, e->seq, m) && msg_find(m, "to_id") != NULL) {
		api_deliver(c, n, m);
	} else if (strcmp(e->type, "stonith") == 0 || !hook_type_is_ours(e->type)) {
		hook_message(c, m);
	}
}

/*
 * Only a status brings a node back, tells how it speaks, and which life of it this is: until then nothing
 * else of it counts. A 3.0.6 waits for what it is answered, so it is asked to say that again.
 */
static bool
needs_status(const struct node *n, const struct envelope *e)
{
	if (strcmp(e->type, "status") == 0)
		return false;
	if (!n->heard)
		return n->status == NODE_DEAD || strcmp(e->type, "reqnodes") != 0;
	return n->status == NODE_DEAD || e->generation > n->generation;
}

static void
receive_numbered(struct core *c, const struct event_packet *p, struct node *n,
    const struct envelope *e, const struct msg *m)
{
	unsigned holes;
	bool given_up;

	if (!generation_is_good(c, p, n, e))
		return;
	if (needs_status(n, e)) {
		/* What is older than the newest status was here already, or comes too late. */
		if (e->generation > n->generation || e->seq > n->status_seq)
			inbox_expect(&n->inbox, e->generation, e->seq);
		return;
	}
	take_uuid(n, e);
	enum inbox_verdict verdict = inbox_judge(&n->inbox, e->seq, c->now,
	    c->conf->max_rexmit_delay_ms, &c->prng, &holes, &given_up);

	if (holes > 0)
		trace(&c->trace, TRACE_DEBUG, "%u packet(s) from %s missing [%llu]", holes, n->name,
		    (unsigned long long)e->seq);
	if (given_up)
		trace(&c->trace, TRACE_WARNING, "lost a lot of packets from %s", n->name);
	if (verdict == INBOX_OLD)
		return;
	/* Clients beyond that path may not have heard who has what; a node that comes back is a doubt of its own. */
	if (node_link_heard(c, n, p->medium, p->received) && node_is_alive(n)) {
		g_autofree char *how =
		    g_strdup_printf("is heard over %s again", c->conf->media[p->medium].name);

		handover_lost_sight(c, n, how);
	}
	if (verdict == INBOX_NEWEST_AGAIN)
		return;
	uint64_t acknowledge = inbox_acknowledge(&n->inbox, e->seq);

	if (acknowledge != 0)
		send_acknowledgement(c, n, acknowledge);
	if (e->dest == NULL || strcmp(e->dest, c->self->name) == 0)
		dispatch(c, p, n, e, m);
	else
		dialect_overheard(c, n, m);
}

/*
 * Our own words come back by bcast, or when ucast lists our own address. They need no cable for that, so our own
 * end of a link is up only while another node is heard on it.
 */
static void
receive_own(struct core *c, const struct event_packet *p, const struct envelope *e)
{
	if (e->srcuuid != NULL && memcmp(e->srcuuid, c->uuid, sizeof(c->uuid)) != 0) {
		drop(c, p, DROP_TWIN, "another machine calls itself %s: names must differ",
		    c->self->name);
		return;
	}
	c->medium_received[p->medium]--;
	if (node_link_carries(c, p->medium))
		node_link_heard(c, c->self, p->medium, p->received);
}

void
receive_packet(struct core *c, const struct event_packet *p)
{
	struct msg *m;
	enum drop cause;
	const char *text;
	struct envelope e;

	assert(p->medium < c->conf->media_count);
	c->medium_received[p->medium]++;
	if (seal_to_drop(seal_open(&c->conf->keys, p->bytes, p->len, &m), &cause, &text)) {
		drop(c, p, cause, "%s", text);
		return;
	}
	if (medium_is_ping(c->conf->media[p->medium].kind)) {
		receive_ping(c, p, m);
		msg_free(m);
		return;
	}
	enum envelope_result result = envelope_read(m, &e);
	struct node *n = result == ENVELOPE_OK ? node_find(c, e.src) : NULL;

	if (result != ENVELOPE_OK) {
		drop(c, p, DROP_BAD_ENVELOPE, "%s", envelope_result_name(result));
	} else if (n == NULL) {
		g_autofree char *name = text_escape(e.src, strlen(e.src), 100);

		drop(c, p, DROP_UNKNOWN_NODE, "process_status_message: bad node [%s] in message: no node line in ha.cf has that name",
		    name);
	} else if (n == c->self) {
		receive_own(c, p, &e);
	} else if (!e.sequenced && msg_find(m, "hg") != NULL && e.generation < n->generation) {
		/* 3.0.6 takes these from any life; an acknowledgement of the last one is none. */
		g_autofree char *type = text_escape(e.type, strlen(e.type), 31);

		drop(c, p, DROP_REPLAY, "a %s of an earlier life of %s", type, n->name);
	} else {
		c->heard = m;
		if (!e.sequenced)
			receive_unnumbered(c, n, &e, m);
		else
			receive_numbered(c, p, n, &e, m);
		c->heard = NULL;
	}
	msg_free(m);
}
