/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "memory.h"

#include <glib.h>
#include <limits.h>
#include <malloc.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/resource.h>

#define STACK_RESERVE (128 * 1024)

static void __attribute__((noinline)) stack_touch(void)
{
	volatile unsigned char room[STACK_RESERVE];

	for (size_t i = 0; i < sizeof(room); i += 1024)
		room[i] = 0;
}

/* What is freed stays with the process, so the pages touched once remain its own. */
static void
heap_touch(size_t bytes)
{
	mallopt(M_TRIM_THRESHOLD, INT_MAX);
	mallopt(M_MMAP_MAX, 0);

	char *room = g_malloc(bytes);
	for (size_t i = 0; i < bytes; i += 1024)
		((volatile char *)room)[i] = 1;
	g_free(room);
}

/* Under a limit, locking what is yet to come would make later allocations fail. */
static bool
future_may_be_locked(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
}

void
memory_lock(unsigned reserve_kb, const struct trace *t)
{
	heap_touch((size_t)reserve_kb * 1024 + 1);
	stack_touch();
	if (mlockall(MCL_CURRENT) != 0) {
		trace(t, TRACE_WARNING,
		    "Cannot lock ourselves into memory:  System limits on "
		    "locked-in memory are too small. We go on without");
		return;
	}
	/* From now on page by page, as they are touched: clients bring large shared
	 * buffers. */
	if (future_may_be_locked())
		mlockall(MCL_FUTURE | MCL_ONFAULT);
}
