/*
 * The C library's names, on whatever heap is linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/heap.h>

#include <selkie/rt/hooks.h>

#include "heap.h"

__attribute__((weak)) bool sk_hook_no_memory(size_t size);

#define SITE ((uint32_t)(uintptr_t)__builtin_return_address(0))

static void *take(size_t size, size_t align, uint32_t site)
{
    void *block;

    do {
        block = sk_heap_take(size, align, site);
    } while (block == NULL && sk_hook_no_memory != NULL && sk_hook_no_memory(size));
    return block;
}

void *malloc(size_t size)
{
    return take(size, UNIT_SIZE, SITE);
}

void *calloc(size_t count, size_t size)
{
    size_t all;

    if (__builtin_mul_overflow(count, size, &all)) {
        return NULL;
    }
    void *block = take(all, UNIT_SIZE, SITE);
    return block != NULL ? __builtin_memset(block, 0, all) : NULL;
}

void *realloc(void *block, size_t size)
{
    uint32_t site = SITE;
    size_t old;

    if (block == NULL) {
        return take(size, UNIT_SIZE, site);
    }
    if (sk_heap_resize(block, size, site, &old)) {
        return block;
    }
    void *moved = take(size, UNIT_SIZE, site);
    if (moved != NULL) {
        __builtin_memcpy(moved, block, old < size ? old : size);
        sk_heap_give(block, site);
    }
    return moved;
}

void *aligned_alloc(size_t align, size_t size)
{
    if (align == 0 || (align & (align - 1)) != 0) {
        return NULL;
    }
    return take(size, align < UNIT_SIZE ? UNIT_SIZE : align, SITE);
}

void free(void *block)
{
    if (block != NULL) {
        sk_heap_give(block, SITE);
    }
}
