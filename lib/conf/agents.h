/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The scripts of resource.d: what words our own take and which programs they call, and what
 * stands in for those that 3.0.6 had besides.
 *
 * Source: resource.d; compat agents.md; the package of 3.0.6.
 */
#ifndef HB_CONF_AGENTS_H
#define HB_CONF_AGENTS_H

#include "conf/conf.h"

/* A program that an agent calls. */
struct agent_tool {
	const char *programs; /* "mail sendmail": one of them is enough */
	const char *package;  /* that of Debian; others may call it differently */
	const char *without;  /* what happens if it is not there */
	const char *types;    /* "ext3 ext4": only for these file systems; NULL: always */
};

/*
 * What is wrong with the words behind the name of an agent of ours, with the form to write, to
 * stand behind a colon; NULL if they are right, or if no agent of ours has that name.
 *
 * Owns: the caller's.
 */
char *agent_words_fault(const struct conf_resource *r);

/* The i-th program that our agent calls for r, from 0; NULL: there are no more. */
const struct agent_tool *agent_tool(const struct conf_resource *r, unsigned i);

/* What to write for a script of 3.0.6 that is not among ours; NULL if it had none such. */
const char *agent_replacement(const char *script);

#endif
