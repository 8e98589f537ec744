/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/event.h"

#include <assert.h>

static const char *const type_names[] = {
    [EVENT_START] = "start",
    [EVENT_PACKET] = "packet",
    [EVENT_TIMER] = "timer",
    [EVENT_CHILD] = "child",
    [EVENT_REQUEST] = "request",
    [EVENT_CLIENT] = "client",
    [EVENT_MEDIUM] = "medium",
    [EVENT_LEAVE] = "leave",
    [EVENT_ORPHANED] = "orphaned",
    [EVENT_ADDRESS] = "address",
    [EVENT_CONFLICT] = "conflict",
};
static_assert(G_N_ELEMENTS(type_names) == EVENT_TYPE_COUNT, "a name for each type");

static const char *const end_names[] = {
    [CHILD_EXITED] = "exited",
    [CHILD_SIGNALED] = "signaled",
    [CHILD_TIMED_OUT] = "timed out",
    [CHILD_NOT_FOUND] = "not found",
    [CHILD_KILLED] = "killed",
};
static_assert(G_N_ELEMENTS(end_names) == CHILD_END_COUNT, "a name for each end");

static const char *const address_names[] = {
    [ADDRESS_HERE] = "here",
    [ADDRESS_GONE] = "gone",
    [ADDRESS_NOWHERE] = "nowhere",
};
static_assert(G_N_ELEMENTS(address_names) == ADDRESS_STATE_COUNT, "a name for each state");

const char *
event_type_name(enum event_type type)
{
	assert(type < EVENT_TYPE_COUNT);
	return type_names[type];
}

const char *
child_end_name(enum child_end end)
{
	assert(end < CHILD_END_COUNT);
	return end_names[end];
}

const char *
address_state_name(enum address_state state)
{
	assert(state < ADDRESS_STATE_COUNT);
	return address_names[state];
}
