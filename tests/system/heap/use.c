/*
 * What every heap must do, and the exhaustion of those that end.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>
#include <stdint.h>

#include <selkie/rt/heap.h>
#include <selkie/rt/hooks.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#include "heap.h"

static unsigned asked; /* how often the hook ran */
static void *spare;

/* Once there is something to let go. */
SK_ON_NO_MEMORY(size)
{
    void *let_go = spare;

    asked++;
    spare = NULL;
    free(let_go);
    return size == LARGE && let_go != NULL;
}

static void check_filled(const unsigned char *p, size_t size, unsigned char with)
{
    for (size_t i = 0; i < size; i++) {
        sk_assert(p[i] == with);
    }
}

static void use(void)
{
    unsigned char *a = malloc(100);
    unsigned char *b = malloc(0);
    unsigned char *c = calloc(7, 11);

    sk_assert(a != NULL && b != NULL && c != NULL && a != b);
    sk_assert((uintptr_t)a % 16 == 0 && (uintptr_t)c % 16 == 0);
    check_filled(c, 77, 0);
    __builtin_memset(a, 1, 100);
    a = realloc(a, 1000);
    check_filled(a, 100, 1);
    __builtin_memset(a, 2, 1000);
    a = realloc(a, 50);
    check_filled(a, 50, 2);
    check_filled(c, 77, 0);
    for (size_t align = 1; align <= 8192; align *= 2) {
        unsigned char *p = aligned_alloc(align, 24);

        sk_assert(p != NULL && (uintptr_t)p % align == 0);
        __builtin_memset(p, 3, 24);
        free(p);
    }
    sk_assert(aligned_alloc(24, 24) == NULL && aligned_alloc(0, 24) == NULL);
    free(a);
    free(b);
    free(c);
    free(NULL);
    free(realloc(NULL, 5));
}

static void use_too_much(void)
{
    volatile size_t most = SIZE_MAX; /* a constant would not compile */

    sk_assert(calloc(most / 2, 3) == NULL);
    sk_assert(malloc(most) == NULL && malloc(most / 2) == NULL);
    sk_assert(aligned_alloc(most / 2 + 1, 1) == NULL);

    unsigned char *p = malloc(10);
    __builtin_memset(p, 4, 10);
    sk_assert(realloc(p, most / 4) == NULL);
    check_filled(p, 10, 4);
    free(p);
}

SK_ROOT_TASK(bi)
{
    struct sk_heap_stats stats;

    use();
    sk_heap_check(&stats);
    sk_printf("%zu blocks are left\n", stats.blocks);
    use_too_much();
    sk_printf("the hook was asked %u times\n", asked);

    asked = 0;
    spare = malloc(LARGE);
    void *other = malloc(LARGE);
    sk_printf("%s, the hook asked %u times\n", other != NULL ? "served" : "refused", asked);
    return 0;
}
