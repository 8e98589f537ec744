/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/subject.h"

#include <string.h>

/* Text between two fixed words is looked at no further than this: output of programs is long. */
#define GAP_MAX 256

struct name {
	char *text;
	const char *means;	/* what it stands for: a resource stands for its group */
};

struct subject_names {
	GArray *nodes, *groups, *resources;	/* struct name, the longest first */
	char *self;
};

/*
 * How lines begin. %n is a node, %g a group, %r a resource, %s a word that ends the name of the
 * event in place of its *, %* anything, $ the end of the line. The first row that fits counts.
 */
static const struct {
	const char *event, *line;
} rows[] = {
    {"group-broken", "group %g still runs here and cannot be stopped"},
    {"group-*", "group %g: %* -> %s ("},
    {"standby", "group %g is given to "},
    {"", "group %g: "},
    {"", "Acquiring resource group: %* %g"},
    {"", "Releasing resource group: %* %g"},
    {"takeover", "Taking over resource group %g$"},
    {"takeover", "Resources being acquired from %n."},
    {"takeover", "mach_down takeover complete for node %n."},

    {"node-*", "Local status now set to: '%s'"},
    {"node-*", "Status update for node %n: status %s"},
    {"node-*", "node %n: is %s ("},
    {"node-orphaned", "node %n: its master process is gone"},
    {"node-restart", "Heartbeat restart on node %n"},
    {"node-late", "Late heartbeat: Node %n: "},
    {"node-leaving", "Received shutdown notice from '%n'"},
    {"node-pause", "we did not run for "},
    {"", "Dead node %n gave up resources."},
    {"", "node %n"},
    {"link-up", "Link %n:%* up."},
    {"link-dead", "Link %n:%* dead."},
    {"medium-down", "write failure on "},
    {"packets-lost", "lost a lot of packets from %n"},
    {"packet-dropped", "packet from %* dropped: "},
    {"partition", "Cluster node %n returning after partition."},
    {"partition", "Both machines own %* resources! (group %g: "},
    {"drift", "haresources differs between %n and "},

    {"standby", "Going standby ["},
    {"standby", "%n wants to go standby ["},
    {"standby", "standby: %n can take our "},
    {"standby", "standby: acquire [%*] resources from %n$"},
    {"standby", "Standby resource acquisition done ["},
    {"standby", "Local standby process completed ["},
    {"standby", "Other node completed standby takeover of "},
    {"standby-failed", "No reply to standby request."},
    {"standby-failed", "Cancelling pending standby operation"},

    {"resource-start", "Running %* start$"},
    {"resource-stop", "Running %* stop$"},
    {"hook-failed", "Return code %* from %*/rc.d/"},
    {"resource-failed", "Return code %* from "},
    {"resource-failed", "Giving up resources due to failure of %r"},
    {"resource-failed", "stop of %r failed"},
    {"resource-failed", "Retrying failed stop operation [%r]"},
    {"address-lost", "%r: %*: given up unless that changes within "},
    {"address-back", "%r: %*; put back ("},
    {"address-back", "%r: of use again after "},
    {"address-conflict", "%r runs here and is answered by "},
    {"address-conflict", "%r is taken although "},
    {"address-alone", "%r is no longer answered by "},
    {"resource-output", "%r start: "},
    {"resource-output", "%r stop: "},

    {"client-ended", "Managed %* process "},
    {"client-respawn", "Respawning client "},

    {"start", "Configuration validated. Starting heartbeat"},
    {"reload", "Configuration read again"},
    {"reload-refused", "Configuration not usable"},
    {"stopping", "Heartbeat shutdown in progress."},
    {"stopped", "%n Heartbeat shutdown complete."},
    {"engine-died", "the engine died"},
    {"reboot", "Killing heartbeat ungracefully!"},
    {"reboot", "failfast client %* ended: this machine restarts"},
    {"lines-lost", "%* log lines lost: "},

    {"resource-failed", "%* timed out after "},
    {"medium-up", "%* down -> up (sending works again"},
};

const char *
subject_event(unsigned row)
{
	return row < G_N_ELEMENTS(rows) ? rows[row].event : NULL;
}

/* --- names ---------------------------------------------------------------------------------- */

static void
name_clear(void *data)
{
	struct name *n = data;

	g_free(n->text);
}

static GArray *
names_new(void)
{
	GArray *names = g_array_new(FALSE, FALSE, sizeof(struct name));

	g_array_set_clear_func(names, name_clear);
	return names;
}

static void
names_add(GArray *names, const char *text, const char *means)
{
	struct name n = {.text = g_strdup(text)};

	n.means = means != NULL ? means : n.text;
	g_array_append_val(names, n);
}

/* Where one name begins with another the longer one is meant. */
static int
longer_first(const void *a, const void *b)
{
	const size_t la = strlen(((const struct name *)a)->text);
	const size_t lb = strlen(((const struct name *)b)->text);

	return la < lb ? 1 : la > lb ? -1 : 0;
}

struct subject_names *
subject_names_new(const struct conf *c)
{
	struct subject_names *names = g_new0(struct subject_names, 1);

	names->nodes = names_new();
	names->groups = names_new();
	names->resources = names_new();
	names->self = c->node_count > 0 ? g_strdup(c->nodes[c->self]) : NULL;
	for (unsigned i = 0; i < c->node_count; i++)
		names_add(names->nodes, c->nodes[i], NULL);
	for (unsigned i = 0; i < c->media_count; i++) {
		if (medium_is_ping(c->media[i].kind))
			names_add(names->nodes, c->media[i].name, NULL);
	}
	for (unsigned i = 0; i < c->group_count; i++) {
		const struct conf_group *g = &c->groups[i];

		names_add(names->groups, g->key, NULL);
		const char *key = g_array_index(names->groups, struct name, i).text;
		for (unsigned r = 0; r < g->resource_count; r++)
			names_add(names->resources, g->resources[r].text, key);
	}
	g_array_sort(names->nodes, longer_first);
	g_array_sort(names->groups, longer_first);
	g_array_sort(names->resources, longer_first);
	return names;
}

void
subject_names_free(struct subject_names *names)
{
	if (names == NULL)
		return;
	g_array_unref(names->nodes);
	g_array_unref(names->groups);
	g_array_unref(names->resources);
	g_free(names->self);
	g_free(names);
}

const char *
subject_self(const struct subject_names *names)
{
	return names->self;
}

/* --- reading -------------------------------------------------------------------------------- */

struct found {
	const char *node, *group, *state;
	size_t state_len;
};

static bool fits(const struct subject_names *names, const char *row, const char *line,
    struct found *f);

/* A name that is only the beginning of another is not that one. */
static bool
name_ends(const char *after)
{
	return !g_ascii_isalnum(*after) && *after != '-' && *after != '_' && *after != '/' &&
	    (*after != '.' || !g_ascii_isalnum(after[1]));
}

static bool
fits_name(const struct subject_names *names, const GArray *known, const char **found,
    const char *row, const char *line, struct found *f)
{
	for (guint i = 0; i < known->len; i++) {
		const struct name *n = &g_array_index(known, struct name, i);
		const size_t len = strlen(n->text);

		if (strncmp(line, n->text, len) == 0 && name_ends(line + len) &&
		    fits(names, row, line + len, f)) {
			*found = n->means;
			return true;
		}
	}
	return false;
}

static bool
fits_anything(const struct subject_names *names, const char *row, const char *line,
    struct found *f)
{
	for (size_t skipped = 0; skipped <= GAP_MAX; skipped++, line++) {
		if (fits(names, row, line, f))
			return true;
		if (*line == '\0')
			return false;
	}
	return false;
}

static bool
fits(const struct subject_names *names, const char *row, const char *line, struct found *f)
{
	for (; *row != '\0'; row++, line++) {
		if (*row == '$')
			return *line == '\0';
		if (*row != '%') {
			if (*row != *line)
				return false;
			continue;
		}
		switch (*++row) {
		case 'n':
			return fits_name(names, names->nodes, &f->node, row + 1, line, f);
		case 'g':
			return fits_name(names, names->groups, &f->group, row + 1, line, f);
		case 'r':
			return fits_name(names, names->resources, &f->group, row + 1, line, f);
		case '*':
			return fits_anything(names, row + 1, line, f);
		default:
			f->state = line;
			f->state_len = strspn(line, "abcdefghijklmnopqrstuvwxyz");
			if (f->state_len == 0)
				return false;
			line += f->state_len - 1;
			break;
		}
	}
	return true;
}

struct subject
subject_read(const struct subject_names *names, const char *line)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct found f = {0};
		struct subject s = {.event = ""};
		const size_t fixed = strcspn(rows[i].event, "*");

		if (!fits(names, rows[i].line, line, &f))
			continue;
		memcpy(s.event, rows[i].event, fixed);
		if (rows[i].event[fixed] == '*')
			memcpy(s.event + fixed, f.state,
			    MIN(f.state_len, SUBJECT_EVENT_MAX - 1 - fixed));
		s.group = f.group;
		s.node = f.node != NULL ? f.node : names->self;
		return s;
	}
	return (struct subject){.event = ""};
}
