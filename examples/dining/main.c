/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

#include "ways.h"

#define MEALS    200
#define PRIORITY 100

static sk_err say_grace(void *table)
{
    ((struct table *)table)->graces++;
    return SK_OK;
}

static void live(void *arg)
{
    struct philosopher *me = arg;

    sk_assert(sk_once_do(&me->table->grace, say_grace, me->table) == SK_OK);
    (void)sk_barrier_wait(&me->table->hungry);
    for (int n = 0; n < MEALS; n++) {
        me->dine(me);
    }
}

static sk_err hold_dinner(const char *way, void (*dine)(struct philosopher *me),
                          struct table *table, struct philosopher *philosophers)
{
    static const char *const names[SEATS] = {"Aristotle", "Diotima", "Hypatia", "Kant",
                                             "Spinoza"};
    struct sk_thread *threads[SEATS];
    unsigned meals = 0;

    for (int i = 0; i < SEATS; i++) {
        const struct sk_thread_options options = {.name = names[i], .priority = PRIORITY};

        philosophers[i].dine = dine;
        philosophers[i].meals = 0;
        SK_TRY(sk_thread_start(live, &philosophers[i], &options, &threads[i]));
    }
    for (int i = 0; i < SEATS; i++) {
        sk_thread_join(threads[i], NULL);
        meals += philosophers[i].meals;
    }
    sk_printf("%s: %u meals, %u quarrels\n", way, meals, table->quarrels);
    return SK_OK;
}

static sk_err invite(struct sk_source *source)
{
    struct philosopher philosophers[SEATS];
    struct table table;

    SK_TRY(table_lay(&table, source));
    for (int i = 0; i < SEATS; i++) {
        philosophers[i] = (struct philosopher){.table = &table, .seat = i};
        SK_TRY(table_notification(source, &philosophers[i].notification));
    }
    SK_TRY(hold_dinner("forks in order", way_in_order, &table, philosophers));
    SK_TRY(hold_dinner("a chair less", way_with_a_chair, &table, philosophers));
    SK_TRY(hold_dinner("both or none", way_both_or_none, &table, philosophers));
    sk_printf("grace was said %d time, and every fork is on the table\n", table.graces);
    table_clear(&table);
    return SK_OK;
}

SK_ROOT_TASK(bi)
{
    (void)bi;
    sk_printf("%d philosophers sit down\n", SEATS);
    sk_assert(invite(sk_boot_source()) == SK_OK);
    return 0;
}
