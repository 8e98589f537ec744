/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The state of the cluster as the core reports it (JSON), read without trust in its shape:
 * a value that is missing or of another kind is the given default.
 */
#ifndef HB_CORE_SNAPSHOT_H
#define HB_CORE_SNAPSHOT_H

#include <cjson/cJSON.h>
#include <stdbool.h>

const char *snapshot_text(const cJSON *object, const char *name, const char *otherwise);
double snapshot_number(const cJSON *object, const char *name, double otherwise);
bool snapshot_is_true(const cJSON *object, const char *name);
/* A list or an object; NULL (an empty one for cJSON_ArrayForEach) if there is none. */
const cJSON *snapshot_list(const cJSON *object, const char *name);

/* The node or link of that name in a list, in any case; NULL if there is none. */
const cJSON *snapshot_named(const cJSON *list, const char *name);

#endif
