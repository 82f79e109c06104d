/*
 * The monitor is told of faults, says what and where, and restarts domains: never, always, so
 * often within a time, and one that is passive.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/string.h>

#include "../microkit/hall.h"
#include "plot.h"
#include "tables.h"

/* Where the monitor has what it is given. */
#define TABLES  ((uintptr_t)0x20000000)
#define STATE   ((uintptr_t)0x20010000)
#define WINDOWS ((uintptr_t)0x20020000)

extern const char monitor_image[], domain_image[];

static struct sk_monitor_domain table[WATCHED] = {
    {.name = "null", .restart = SK_MONITOR_NEVER},
    {.name = "overflow",
     .restart = SK_MONITOR_LIMITED,
     .restart_limit = 2,
     .restart_window_us = 60000000},
    {.name = "eager", .restart = SK_MONITOR_ALWAYS},
    {.name = "passive",
     .restart = SK_MONITOR_LIMITED,
     .restart_limit = 16,
     .restart_window_us = 1},
    {.name = "trap", .restart = SK_MONITOR_NEVER},
    {.name = "server", .restart = SK_MONITOR_ALWAYS},
    {.name = "client", .restart = SK_MONITOR_NEVER},
    {.name = "spare server", .restart = SK_MONITOR_NEVER},
    {.name = "big frame", .restart = SK_MONITOR_NEVER},
    {.name = "waiter", .restart = SK_MONITOR_NEVER},
    {.name = "undefined", .restart = SK_MONITOR_NEVER},
    {.name = "library end", .restart = SK_MONITOR_NEVER},
};

enum { NO_WINDOW = 2, PASSIVE = 3, SERVER = 5, CLIENT = 6, SPARE = 7, WAITER = 9 };

static struct domain *watched[WATCHED];

/* The domain's stack, where the monitor sees it. */
static void show_stack(struct domain *monitor, struct domain *d, uintptr_t window)
{
    for (unsigned i = 0; i < STAGE_STACK_PAGES; i++) {
        stage_share(d, STAGE_STACK - (STAGE_STACK_PAGES - i) * STAGE_PAGE, monitor,
                    window + i * STAGE_PAGE);
    }
}

static void watch(struct domain *monitor, unsigned i)
{
    bool is_passive = i == PASSIVE || i == SERVER;
    struct domain *d =
        hall_make((struct domain){.name = table[i].name,
                                  .image = domain_image,
                                  .priority = 50,
                                  .is_passive = is_passive,
                                  .is_called = i == SERVER || i == SPARE,
                                  .is_restored = i == 1 || i == SERVER || i == SPARE});

    watched[i] = d;
    stage_faults(d, monitor->endpoint, i + 1);
    stage_give(monitor, SK_MONITOR_SLOT_TCB + i, d->tcb.cptr, seL4_AllRights, 0);
    table[i].entry = d->entry;
    table[i].stack_bottom = STAGE_STACK - STAGE_STACK_PAGES * STAGE_PAGE;
    table[i].stack_top = STAGE_STACK;
    if (i != NO_WINDOW) {
        table[i].stack_window = WINDOWS + i * STAGE_STACK_PAGES * STAGE_PAGE;
        show_stack(monitor, d, table[i].stack_window);
    }
}

/* What the tables say is written page by page. */
static void give_memory(struct domain *monitor)
{
    static _Alignas(8) char tables[TABLES_SIZE];
    const struct sk_monitor_memory memory = {
        .tables = TABLES,
        .tables_size = TABLES_SIZE,
        .state = STATE,
        .state_size = STAGE_PAGE,
    };

    tables_write(tables, table, domain_image);
    for (uintptr_t at = 0; at < TABLES_SIZE; at += STAGE_PAGE) {
        stage_page(monitor, TABLES + at, false, true);
    }
    stage_poke(monitor, TABLES, tables, TABLES_SIZE);
    stage_page(monitor, STATE, false, false);
    stage_patch(monitor, "sk_monitor_memory", 0, &memory, sizeof(memory));
}

/* Messages that no domain sends, or that Microkit's own passive domains do. */
static void send_oddities(struct domain *monitor)
{
    static const seL4_Word badges[] = {99, 1};

    for (unsigned i = 0; i < 2; i++) {
        seL4_CPtr odd = stage_mint(monitor->endpoint, badges[i]);

        seL4_Send(odd, seL4_MessageInfo_new(0, 0, 0, 0));
        hall_listen();
    }
}

/* One that has answered its last caller, and waits, is restarted, and answers the next. */
static void restart_idle(struct domain *d)
{
    seL4_UserContext registers = {.pc = d->entry};
    seL4_CPtr call = stage_mint(d->endpoint, SK_MICROKIT_BADGE_CALL | TO_SERVER);

    for (unsigned i = 0; i < 2; i++) {
        seL4_MessageInfo_t answer =
            seL4_Call(call, seL4_MessageInfo_new(ASK_TO_ANSWER, 0, 0, 0));

        sk_printf("%s: answers %lu\n", d->name, seL4_MessageInfo_get_label(answer));
        if (i == 0) {
            sk_assert(seL4_TCB_WriteRegisters(d->tcb.cptr, 1, 0, 1, &registers) ==
                      seL4_NoError);
            hall_listen();
        }
    }
}

SK_ROOT_TASK(bi)
{
    static struct domain monitor;

    monitor = (struct domain){.name = "monitor",
                              .image = monitor_image,
                              .priority = 200,
                              .is_called = true,
                              .is_bare = true};
    stage_domain(&monitor);
    stage_faults(&monitor, seL4_CapNull, 0);
    for (unsigned i = 0; i < WATCHED; i++) {
        watch(&monitor, i);
    }
    stage_call(watched[CLIENT], TO_SERVER, watched[SERVER], TO_SERVER);
    stage_give(watched[WAITER], NOT_ITS_OWN, watched[SERVER]->notification, seL4_CanRead, 0);
    give_memory(&monitor);
    stage_start(&monitor);
    hall_listen();
    send_oddities(&monitor);
    for (unsigned i = 0; i < WATCHED; i++) {
        stage_start(watched[i]);
        hall_listen();
    }
    stage_signal(watched[PASSIVE], OTHER);
    hall_listen();
    stage_signal(watched[PASSIVE], TO_FAULT);
    hall_listen();
    stage_signal(watched[PASSIVE], OTHER);
    hall_listen();
    restart_idle(watched[SPARE]);
    return 0;
}
