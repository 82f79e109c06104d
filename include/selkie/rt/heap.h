/*
 * The heap.
 *
 * A program chooses its heap at link time ("heap := general" in its build.mk); its code only
 * calls malloc and free.
 *
 *   none      any of these calls is a link error, which names the caller. The default.
 *   own       the program brings malloc and free itself.
 *   bump      memory is handed out once, in order; what is freed is not used again.
 *   general   memory is used again, by the two-level segregated fit algorithm: each call takes
 *             a bounded time, however full the heap is.
 *   grow      the same, and takes more pages from the environment's source (selkie/rt/env.h)
 *             when it is full.
 *
 * The heaps of rt start in the arena, which is part of the program's memory: 64 KiB, or what
 * "arena := 256k" (or 1m) in the build.mk chooses, or what the program itself says with
 * SK_HEAP_ARENA(size). Threads may use them without preparation. Blocks are aligned to 16
 * bytes.
 *
 * Each block has a header of 16 bytes: its size, the place that allocated or freed it, and a
 * check of these. What a size is rounded up by is filled. Every free and realloc looks at
 * both, and panics, saying both places, when a block is freed twice, was not allocated, or was
 * written past its end, by one byte or more. Freed memory is filled in part, and used again as
 * late as possible; a heap that was written to after a free panics when it is to be used again.
 * A header that is damaged without a trace in these checks is not found.
 *
 * The audit (-lselkie-heap-audit -u sk_heap_audit) is for programs that can afford more. It
 * fills all freed memory, so that a write to any of it is found when it is used again, and when
 * the program ends, by return or exit(), it looks at the whole heap: each block that was not
 * freed is printed with the place that allocated it, and a leak is a panic. Its cost grows with
 * the sizes of blocks. With bump it only looks for leaks, and for writes past blocks.
 *
 * When there is no memory, a function returns NULL; or, if the program has a hook
 * (SK_ON_NO_MEMORY in selkie/rt/hooks.h), what that decides.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

#include <selkie/base/attr.h>

/* For functions that allocate; the arguments are the parameters whose product is the size. */
#define SK_ALLOCATES(...)  \
    SK_GIVEN_BACK_TO(free) \
    SK_MUST_USE __attribute__((alloc_size(__VA_ARGS__)))

/* As C has them. A size of 0 gives a block of its own. */
void free(void *block);
SK_ALLOCATES(2) void *realloc(void *block, size_t size);
SK_ALLOCATES(1) __attribute__((malloc)) void *malloc(size_t size);
SK_ALLOCATES(1, 2) __attribute__((malloc)) void *calloc(size_t count, size_t size);
SK_ALLOCATES(2) __attribute__((malloc)) void *aligned_alloc(size_t align, size_t size);

struct sk_heap_stats {
    size_t size;    /* bytes the heap has, whatever for */
    size_t used;    /* bytes in blocks, their headers included */
    size_t largest; /* bytes of the largest free piece */
    size_t blocks;
};

/*
 * Walk the heap, and tell what is in it. Panics if a block is damaged. Other threads may use
 * it meanwhile; with bump, what is behind a block that is being taken is then left out. Not for
 * heaps of the program's own.
 */
void sk_heap_check(struct sk_heap_stats *ret_stats);

/*
 * What the audit does at the end, now: panics if a block is damaged, or is not free, or if a
 * free one was written to. Only in programs that are linked with it.
 */
void sk_heap_audit(void);

extern char sk_heap_arena[];
extern const size_t sk_heap_arena_size;

/* The arena, said once outside of any function. size is in bytes, a multiple of 16. */
#define SK_HEAP_ARENA(size)                                                       \
    _Static_assert((size) % 16 == 0, "the size of an arena is a multiple of 16"); \
    _Alignas(16) char sk_heap_arena[size];                                        \
    const size_t sk_heap_arena_size = sizeof(sk_heap_arena)
