/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "survey.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <linux/serial.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "boot.h"
#include "conf/conf.h"
#include "conf/ip.h"
#include "conf/resource.h"
#include "script.h"
#include "unit.h"

static unsigned
ones(const void *bytes, size_t len)
{
	const unsigned char *b = bytes;
	unsigned n = 0;

	for (size_t i = 0; i < len; i++)
		n += (unsigned)__builtin_popcount(b[i]);
	return n;
}

static void
add_net(struct draft *d, const struct ifaddrs *a)
{
	char text[INET6_ADDRSTRLEN];
	const void *ip;
	unsigned prefix = 0;

	/* Sockaddrs are as they are cast here, however they are aligned. */
	if (a->ifa_addr->sa_family == AF_INET) {
		ip = &((const struct sockaddr_in *)(const void *)a->ifa_addr)->sin_addr;
		if (a->ifa_netmask != NULL)
			prefix = ones(
			    &((const struct sockaddr_in *)(const void *)a->ifa_netmask)->sin_addr, 4);
	} else if (a->ifa_addr->sa_family == AF_INET6) {
		ip = &((const struct sockaddr_in6 *)(const void *)a->ifa_addr)->sin6_addr;
		if (IN6_IS_ADDR_LINKLOCAL((const struct in6_addr *)ip))
			return;
		if (a->ifa_netmask != NULL)
			prefix = ones(
			    &((const struct sockaddr_in6 *)(const void *)a->ifa_netmask)->sin6_addr,
			    16);
	} else {
		return;
	}
	if (inet_ntop(a->ifa_addr->sa_family, ip, text, sizeof(text)) == NULL)
		return;

	/* IPaddr's alias eth0:0 is an address of eth0. */
	g_autofree char *interface = g_strndup(a->ifa_name, strcspn(a->ifa_name, ":"));
	draft_add_net(d, interface, text, prefix);
}

void
survey_nets(struct draft *d)
{
	struct ifaddrs *all;

	if (getifaddrs(&all) < 0)
		return;
	for (const struct ifaddrs *a = all; a != NULL; a = a->ifa_next) {
		if (a->ifa_addr != NULL && (a->ifa_flags & IFF_UP) != 0 &&
		    (a->ifa_flags & IFF_LOOPBACK) == 0)
			add_net(d, a);
	}
	freeifaddrs(all);
}

char *
survey_gateway(void)
{
	g_autofree char *text = NULL;
	char address[INET_ADDRSTRLEN];

	if (!g_file_get_contents("/proc/net/route", &text, NULL, NULL))
		return NULL;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		/* Interface, destination, gateway: hexadecimal, as the bytes lie in memory. */
		g_auto(GStrv) word = g_strsplit(*line, "\t", 4);

		if (g_strv_length(word) < 4 || strcmp(word[1], "00000000") != 0)
			continue;
		const struct in_addr ip = {(in_addr_t)g_ascii_strtoull(word[2], NULL, 16)};
		if (ip.s_addr != 0)
			return g_strdup(inet_ntop(AF_INET, &ip, address, sizeof(address)));
	}
	return NULL;
}

static bool
is_loopback(const char *address)
{
	return g_str_has_prefix(address, "127.") || strcmp(address, "::1") == 0;
}

char *
survey_host(const char *name)
{
	g_autofree char *text = NULL;

	if (!g_file_get_contents("/etc/hosts", &text, NULL, NULL))
		return NULL;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		(*line)[strcspn(*line, "#\r")] = '\0';
		g_auto(GStrv) word = g_strsplit_set(*line, " \t", -1);

		if (word[0] == NULL || ip_family(word[0]) == IP_NONE || is_loopback(word[0]))
			continue;
		for (char **host = word + 1; *host != NULL; host++)
			if (g_ascii_strcasecmp(*host, name) == 0)
				return g_strdup(word[0]);
	}
	return NULL;
}

static bool
is_serial_line(const char *path)
{
	const int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	struct serial_struct serial = {0};
	struct termios t;
	bool is;

	if (fd < 0)
		return false;
	/* A PC has device files for four; type 0 is one that is not there. */
	is = tcgetattr(fd, &t) == 0 &&
	     (ioctl(fd, TIOCGSERIAL, &serial) < 0 || serial.type != 0);
	close(fd);
	return is;
}

char *
survey_serial(void)
{
	static const char *const paths[] = {
	    "/dev/ttyS0", "/dev/ttyS1", "/dev/ttyUSB0", "/dev/ttyUSB1"};

	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++)
		if (is_serial_line(paths[i]))
			return g_strdup(paths[i]);
	return NULL;
}

/* --- services ------------------------------------------------------------------------------- */

/* What others need starts first. */
static const char *const likely[] = {
    "mariadb",
    "mysql",
    "mysqld",
    "postgresql",
    "slapd",
    "named",
    "nfs-server",
    "smbd",
    "smb",
    "apache2",
    "httpd",
    "nginx",
    "lighttpd",
    "haproxy",
    "squid",
};

/* Where a word of haresources leads to. Errors: false, and *why. */
static bool
service_find(const char *word, struct script_call *call, char **why)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	const struct report report = {faults, "haresources"};
	/* Only for the environment that a script would have. */
	const struct conf_text nothing = {.hacf_path = "ha.cf",
	    .hacf = "node localhost\n",
	    .haresources_path = "haresources",
	    .authkeys_path = "authkeys",
	    .node_name = "localhost"};
	struct conf_resource r;
	bool usable;

	if (!resource_parse(word, 1, &report, &r)) {
		*why = g_strdup(((struct fault *)g_ptr_array_index(faults, 0))->text);
		return false;
	}
	struct conf *c = conf_parse_partly(&nothing, faults, &usable);
	const int err = script_resolve(c, &r, OP_STATUS, call, why);
	conf_free(c);
	conf_resource_clear(&r);
	return err == 0;
}

/* The unit that it is, or NULL. Owns: the caller's. */
static char *
unit_of(const struct script_call *call)
{
	return call->agent == AGENT_SYSTEMD
		   ? g_strdup(call->argv[g_strv_length(call->argv) - 1])
		   : NULL;
}

GPtrArray *
survey_services(void)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < G_N_ELEMENTS(likely); i++) {
		struct script_call call;
		g_autofree char *why = NULL;

		if (!service_find(likely[i], &call, &why))
			continue;
		if (!call.by_alias)
			g_ptr_array_add(found, g_strdup(likely[i]));
		script_call_clear(&call);
	}
	return found;
}

static char *
without_suffix(const char *unit)
{
	return g_str_has_suffix(unit, ".service")
		   ? g_strndup(unit, strlen(unit) - strlen(".service"))
		   : g_strdup(unit);
}

char *
survey_service_fault(char **word)
{
	struct script_call call;
	char *why = NULL;

	if (!service_find(*word, &call, &why))
		return why;
	g_autofree char *unit = unit_of(&call);
	if (unit != NULL && strstr(*word, "::") != NULL) {
		why = g_strdup_printf("%s is the unit %s here, and a unit takes no arguments: "
				      "leave them out",
		    *word, unit);
	} else if (unit != NULL && call.by_alias) {
		g_free(*word);
		*word = without_suffix(unit);
	}
	script_call_clear(&call);
	return why;
}

/* By systemd, or by an older init. */
static bool
starts_at_boot(const char *name)
{
	g_autofree char *unit = unit_find(unit_machine_dirs, name);

	return (unit != NULL && boot_starts_unit(unit_machine_dirs, unit)) ||
	       boot_starts_script(boot_machine_rc_dirs, name);
}

GPtrArray *
survey_boot_services(const GPtrArray *resources)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < resources->len; i++) {
		struct script_call call;
		g_autofree char *why = NULL;

		if (!service_find(g_ptr_array_index(resources, i), &call, &why))
			continue;
		g_autofree char *unit = unit_of(&call);
		/* Of a script, its own name: a unit of that name may be what runs it. */
		g_autofree char *name = unit != NULL ? without_suffix(unit)
				      : call.argv != NULL
					  ? g_path_get_basename(call.argv[0])
					  : NULL;
		if (name != NULL && starts_at_boot(name))
			g_ptr_array_add(found, g_steal_pointer(&name));
		script_call_clear(&call);
	}
	return found;
}

bool
survey_has_systemd(void)
{
	return g_file_test("/run/systemd/system", G_FILE_TEST_IS_DIR);
}
