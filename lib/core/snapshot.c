/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/snapshot.h"

#include <strings.h>

const char *
snapshot_text(const cJSON *object, const char *name, const char *otherwise)
{
	const char *text =
	    cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));

	return text != NULL ? text : otherwise;
}

double
snapshot_number(const cJSON *object, const char *name, double otherwise)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsNumber(item) ? item->valuedouble : otherwise;
}

bool
snapshot_is_true(const cJSON *object, const char *name)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, name));
}

const cJSON *
snapshot_list(const cJSON *object, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsArray(item) || cJSON_IsObject(item) ? item : NULL;
}

const cJSON *
snapshot_named(const cJSON *list, const char *name)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		if (strcasecmp(snapshot_text(item, "name", ""), name) == 0)
			return item;
	}
	return NULL;
}
