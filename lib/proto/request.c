/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/request.h"

#include "proto/wire.h"

struct msg *
request_decode(const void *bytes, size_t len)
{
	struct wire_frame frame;
	struct msg *m = NULL;

	if (wire_frame_upto(bytes, len, REPLY_MAX, &frame) != WIRE_OK)
		return NULL;
	if (frame.form != WIRE_NETSTRING || frame.trailer != NULL || frame.total != len)
		return NULL;
	return wire_decode(&frame, &m) == WIRE_OK ? m : NULL;
}

GByteArray *
request_encode(const struct msg *m)
{
	return wire_encode(m, WIRE_NETSTRING, NULL);
}
