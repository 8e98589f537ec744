/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Source: compat commands.md sections 7, 8.3 and 15.2.
 */
#include "job.h"

#include <string.h>

#include "base/text.h"
#include "log.h"

void
job_resource_copy(struct conf_resource *to, const struct conf_resource *from)
{
	*to = (struct conf_resource){
	    .kind = from->kind,
	    .text = g_strdup(from->text),
	    .script = g_strdup(from->script),
	    .args = g_strdupv(from->args),
	};
}

void
job_resource_clear(struct conf_resource *r)
{
	g_free(r->text);
	g_free(r->script);
	g_strfreev(r->args);
}

void
job_free(void *data)
{
	struct job *j = data;

	g_free(j->group);
	job_resource_clear(&j->resource);
	g_free(j->path);
	g_free(j->user);
	g_free(j->command);
	g_free(j);
}

void
job_log_begin(const struct job *j, const char *what)
{
	g_autofree char *args = g_strjoinv(" ", j->resource.args);

	/* Two blanks where there are no arguments, as it always was. */
	log_about(j->group, j->op == OP_START || j->op == OP_STOP ? TRACE_INFO : TRACE_DEBUG,
	    "Running %s %s %s", what, args, resource_op_name(j->op));
}

static unsigned
log_lines(const struct job *j, enum trace_level level, const char *text, unsigned room)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	unsigned said = 0;

	for (size_t i = 0; lines[i] != NULL && said < room; i++) {
		g_autofree char *clean = NULL;

		if (lines[i][0] == '\0')
			continue;
		clean = text_escape(lines[i], strlen(lines[i]), CHILD_OUTPUT_MAX);
		log_about(j->group, level, "%s %s: %s", j->resource.text,
		    resource_op_name(j->op), clean);
		said++;
	}
	return said;
}

void
job_log_output(const struct job *j, const struct child_result *result)
{
	const enum trace_level level = j->op == OP_STATUS ? TRACE_DEBUG : TRACE_INFO;
	const size_t kept = strlen(result->output) + strlen(result->complaint);
	unsigned said = log_lines(j, level, result->output, JOB_LINES_MAX);

	said += log_lines(j, level, result->complaint, JOB_LINES_MAX - said);
	if (result->output_bytes > kept || said == JOB_LINES_MAX)
		log_about(j->group, level, "%s %s: ... %" G_GUINT64_FORMAT " more bytes dropped",
		    j->resource.text, resource_op_name(j->op), result->output_bytes - kept);
}

void
job_log_end(const struct job *j, const struct child_result *result)
{
	switch (result->end) {
	case CHILD_EXITED:
		if (j->op != OP_STATUS && result->code != 0)
			log_about(j->group, TRACE_ERROR, "Return code %d from %s", result->code, j->path);
		break;
	case CHILD_SIGNALED:
		log_about(j->group, TRACE_ERROR, "%s %s: killed by signal %d [%s]", j->path,
		    resource_op_name(j->op), result->code, strsignal(result->code));
		break;
	case CHILD_TIMED_OUT: {
		g_autofree char *limit = text_from_span(j->timeout);

		if (result->stuck)
			log_about(j->group, TRACE_ERROR,
			    "%s %s: killed, and still there: is a disk or a server it waits for dead?",
			    j->path, resource_op_name(j->op));
		log_about(j->group, TRACE_ERROR,
		    "%s %s: timed out after %s: killed (raise %s in ha.cf if it needs longer)",
		    j->path, resource_op_name(j->op), limit,
		    j->op == OP_STATUS ? "status_timeout" : "resource_timeout");
		break;
	}
	case CHILD_KILLED:
		log_about(j->group, TRACE_WARNING,
		    "%s %s: killed because it is no longer wanted", j->path,
		    resource_op_name(j->op));
		break;
	case CHILD_NOT_FOUND:
	case CHILD_END_COUNT:
		break;
	}
}

void
job_log_client_end(const struct job *j, const struct child_result *result)
{
	const char *name = j->command;

	if (result->end == CHILD_EXITED)
		log_write(result->code == 0 ? TRACE_INFO : TRACE_WARNING,
		    "Managed %s process %ld exited with return code %d.", name, (long)j->pid,
		    result->code);
	else if (result->code == 0)
		log_write(TRACE_INFO, "Managed %s process %ld ended as asked.", name, (long)j->pid);
	else
		log_write(TRACE_WARNING, "Managed %s process %ld killed by signal %d [%s].", name,
		    (long)j->pid, result->code, strsignal(result->code));
}
