/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The few facts that outlive the process: the generation and who we are.
 *
 * Source: compat wire.md section 8, commands.md section 14.
 */
#ifndef HB_STORE_H
#define HB_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STORE_UUID_SIZE 16

/*
 * The next generation: one more than the last, and by_time at least the time. It is on the disk
 * before this returns. By_time 3.0.6 stores nothing; we do, so that it grows as well when the clock
 * was set back, and when ha.cf says another method from now on.
 *
 * directory: where hb_generation lives; made if missing.
 * wall_s:    seconds since 1970.
 * above:     one that is in use already, by us or in the memory of the peers; below GENERATION_MAX.
 * *started_over is set when there was no usable file, so that the time was taken unasked.
 * Errors: -errno if it could not be stored. It is given all the same, but the next start may come to the
 *         same one, and the peers would take that for a replay.
 */
int store_generation_next(const char *directory, bool by_time, int64_t wall_s, uint64_t above,
    uint64_t *out, bool *started_over);

/*
 * Our uuid: read, or made of random bytes and stored at the first start (*made is set).
 *
 * Errors: -errno.
 */
int store_uuid(const char *directory, unsigned char out[STORE_UUID_SIZE], bool *made);

/* uuidfrom nodename: the same name always gives the same uuid, and nothing is stored. */
void store_uuid_of_name(const char *name, unsigned char out[STORE_UUID_SIZE]);

/* Records of engines that died: STORE_RECORD ".1" is the newest. */
#define STORE_RECORD "record"
#define STORE_RECORDS_MAX 3

/*
 * Keep what is in the file fd, size_max bytes at most, as the newest record; the oldest beyond
 * STORE_RECORDS_MAX goes. For its owner's eyes only.
 *
 * Errors: -errno; -ENODATA if the file is empty, nothing is changed then.
 */
int store_record(const char *directory, int fd, size_t size_max);

#endif
