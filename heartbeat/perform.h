/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One switch: each action of the core to what carries it out.
 */
#ifndef HB_PERFORM_H
#define HB_PERFORM_H

#include <stdbool.h>

#include "channel_queue.h"
#include "control.h"
#include "core/action.h"
#include "medium.h"

struct performer {
	struct media *media;
	struct control *control;	/* NULL: no clients are served */
	struct channel_queue *master;
	bool orphaned;	/* the master is gone: nothing can be asked of it */
	bool ended;	/* ACTION_EXIT was performed */
	int master_error;	/* first -errno of the pipe to the master */
};

/* Perform the actions in order; none of them waits. */
void perform(struct performer *p, const struct actions *actions, struct moment now);

/* The record that asks the master for a privileged action. False: it is not the master's. */
bool perform_record(const struct action *a, struct channel_record *out);

#endif
