/*
 * Records: small pieces of memory for bookkeeping, all of one size.
 *
 * The allocators write down what they handed out, and nothing limits how much that is. A record
 * pool cuts chunks of memory into records; it starts with chunks of the caller's, and takes
 * more, a page each, from a source. A chunk that came from the source goes back when none of
 * its records is in use, so that what was free before is free again afterwards.
 *
 * A source that needs records itself, to make the page that becomes a chunk, must not run dry:
 * the last reserve records of a pool are handed out only while the pool grows.
 *
 * One thread at a time uses a pool.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <selkie/base/err.h>
#include <selkie/cap/source.h>

/* The bytes of a chunk, and what its address is a multiple of. */
#define SK_RECORD_CHUNK 4096

struct sk_record_chunk;

struct sk_record_pool {
    struct sk_source *source;          /* where more chunks come from; NULL: nowhere */
    struct sk_record_chunk *chunks[3]; /* in part free, unused, full */
    size_t record_size;
    seL4_Word free_count;
    seL4_Word reserve;     /* records that are kept for growing */
    seL4_Word chunk_count; /* chunks that came from the source */
    bool is_changing;      /* a chunk is being taken or given back */
};

/*
 * A pool without a chunk. record_size is in bytes, a multiple of 32, and at most 1024. The pool
 * keeps source; reserve is 0 until the caller sets it.
 */
void sk_record_pool_init(struct sk_record_pool *p, size_t record_size,
                         struct sk_source *source);

/* Give back to the source the chunks that came from it, whatever is in them. */
void sk_record_pool_fini(struct sk_record_pool *p);

/* Use a chunk of the caller's, SK_RECORD_CHUNK bytes, until the pool ends. */
void sk_record_pool_add(struct sk_record_pool *p, void *chunk);

/*
 * See to it that count records can be taken, beyond the reserve; takes chunks if need be.
 *
 * SK_ERR_NO_MEMORY, SK_ERR_NO_SLOT: the source has not enough. What there is can be taken.
 */
sk_err sk_record_pool_ensure(struct sk_record_pool *p, seL4_Word count);

/* A record, all zeros; NULL if there is none but for the reserve. */
void *sk_record_pool_take(struct sk_record_pool *p);

/* A record that was taken. Traps if it was given already, as far as can be seen. */
void sk_record_pool_give(struct sk_record_pool *p, void *record);

/* Give unused chunks back to the source, as long as keep records beyond the reserve stay. */
void sk_record_pool_trim(struct sk_record_pool *p, seL4_Word keep);
