/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/ip.h"

#include <arpa/inet.h>
#include <glib.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define INTERFACE_NAME_MAX 15

enum ip_family
ip_family(const char *text)
{
	unsigned char bytes[sizeof(struct in6_addr)];

	if (inet_pton(AF_INET, text, bytes) == 1)
		return IP_V4;
	if (inet_pton(AF_INET6, text, bytes) == 1)
		return IP_V6;
	return IP_NONE;
}

char *
ip_shortest(const char *text)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	char shortest[INET6_ADDRSTRLEN];
	enum ip_family family = ip_family(text);
	int af = family == IP_V4 ? AF_INET : AF_INET6;

	if (family == IP_NONE || inet_pton(af, text, bytes) != 1)
		return NULL;
	return g_strdup(inet_ntop(af, bytes, shortest, sizeof(shortest)));
}

bool
ip_is_multicast(const char *text)
{
	unsigned char bytes[sizeof(struct in6_addr)];

	if (inet_pton(AF_INET, text, bytes) == 1)
		return bytes[0] >= 224 && bytes[0] <= 239;
	return inet_pton(AF_INET6, text, bytes) == 1 && bytes[0] == 0xff;
}

bool
ip_prefix(const char *text, enum ip_family family, unsigned *bits)
{
	struct in_addr mask;
	uint64_t number;

	if (text_to_u64(text, 1, family == IP_V6 ? 128 : 32, &number)) {
		*bits = (unsigned)number;
		return true;
	}
	if (family != IP_V4 || inet_pton(AF_INET, text, &mask) != 1)
		return false;
	uint32_t ones = ntohl(mask.s_addr);
	uint32_t zeros = ~ones;
	if (ones == 0 || (zeros & (zeros + 1)) != 0)
		return false;
	*bits = (unsigned)__builtin_popcount(ones);
	return true;
}

bool
ip_interface_valid(const char *text)
{
	size_t len = strlen(text);

	return len >= 1 && len <= INTERFACE_NAME_MAX && strpbrk(text, "/ \t") == NULL;
}

/* Does the script carry this family out? */
static char *
family_fault(const char *script, const char *address, enum ip_family family)
{
	if (family == IP_NONE) {
		size_t len = strcspn(address, ",;");

		if (address[len] == ',' && len > 0)
			return g_strdup(
			    "a comma does not separate resources: write blanks between "
			    "them");
		return g_strdup_printf("'%s' is not an IP address", address);
	}
	if (family == IP_V6 && strcmp(script, "IPaddr") == 0)
		return g_strdup("IPaddr is for IPv4: write IPv6addr::ADDRESS");
	if (family == IP_V4 && strcmp(script, "IPv6addr") == 0)
		return g_strdup("IPv6addr is for IPv6: write IPaddr::ADDRESS");
	return NULL;
}

static char *
interface_fault(const char *script, const char *text)
{
	g_autofree char *interface = g_strndup(text, strcspn(text, ":"));

	if (!ip_interface_valid(interface))
		return g_strdup_printf(
		    "'%s' cannot be the name of an interface (1 to %d characters)",
		    interface, INTERFACE_NAME_MAX);
	/* IPaddr picks a free label itself, so the one given may be anything. */
	if (strcmp(script, "IPaddr2") == 0 && strlen(text) > INTERFACE_NAME_MAX)
		return g_strdup_printf(
		    "the label '%s' is longer than the %d characters that are "
		    "possible",
		    text, INTERFACE_NAME_MAX);
	return NULL;
}

char *
ip_service_fault(const char *script, const char *words)
{
	g_auto(GStrv) part = g_strsplit(words, "/", -1);
	unsigned n = g_strv_length(part);
	enum ip_family family = n > 0 ? ip_family(part[0]) : IP_NONE;
	unsigned bits;
	char *fault = family_fault(script, n > 0 ? part[0] : "", family);

	if (fault != NULL)
		return fault;
	if (n > 1 && !ip_prefix(part[1], family, &bits))
		return g_strdup_printf("'%s' is neither a number of bits from 1 to %d%s",
		    part[1], family == IP_V6 ? 128 : 32,
		    family == IP_V4 ? " nor a netmask" : "");
	if (n > 2 && family == IP_V6 && n > 3)
		return g_strdup_printf(
		    "IPv6 has no broadcast address: leave out '/%s'", part[3]);
	/* The third part may be the broadcast address: then it starts with a digit. */
	if (n == 3 && family == IP_V4 && g_ascii_isdigit(part[2][0]) &&
	    ip_family(part[2]) == IP_V4)
		return NULL;
	if (n > 2 && (fault = interface_fault(script, part[2])) != NULL)
		return fault;
	if (n > 3 && ip_family(part[3]) != IP_V4)
		return g_strdup_printf("'%s' is not a broadcast address", part[3]);
	if (n > 4)
		return g_strdup_printf(
		    "nothing may follow the broadcast address: leave out '/%s'", part[4]);
	return NULL;
}
