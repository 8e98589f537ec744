/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "address_words.h"

#include <arpa/inet.h>
#include <glib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/text.h"

enum part { PART_ADDRESS, PART_BITS, PART_INTERFACE, PART_BROADCAST, PART_COUNT };

static bool
read_ip(const char *text, struct address_words *w)
{
	if (inet_pton(AF_INET, text, w->ip) == 1) {
		w->family = AF_INET;
		if (w->ip[0] == 0 || w->ip[0] >= 224)
			return false;
	} else if (inet_pton(AF_INET6, text, w->ip) == 1) {
		static const unsigned char unspecified[16];
		w->family = AF_INET6;
		if (w->ip[0] == 0xff ||
		    memcmp(w->ip, unspecified, sizeof(unspecified)) == 0)
			return false;
	} else {
		return false;
	}
	return inet_ntop(w->family, w->ip, w->text, sizeof(w->text)) != NULL;
}

/* "24" or "255.255.255.0". */
static bool
read_bits(const char *text, struct address_words *w)
{
	uint64_t bits;
	unsigned char mask[4];

	if (text_to_u64(text, 1, w->family == AF_INET ? 32 : 128, &bits)) {
		w->prefix_len = (unsigned)bits;
		return true;
	}
	if (w->family != AF_INET || inet_pton(AF_INET, text, mask) != 1)
		return false;
	const uint32_t value = (uint32_t)mask[0] << 24 | (uint32_t)mask[1] << 16 |
			       (uint32_t)mask[2] << 8 | mask[3];
	const uint32_t holes = ~value;
	/* Ones, then zeros: the complement plus one is then a power of two. */
	if (value == 0 || (holes & (holes + 1)) != 0)
		return false;
	w->prefix_len = 0;
	for (uint32_t rest = value; rest != 0; rest <<= 1)
		w->prefix_len++;
	return true;
}

static bool
read_broadcast(const char *text, struct address_words *w)
{
	w->has_broadcast = true;
	return w->family == AF_INET && inet_pton(AF_INET, text, w->broadcast) == 1;
}

/* "eth0" or "eth0:web". IPaddr numbers its aliases itself, whatever number is written. */
static bool
read_interface(const char *text, struct address_words *w)
{
	const char *colon = strchr(text, ':');
	const size_t len = colon != NULL ? (size_t)(colon - text) : strlen(text);

	if (len == 0 || len >= IFNAMSIZ)
		return false;
	memcpy(w->interface, text, len);
	w->interface[len] = '\0';
	if (colon == NULL || w->numbered || w->family != AF_INET)
		return true;
	return colon[1] != '\0' &&
	       g_strlcpy(w->label, text, sizeof(w->label)) < sizeof(w->label);
}

static char *
read_parts(const char *script, char **parts, struct address_words *w)
{
	const guint count = g_strv_length(parts);

	if (count > PART_COUNT)
		return g_strdup("more than address/bits/interface/broadcast is given");
	if (count == 0 || !read_ip(parts[PART_ADDRESS], w))
		return g_strdup_printf("'%s' is not the address of a host",
		    count == 0 ? "" : parts[PART_ADDRESS]);
	if (strcmp(script, "IPv6addr") == 0 && w->family != AF_INET6)
		return g_strdup_printf("'%s' is not an IPv6 address; use IPaddr", w->text);
	if (count > PART_BITS && parts[PART_BITS][0] != '\0' &&
	    !read_bits(parts[PART_BITS], w))
		return g_strdup_printf(
		    "'%s' is neither a number of bits nor a netmask", parts[PART_BITS]);
	if (count > PART_INTERFACE && parts[PART_INTERFACE][0] != '\0') {
		/* The broadcast may stand in the interface's place. */
		const char *text = parts[PART_INTERFACE];
		if (count == PART_BROADCAST && g_ascii_isdigit(text[0]) &&
		    w->family == AF_INET) {
			if (!read_broadcast(text, w))
				return g_strdup_printf(
				    "'%s' is not a broadcast address", text);
		} else if (!read_interface(text, w)) {
			return g_strdup_printf(
			    "'%s' is not the name of an interface; it and its label"
			    " have at most %d letters",
			    text, IFNAMSIZ - 1);
		}
	}
	if (count > PART_BROADCAST && !read_broadcast(parts[PART_BROADCAST], w))
		return g_strdup_printf(
		    "'%s' is not a broadcast address", parts[PART_BROADCAST]);
	return NULL;
}

bool
address_words_read(
    const char *script, char *const *args, struct address_words *out, char **why)
{
	if (args == NULL || args[0] == NULL || args[1] != NULL) {
		*why = g_strdup_printf("%s takes one argument, an address; %u are given",
		    script, args == NULL ? 0 : g_strv_length((char **)args));
		return false;
	}
	*out = (struct address_words){.numbered = strcmp(script, "IPaddr") == 0};
	g_auto(GStrv) parts = g_strsplit(args[0], "/", -1);
	g_autofree char *fault = read_parts(script, parts, out);
	if (fault == NULL)
		return true;
	*why = g_strdup_printf("%s %s: %s", script, args[0], fault);
	return false;
}
