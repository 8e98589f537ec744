/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Clusters as two published how-tos have them, for the tests of what is played on a user's
 * cluster. */
#ifndef TEST_SIM_HOWTO_H
#define TEST_SIM_HOWTO_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/cluster.h"

/* One link, auto_failback on. */
#define HOWTO_A_CF \
	"logfacility daemon\nkeepalive 1\nwarntime 10\ndeadtime 30\ninitdead " \
	"120\nudpport 694\n" \
	"ucast eth0 10.0.0.1\nucast eth0 10.0.0.2\nbaud 19200\nauto_failback on\nping " \
	"10.0.0.254\n" \
	"respawn hacluster /usr/lib/heartbeat/ipfail\nnode web1\nnode web2\n"
#define HOWTO_A_GROUPS \
	"web1 IPaddr::10.0.0.100 drbddisk::mydrdb Filesystem::/dev/drbd0::/data::ext3 " \
	"mysqld httpd\n"

/* Three links, a serial line among them, auto_failback off. */
#define HOWTO_B_CF \
	"logfacility local0\nkeepalive 2\ndeadtime 30\nwarntime 10\ninitdead 120\nbaud " \
	"19200\n" \
	"serial /dev/ttyS0\nudpport 694\nucast eth0 192.168.0.2\nucast eth1 10.0.0.2\n" \
	"auto_failback off\nnode ovz-node1\nnode ovz-node2\nping 192.168.0.254\n" \
	"respawn hacluster /usr/lib64/heartbeat/ipfail\n"
#define HOWTO_B_GROUPS \
	"ovz-node1 drbddisk::r0 Filesystem::/dev/drbd0::/vz::ext3 vz " \
	"MailTo::youremail@yourdomain.tld\n"

static inline struct cluster *
cluster_of(const char *hacf, const char *haresources)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	const struct conf_text text = {.hacf_path = "ha.cf",
	    .hacf = hacf,
	    .haresources_path = "haresources",
	    .haresources = haresources,
	    .authkeys_path = "authkeys"};
	struct cluster *c = cluster_new(&text, span_from_ms(1000), faults);

	for (unsigned i = 0; c == NULL && i < faults->len; i++) {
		g_autofree char *line = fault_text(g_ptr_array_index(faults, i));

		print_error("%s\n", line);
	}
	assert_non_null(c);
	return c;
}

static inline struct cluster *
howto_a(void)
{
	return cluster_of(HOWTO_A_CF, HOWTO_A_GROUPS);
}

static inline struct cluster *
howto_b(void)
{
	return cluster_of(HOWTO_B_CF, HOWTO_B_GROUPS);
}

#endif
