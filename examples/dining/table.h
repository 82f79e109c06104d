/*
 * The table: forks between the seats, and what the ways of eating at it need.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <selkie/base/err.h>
#include <selkie/cap/source.h>
#include <selkie/sync/barrier.h>
#include <selkie/sync/condition.h>
#include <selkie/sync/once.h>
#include <selkie/sync/semaphore.h>

#define SEATS 5

struct table {
    struct sk_barrier hungry;     /* all begin at once */
    struct sk_mutex forks[SEATS]; /* fork n is to the left of seat n */
    struct sk_semaphore chairs;   /* one less than there are seats */
    struct sk_mutex manners;      /* guards the next three */
    struct sk_condition put_down; /* a fork was put down */
    struct sk_once grace;         /* somebody says it, before anybody eats */
    bool is_taken[SEATS];         /* fork n, where forks are not locked one by one */

    int graces; /* how often grace was said */
    bool is_eating[SEATS];
    unsigned quarrels; /* how often two had the same fork; atomic */
};

struct philosopher {
    struct table *table;
    int seat;
    sk_notification notification; /* to wait at conditions */
    void (*dine)(struct philosopher *me);
    unsigned meals;
};

/*
 * Take the notifications that the table needs from a source.
 *
 * SK_ERR_NO_SLOT, SK_ERR_NO_MEMORY: the source has not enough.
 */
sk_err table_lay(struct table *t, struct sk_source *source);

/* One notification. The errors are those of table_lay(). */
sk_err table_notification(struct sk_source *source, sk_notification *ret_notification);

/* What a philosopher does with both forks. Sees who does not have both. */
void table_eat(struct philosopher *me);

/* The end: traps if a fork is in somebody's hand. */
void table_clear(struct table *t);
