/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One piece of the runner's work, an operation on a resource or a client, and what the log says
 * of it: the words operators have grepped for since 3.0.6.
 */
#ifndef HB_JOB_H
#define HB_JOB_H

#include <stdint.h>
#include <sys/types.h>

#include "base/monotime.h"
#include "child.h"
#include "conf/conf.h"
#include "core/action.h"
#include "core/event.h"

struct runner;

/* Lines of one program's output that are logged. */
#define JOB_LINES_MAX 100

struct job {
	struct runner *runner;
	uint64_t id;	/* ours: jobs of two engines may have one number */
	uint64_t engine_job;
	unsigned epoch;
	struct span timeout;

	/* An operation. */
	enum resource_op op;
	enum agent_class agent;
	char *group;	/* key; NULL: a client */
	unsigned group_index, resource_index;	/* in the configuration when it was asked for */
	struct conf_resource resource;	/* a copy: the configuration may be replaced meanwhile */
	char *path;	/* what runs, for the log */

	/* A client. */
	char *user, *command;
	unsigned line;

	pid_t pid;	/* of either; 0: none runs yet */
};

void job_resource_copy(struct conf_resource *to, const struct conf_resource *from);
void job_resource_clear(struct conf_resource *r);

/* A struct job *, with all it holds. */
void job_free(void *data);

/* It begins; what: the path of what runs. */
void job_log_begin(const struct job *j, const char *what);
/* What it wrote, and how it ended. */
void job_log_output(const struct job *j, const struct child_result *result);
void job_log_end(const struct job *j, const struct child_result *result);
void job_log_client_end(const struct job *j, const struct child_result *result);

#endif
