/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Made by tests/lab/old-scripts from the packages named here; not to be edited. Other builds are
 * known if their code is the same: releases of heartbeat before 3.0.6, and what RHEL, SUSE and
 * others made of them, could not be looked at.
 */
#ifndef HB_OLD_SCRIPT_TABLE_H
#define HB_OLD_SCRIPT_TABLE_H

static const struct old_script {
	const char *name;
	const char *digest;
} old_scripts[] = {
    /* Debian: heartbeat 1:3.0.6-11+deb11u1, 1:3.0.6-13+b2, 1:3.0.6-17, 1:3.0.6-20 */
    {"Delay",
	"ea2bf949632ad30ca140a8fd59c63b754e59f97f69ad595c457236f2f4b34b30"},
    {"Filesystem",
	"75bf9940d717b09b24ba06e5ae5c265e6c7e237c38bd0c95467a0c453ece465c"},
    {"IPaddr",
	"8312f4c82c70abdbab1f861f3320d73b548ef91d967dda4071b5566446a4e512"},
    {"IPaddr2",
	"8522ee95a25d1e5ebd1dbcbb958faaf11ea2e85fa14cad938155541724942af0"},
    {"IPsrcaddr",
	"0aa793a29dd5d719e8062b8caf081832186bb3f937b97b8b2bf4f14a83e6ca5b"},
    {"IPv6addr",
	"cce935c5ded31ceb59ae85bbee7fc3784d465448aca37798dc016d62bbc854b0"},
    {"MailTo",
	"86eb175b9e17f62931a3d7d6b24df561daa4280a3565169be3032b1372c750c5"},
    {"SendArp",
	"eb4a2f9ee56f7c8932b51967d81882613470e078567aa464e3fbad54d52ecaef"},
    /* Debian: drbd-utils 9.15.0-1, 9.22.0-1, 9.22.0-1.1, 9.22.0-1.2 */
    {"drbddisk",
	"4ecc8ca6cac3e91e4a7ace6bbffe2e6641a3e3d447b2c8d4b6d95f039e675fc7"},
    /* Debian: heartbeat 1:3.0.6-11+deb11u1, 1:3.0.6-13+b2, 1:3.0.6-17, 1:3.0.6-20 */
    {"harc",
	"810b707a56616d875f18e69d89f63909c0b9376f3737215cbc08917949f0a9eb"},
    {"portblock",
	"afab118be617d7d288d48a5d15f96ccf7c14c1adc77889f4d67be02bf554455e"},
    /* Debian: resource-agents 1:4.7.0-1, 1:4.12.0-2, 1:4.16.0-3+deb13u2, 1:4.18.0-4 */
    {"shellfuncs",
	"64289e4ada43273d4250abc63ebadfcb965290a7603eb241b1f8dd1d7510008f"},
};

#endif
