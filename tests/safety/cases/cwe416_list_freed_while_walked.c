/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-416: each element of a list is freed before its link is read */
/* EXPECT: gcc release=heap host=asan */
#include "../safety.h"

struct node {
    long value;
    long more[4];
    struct node *next;
};

static struct node *list_of(int count)
{
    struct node *first = NULL;

    for (int i = 0; i < count; i++) {
        struct node *n = malloc(sizeof(*n));

        if (n != NULL) {
            n->value = i;
            n->next = first;
            first = n;
        }
    }
    return first;
}

/* BAD */
BAD
{
    for (struct node *n = list_of((int)given(4)); n != NULL; n = n->next) {
        free(n);
    }
}

/* GOOD */
GOOD
{
    struct node *next;

    for (struct node *n = list_of((int)given(4)); n != NULL; n = next) {
        next = n->next;
        free(n);
    }
}
