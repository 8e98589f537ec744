/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of authkeys; the other two files are valid. */
#include "conf.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	return conf_try(bytes, len, CONF_HACF, CONF_HARESOURCES, NULL);
}
