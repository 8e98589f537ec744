/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "announcer.h"

#include <errno.h>
#include <string.h>

#include "address.h"
#include "address_words.h"
#include "announce.h"
#include "clock.h"
#include "keep/announcements.h"
#include "log.h"

/* What was found on the machine is believed so long: with 1000 addresses a look at every frame would
 * be a thousand times as much work. */
#define LOOK_AGAIN_MS 100
/* What fails is said, and then counted for this long. */
#define SAID_PAUSE_MS 10000

struct announcer {
	qb_loop_t *loop;
	struct announcements *queue;
	GHashTable *words;	/* text of the resource -> struct address_words * */
	struct announce_sockets sockets;
	struct address_world *world;	/* NULL: not looked at */
	struct moment world_at;
	qb_loop_timer_handle timer;
	bool timer_set;
	struct moment said_at;	/* 0: never */
	unsigned unsaid;
};

/* --- one frame ---------------------------------------------------------------------------- */

static void
forget_world(struct announcer *a)
{
	g_clear_pointer(&a->world, address_world_free);
}

/* Not what was there before the series began, nor for long. Errors: -errno. */
static int
look(struct announcer *a, struct moment begun, struct moment now)
{
	if (a->world != NULL && !moment_before(a->world_at, begun) &&
	    !span_exceeds(moment_since(now, a->world_at), span_from_ms(LOOK_AGAIN_MS)))
		return 0;
	forget_world(a);
	a->world_at = clock_read().now;
	a->world = address_world_new();
	return a->world == NULL ? -errno : 0;
}

/* What fails for one may fail for all: one line. */
static void
say_failed(struct announcer *a, const char *key, const char *why, struct moment now)
{
	g_autofree char *more = NULL;

	if (a->said_at.ns != 0 &&
	    moment_before(now, moment_add(a->said_at, span_from_ms(SAID_PAUSE_MS)))) {
		a->unsaid++;
		return;
	}
	if (a->unsaid > 0)
		more = g_strdup_printf(" (and %u more before)", a->unsaid);
	log_write(TRACE_WARNING, "%s: announcement failed: %s%s", key, why, more != NULL ? more : "");
	a->said_at = now;
	a->unsaid = 0;
}

static bool
carries(const struct netlink_link *link)
{
	return (link->flags & (IFF_UP | IFF_RUNNING)) == (IFF_UP | IFF_RUNNING);
}

/*
 * What is not there, or has no link, is the picture's to say, and when that is over the core has it announced
 * again.
 */
static void
send_one(struct announcer *a, const struct announcement *turn, struct moment now)
{
	const struct address_words *words = g_hash_table_lookup(a->words, turn->key);
	const struct netlink_link *link;
	int rc = look(a, turn->begun, now);

	link = rc == 0 ? address_here(a->world, words) : NULL;
	if (rc == 0 && (link == NULL || !carries(link))) {
		announcements_break_off(a->queue, clock_read().now);
		return;
	}
	if (rc == 0)
		rc = announce_send(&a->sockets, link, words->family, words->ip, turn->form);
	if (!turn->refresh && rc < 0)
		say_failed(a, turn->key, g_strerror(-rc), now);
	announcements_done(a->queue, clock_read().now, rc == 0);
}

static void run(struct announcer *a);

static void
timer_due(void *data)
{
	struct announcer *a = data;

	a->timer_set = false;
	run(a);
}

static void
arm(struct announcer *a)
{
	const struct moment now = clock_read().now;
	const struct moment due = announcements_deadline(a->queue, now);

	if (a->timer_set)
		qb_loop_timer_del(a->loop, a->timer);
	a->timer_set = !moment_is_never(due) &&
	    qb_loop_timer_add(a->loop, QB_LOOP_MED,
		(uint64_t)MAX(moment_since(due, now).ns, 0), a, timer_due, &a->timer) == 0;
}

/* What may go now: the pace bounds it. */
static void
run(struct announcer *a)
{
	struct moment now = clock_read().now;
	struct announcement turn;

	while (announcements_next(a->queue, now, &turn)) {
		send_one(a, &turn, now);
		now = clock_read().now;
	}
	arm(a);
}

/* --- what is held ------------------------------------------------------------------------- */

/* Errors: NULL: such words are no address, and cannot have been started. */
static const struct address_words *
words_of(struct announcer *a, const struct conf_resource *resource)
{
	struct address_words *words = g_hash_table_lookup(a->words, resource->text);
	g_autofree char *why = NULL;

	if (words != NULL)
		return words;
	words = g_new0(struct address_words, 1);
	if (address_words_read(resource->script, resource->args, words, &why)) {
		g_hash_table_insert(a->words, g_strdup(resource->text), words);
		return words;
	}
	g_free(words);
	return NULL;
}

void
announcer_begin(struct announcer *a, const struct conf_resource *resource)
{
	const struct address_words *words = words_of(a, resource);

	if (words == NULL)
		return;
	announcements_begin(
	    a->queue, resource->text, announce_forms(words->family), clock_read().now);
	run(a);
}

void
announcer_hold(struct announcer *a, const struct conf_resource *resource)
{
	const struct address_words *words = words_of(a, resource);

	if (words == NULL)
		return;
	announcements_hold(
	    a->queue, resource->text, announce_forms(words->family), clock_read().now);
	arm(a);
}

void
announcer_cancel(struct announcer *a, const struct conf_resource *resource)
{
	announcements_cancel(a->queue, resource->text);
	g_hash_table_remove(a->words, resource->text);
	arm(a);
}

void
announcer_set_refresh(struct announcer *a, struct span every)
{
	announcements_set_refresh(a->queue, every, clock_read().now);
	arm(a);
}

bool
announcer_busy(const struct announcer *a)
{
	return announcements_pending(a->queue);
}

struct announcer *
announcer_new(qb_loop_t *loop)
{
	struct announcer *a = g_new0(struct announcer, 1);

	a->loop = loop;
	a->queue = announcements_new();
	a->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	a->sockets = (struct announce_sockets)ANNOUNCE_SOCKETS_NONE;
	return a;
}

void
announcer_free(struct announcer *a)
{
	if (a == NULL)
		return;
	if (a->timer_set)
		qb_loop_timer_del(a->loop, a->timer);
	forget_world(a);
	announce_sockets_close(&a->sockets);
	announcements_free(a->queue);
	g_hash_table_destroy(a->words);
	g_free(a);
}
