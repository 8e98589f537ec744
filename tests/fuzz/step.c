/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arbitrary sequences of events for a core. The bytes are a little program: the first ones
 * choose a configuration and what was known at the start, then each operation takes the
 * bytes it needs. What peers send is signed with the key, so it is believed as far as it
 * can be.
 */
#include "cluster.h"
#include "proto/request.h"

#define HACF \
	"logfacility none\nkeepalive 1\nwarntime 5\ndeadtime 10\ninitdead 30\n" \
	"ucast eth0 10.0.0.2\n"
#define TWO "node node1 node2\n"
#define THREE "node node1 node2 node3\n"
#define MORE \
	"bcast eth1\nping 10.0.0.254\nrespawn root /bin/false\n" \
	"apiauth test uid=root\n"

static const struct {
	const char *hacf, *haresources;
} settings[] = {
    {HACF TWO "auto_failback on\n", "node1 IPaddr::10.0.0.9 httpd\n"},
    {HACF TWO "auto_failback off\n" MORE,
	"node1 IPaddr::10.0.0.9\nnode2 IPaddr::10.0.0.10\n"},
    {HACF THREE "auto_failback on\n" MORE,
	"node1 IPaddr::10.0.0.9 httpd\nnode2 IPaddr::10.0.0.10\nnode3 named\n"},
    {HACF TWO "auto_failback legacy\n", "node2 IPaddr::10.0.0.9\nnode1 httpd\n"},
    {HACF THREE "auto_failback off\nmax_rexmit_delay 50\n", "node3 httpd named\n"},
    {HACF TWO "auto_failback on\n" MORE, ""},
};

static const char *const nodes[] = {"node1", "node2", "node3", "node4"};
static const char *const sets[] = {"all", "local", "foreign", "failback", "none", "al"};

struct peer {
	uint64_t generation, seq, version;
	char holds[256];
};

struct play {
	struct cluster k;
	struct reader r;
	struct peer peers[G_N_ELEMENTS(nodes)];
};

static const struct conf *
setting(unsigned i)
{
	static struct conf *made[G_N_ELEMENTS(settings)];

	if (made[i] == NULL) {
		made[i] = conf_of(
		    "node1", settings[i].hacf, settings[i].haresources, CLUSTER_KEYS, NULL);
		CLAIM(made[i] != NULL);
	}
	return made[i];
}

/* -- what peers say -- */

static struct msg *
message(struct play *p, unsigned node, const char *type)
{
	struct peer *peer = &p->peers[node];
	struct msg *m = msg_new(type);
	char uuid[16] = "uuid of another";

	uuid[15] = (char)('1' + node);
	msg_add(m, "src", nodes[node]);
	msg_add_binary(m, "srcuuid", uuid, sizeof(uuid));
	if (!g_str_has_prefix(type, "NS_"))
		msg_add_hex(m, "seq", ++peer->seq);
	msg_add_hex(m, "hg", peer->generation);
	msg_add_hex(m, "ts", 1700000000);
	msg_add(m, "ttl", "3");
	return m;
}

/* The sender's number goes a way that it should not. */
static void
disturb_number(struct play *p, struct peer *peer)
{
	uint8_t how = take_byte(&p->r);

	switch (how & 7) {
	case 1:
		peer->seq += how >> 3;
		break;
	case 2:
		peer->seq -= MIN(peer->seq, how >> 3);
		break;
	case 3:
		peer->seq = take_number(&p->r);
		break;
	case 4:
		peer->generation++;
		peer->seq = 0;
		break;
	case 5:
		peer->generation = take_number(&p->r);
		break;
	case 6:
		peer->version = take_number(&p->r);
		break;
	default:
		break;
	}
	if (peer->seq == UINT64_MAX)
		peer->seq--;
}

static void
holds_write(struct play *p, struct peer *peer)
{
	static const char letters[] = "-axplwsrogb-?";
	static const uint64_t epochs[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, INT64_MAX,
	    (uint64_t)INT64_MAX + 1, UINT64_MAX - 1, UINT64_MAX, 255};
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned i = 0; i < p->k.conf->group_count; i++) {
		uint8_t letter = take_byte(&p->r);

		g_string_append_printf(text, " %s:%c:%llx", p->k.conf->groups[i].id,
		    letters[(letter & 15) % (sizeof(letters) - 1)],
		    (unsigned long long)epochs[letter >> 4]);
		unsigned to = take_below(&p->r, 6);
		if (to < G_N_ELEMENTS(nodes))
			g_string_append_printf(text, ":%s", nodes[to]);
	}
	g_strlcpy(peer->holds, text->str, sizeof(peer->holds));
}

static void
heard_write(struct play *p, uint8_t how, struct msg *m)
{
	g_autoptr(GString) text = g_string_new(NULL);
	uint64_t version = p->k.version;

	if ((how & 3) == 1)
		version--;
	else if ((how & 3) == 2)
		version = UINT64_MAX;
	if ((how & 3) != 3)
		g_string_append_printf(
		    text, "node1:%x:%llx", CLUSTER_GENERATION, (unsigned long long)version);
	for (unsigned i = 1; i < 3 && (how & 4) == 0; i++)
		g_string_append_printf(text, " %s:%llx:%llx", nodes[i],
		    (unsigned long long)p->peers[i].generation,
		    (unsigned long long)p->peers[i].version);
	if ((how & 8) != 0)
		g_string_append(text, " node2:x:");
	msg_add(m, "heard", text->str);
}

static struct msg *
status_message(struct play *p, unsigned node, const char *word, uint8_t heard, uint8_t more)
{
	struct peer *peer = &p->peers[node];
	struct msg *m = message(p, node, "status");

	msg_add(m, "st", word);
	msg_add_hex(m, "dt", (more & 1) != 0 ? take_number(&p->r) : 10000);
	if ((more & 2) != 0)
		return m; /* as a 3.0.6 node */
	msg_add(m, "have", "1");
	msg_add_hex(m, "facts", peer->version);
	msg_add(m, "conf", (more & 4) != 0 ? "a digest too long" : p->k.conf->digest);
	msg_add(m, "holds", peer->holds);
	heard_write(p, heard, m);
	if ((more & 8) != 0)
		msg_add(m, "leave", (more & 16) != 0 ? "2" : "1");
	if ((more & 32) != 0)
		msg_add(m, "gives", sets[more % G_N_ELEMENTS(sets)]);
	if ((more & 64) != 0)
		msg_add(m, "orphan", "1");
	if ((more & 128) != 0)
		msg_add_format(m, "why", "%s its\x1b[2J reason\nnone",
		    p->k.conf->group_count > 0 ? p->k.conf->groups[0].id : "x");
	return m;
}

static void
play_status(struct play *p)
{
	static const char *const words[] = {"active", "up", "init", "dead", "", "ping"};
	unsigned node = take_below(&p->r, G_N_ELEMENTS(nodes));
	struct peer *peer = &p->peers[node];

	disturb_number(p, peer);
	const char *word = words[take_below(&p->r, G_N_ELEMENTS(words))];
	uint8_t heard = take_byte(&p->r);
	uint8_t more = take_byte(&p->r);
	if (take_bit(&p->r)) {
		holds_write(p, peer);
		peer->version++;
	}
	unsigned medium = take_byte(&p->r);
	cluster_message(
	    &p->k, medium, status_message(p, node, word, heard, more), take_byte(&p->r));
}

/* A second in which every peer lives and has heard us; the programs here may do well. */
static void
play_beat(struct play *p)
{
	uint8_t how = take_byte(&p->r);

	for (unsigned i = 1; i < p->k.conf->node_count; i++) {
		if ((how & (1u << i)) == 0)
			cluster_message(&p->k, 0, status_message(p, i, "active", 0, 0), 0);
	}
	for (unsigned i = 0; i < 16 && (how & 1) == 0 && p->k.jobs->len > 0; i++)
		cluster_child(&p->k, 0, AGENT_HEARTBEAT, CHILD_EXITED, 0, "stopped");
	cluster_run(&p->k, (how & 16) != 0 ? 10 : 1000, 40);
}

static void
play_word(struct play *p)
{
	unsigned node = take_below(&p->r, G_N_ELEMENTS(nodes));
	uint8_t kind = take_byte(&p->r);
	struct msg *m = NULL;

	disturb_number(p, &p->peers[node]);
	switch (kind % 8) {
	case 0:
		m = message(p, node, "shutdone");
		break;
	case 1:
		m = message(p, node, "hb_takeover");
		msg_add(m, "rsc_hold", sets[take_below(&p->r, G_N_ELEMENTS(sets))]);
		break;
	case 2:
		m = message(p, node, "NS_ackmsg");
		msg_add_hex(m, "ackseq", take_number(&p->r));
		break;
	case 3:
		m = message(p, node, "NS_rexmit");
		msg_add_format(
		    m, "firstseq", "%llu", (unsigned long long)take_number(&p->r));
		msg_add_format(
		    m, "lastseq", "%llu", (unsigned long long)take_number(&p->r));
		break;
	case 4:
		m = message(p, node, "NS_nak_rexmit");
		msg_add_hex(m, "firstseq", take_number(&p->r));
		break;
	case 5:
		m = message(p, node, "hbapi-clstat");
		msg_add(m, "to_id", "test");
		msg_add(m, "st", take_bit(&p->r) ? "join" : "leave");
		break;
	case 6:
		m = message(p, node, "num_ping_nodes");
		msg_add(m, "to_id", "test");
		msg_add(m, "from_id", "test");
		break;
	case 7:
		m = message(p, node, "resource");
		msg_add(m, "rsc_hold", "all");
		break;
	}
	if ((kind & 64) != 0)
		msg_add(m, "dest", nodes[kind >> 7]);
	cluster_message(&p->k, kind >> 3, m, 0);
}

/* A message with fields of any name. */
static void
play_fields(struct play *p)
{
	struct msg *m = message(p, 1, take_bit(&p->r) ? "status" : "other");
	unsigned count = take_below(&p->r, 8);

	for (unsigned i = 0; i < count; i++) {
		size_t name_len, len;
		const uint8_t *at = take_bytes(&p->r, &name_len);
		g_autofree char *name = g_strndup((const char *)at, name_len);

		at = take_bytes(&p->r, &len);
		msg_add_bytes(
		    m, name, take_bit(&p->r) ? FIELD_STRING : FIELD_BINARY, at, len);
	}
	cluster_message(&p->k, 0, m, 0);
}

static void
play_bytes(struct play *p)
{
	size_t len;
	const uint8_t *at = take_bytes(&p->r, &len);

	cluster_packet(&p->k, 0, at, len, 0);
}

static void
play_ping(struct play *p)
{
	for (unsigned i = 0; i < p->k.conf->media_count; i++) {
		if (!medium_is_ping(p->k.conf->media[i].kind))
			continue;
		struct msg *m = msg_new(take_bit(&p->r) ? "status" : "NS_st");
		msg_add(m, "src", take_bit(&p->r) ? "node2" : p->k.conf->media[i].name);
		cluster_message(&p->k, i, m, take_byte(&p->r));
	}
}

/* -- what this machine says -- */

static void
play_child(struct play *p)
{
	static const char *const outputs[] = {
	    "stopped", "running", "OK", "", "is not running\n", "\x1b[0m\nrunning \xff"};
	unsigned index = take_byte(&p->r);
	enum child_end end = take_below(&p->r, CHILD_END_COUNT);
	enum agent_class agent = take_below(&p->r, AGENT_NONE + 1);
	static const int codes[] = {0, 0, 0, 1, 3, 5, 7, 126, 127, -1, INT32_MAX};
	int code = codes[take_below(&p->r, G_N_ELEMENTS(codes))];
	const char *output = outputs[take_below(&p->r, G_N_ELEMENTS(outputs))];

	cluster_child(&p->k, index, agent, end, code, output);
}

static void
play_unknown_child(struct play *p)
{
	struct event e = {.type = EVENT_CHILD};
	uint64_t job = take_number(&p->r);

	/* An announcement that has ended, or a job of another engine; none that runs. */
	if (job > 0 && job <= p->k.job_last)
		job = p->k.job_last + 1;
	e.u.child = (struct event_child){
	    job, AGENT_HEARTBEAT, CHILD_EXITED, take_byte(&p->r), "running"};
	cluster_step(&p->k, e);
}

static void
play_request(struct play *p)
{
	static const char *const types[] = {"status", "standby", "takeover", "retry",
	    "signon", "subscribe", "message", "nonsense"};
	uint32_t client = take_below(&p->r, 4);
	unsigned type = take_below(&p->r, G_N_ELEMENTS(types));
	uint8_t with = take_byte(&p->r);
	struct msg *m = msg_new(types[type]);

	if ((with & 1) == 0)
		msg_add(m, "set", sets[(with >> 1) % G_N_ELEMENTS(sets)]);
	if ((with & 16) != 0)
		msg_add(m, "name", (with & 32) != 0 ? "ipfail" : "test");
	if ((with & 64) != 0)
		msg_add(m, "group", "httpd");
	if (type == 6) {
		msg_add(m, "type", "num_ping_nodes");
		msg_add(m, "x_num", "1");
		if ((with & 128) != 0)
			msg_add(m, "dest", "node2");
	}
	g_autoptr(GByteArray) bytes = request_encode(m);
	msg_free(m);
	cluster_request(&p->k, client, bytes->data, bytes->len);
}

static void
play_client(struct play *p)
{
	uint32_t client = take_below(&p->r, 4);
	bool is_root = take_bit(&p->r);

	cluster_client(&p->k, client, take_bit(&p->r), is_root ? "root" : "joe",
	    is_root ? 0 : 1000, take_bit(&p->r) ? "haclient" : "users");
}


static void
play_address(struct play *p, uint8_t which)
{
	const unsigned group = which % p->k.conf->group_count;
	struct event e = {.type = EVENT_ADDRESS};

	e.u.address = (struct event_address){group,
	    take_byte(&p->r) % p->k.conf->groups[group].resource_count,
	    take_below(&p->r, ADDRESS_STATE_COUNT), take_bit(&p->r),
	    take_bit(&p->r) ? "eth0 is down" : NULL};
	cluster_step(&p->k, e);
}

static void
play_conflict(struct play *p, uint8_t which)
{
	static const char *const macs[] = {"52:54:00:aa:bb:cc", "52:54:00:aa:bb:cd", "a b", ""};
	const unsigned group = which % p->k.conf->group_count;
	struct event e = {.type = EVENT_CONFLICT};

	e.u.conflict = (struct event_conflict){group,
	    take_byte(&p->r) % p->k.conf->groups[group].resource_count,
	    macs[take_below(&p->r, G_N_ELEMENTS(macs))], take_bit(&p->r) ? "eth0" : "\n"};
	cluster_step(&p->k, e);
}

static void
play_medium(struct play *p)
{
	struct event e = {.type = EVENT_MEDIUM};
	uint8_t which = take_byte(&p->r);

	if ((which & 64) != 0 && p->k.conf->group_count > 0) {
		play_address(p, which & 63);
		return;
	}
	if ((which & 128) != 0 && p->k.conf->group_count > 0) {
		play_conflict(p, which & 63);
		return;
	}
	e.u.medium = (struct event_medium){
	    which % p->k.conf->media_count, take_bit(&p->r), take_bit(&p->r), "Network is unreachable"};
	cluster_step(&p->k, e);
}

static void
play_one(struct play *p)
{
	switch (take_below(&p->r, 20)) {
	case 0:
	case 1:
		play_beat(p);
		break;
	case 2:
	case 3:
	case 4:
		play_status(p);
		break;
	case 5:
		play_word(p);
		break;
	case 6:
		play_fields(p);
		break;
	case 7:
		play_bytes(p);
		break;
	case 8:
		play_ping(p);
		break;
	case 9:
	case 10:
		play_child(p);
		break;
	case 11:
		play_unknown_child(p);
		break;
	case 12:
		play_request(p);
		break;
	case 13:
		play_client(p);
		break;
	case 14:
		play_medium(p);
		break;
	case 15:
		cluster_step(&p->k, (struct event){.type = EVENT_LEAVE});
		break;
	case 16:
		cluster_step(&p->k, (struct event){.type = EVENT_ORPHANED});
		break;
	case 17:
		cluster_timer(&p->k, take_bit(&p->r) ? 0 : (int64_t)take_byte(&p->r) * 100);
		break;
	case 18:
		cluster_sleep(&p->k, (int64_t)take_byte(&p->r) * 50);
		break;
	case 19:
		cluster_run(&p->k, (int64_t)take_byte(&p->r) * 1000, 60);
		break;
	}
}

/* Returns: the sum over all that was said and done. */
static uint64_t
play(const uint8_t *bytes, size_t len)
{
	struct play p = {.r = {bytes, len}};
	const struct conf *conf = setting(take_below(&p.r, G_N_ELEMENTS(settings)));
	enum group_hint hints[4];
	uint8_t hint = take_byte(&p.r);

	for (unsigned i = 0; i < G_N_ELEMENTS(hints); i++)
		hints[i] = (hint + i * (hint >> 4)) % HINT_COUNT;
	for (unsigned i = 0; i < G_N_ELEMENTS(nodes); i++)
		p.peers[i] = (struct peer){.generation = 100, .version = 1};
	cluster_begin(&p.k, conf, 1, hint == 255 ? NULL : hints);
	while (p.r.left > 0 && !p.k.over)
		play_one(&p);
	/* Whatever happened, time can go on. */
	cluster_run(&p.k, 12000, 30);
	uint64_t sum = p.k.trace_sum;
	cluster_end(&p.k);
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	uint64_t sum = play(bytes, len);

	/* The same events, the same words and deeds; one in eight is enough to see. */
	if (len > 2 && bytes[2] % 8 == 0)
		CLAIM(play(bytes, len) == sum);
	return 0;
}
