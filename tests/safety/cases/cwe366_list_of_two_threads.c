/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-366: two threads put elements into one list without a lock */
/* EXPECT: host=tsan */
#include "../safety.h"

struct node {
    struct node *next;
};

static struct node *first;

/* BAD */
static void push(void *arg)
{
    (void)arg;
    struct node *n = malloc(sizeof(*n));
    if (n != NULL) {
        n->next = first;
        first = n;
    }
}

BAD
{
    in_two_threads(push, NULL);
    while (first != NULL) {
        struct node *next = first->next;

        free(first);
        first = next;
    }
}

/* GOOD */
static void push_atomically(void *arg)
{
    (void)arg;
    struct node *n = malloc(sizeof(*n));
    if (n != NULL) {
        n->next = __atomic_load_n(&first, __ATOMIC_RELAXED);
        /* Pairs with the read after the threads have ended. */
        while (!__atomic_compare_exchange_n(&first, &n->next, n, false, __ATOMIC_RELEASE,
                                            __ATOMIC_RELAXED)) {
        }
    }
}

GOOD
{
    in_two_threads(push_atomically, NULL);
    while (first != NULL) {
        struct node *next = first->next;

        free(first);
        first = next;
    }
}
