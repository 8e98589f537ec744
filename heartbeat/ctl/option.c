/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "option.h"

#include <stdbool.h>
#include <string.h>

static int
option_find(const struct option_row *table, const char *word, size_t len)
{
	for (int i = 0; table[i].name != NULL; i++) {
		if (strlen(table[i].name) == len && strncmp(table[i].name, word, len) == 0)
			return i;
	}
	return OPTION_WRONG;
}

int
option_next(const struct option_row *table, int argc, char **argv, int *at,
    const char **value)
{
	*value = NULL;
	if (*at >= argc)
		return OPTION_END;

	const char *word = argv[(*at)++];
	if (word[0] != '-') {
		*value = word;
		return OPTION_WORD;
	}
	const size_t len = strcspn(word, "=");
	const int found = option_find(table, word, len);
	const bool has_value = word[len] == '=';

	if (found < 0)
		return OPTION_WRONG;
	if (table[found].value == WORD_NONE)
		return has_value ? OPTION_WRONG : found;
	if (!has_value && *at >= argc)
		return OPTION_WRONG;
	*value = has_value ? word + len + 1 : argv[(*at)++];
	return found;
}
