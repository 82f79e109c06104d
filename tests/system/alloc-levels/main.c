/*
 * A CSpace of two levels: there are as many slots as are wanted. When the manager has ended
 * there is one level again, and each untyped becomes its full number of frames. At the end the
 * first thread faults: it has kept its fault handler.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/manager.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

#include "../leaks/untypeds.h"

#define COUNT 12000

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
static struct sk_manager manager;
static sk_slot made[COUNT];
static volatile uintptr_t nowhere = 16;

static void work(void *arg)
{
    *(seL4_Word *)arg = sk_thread_self()->tcb.cptr;
}

static void run_thread(seL4_Word first_slots)
{
    struct sk_thread *t;
    seL4_Word tcb = 0;

    sk_assert(sk_thread_start(work, &tcb, &(struct sk_thread_options){.priority = 100}, &t) ==
              SK_OK);
    sk_thread_join(t, NULL);
    sk_assert(tcb >= first_slots);
    sk_printf("a thread ran whose capabilities are behind the first %lu\n", first_slots);
}

SK_ROOT_TASK(bi)
{
    seL4_Word first_slots = (seL4_Word)1 << bi->initThreadCNodeSizeBits;
    struct sk_source *source = &manager.source;
    struct sk_manager_stats before, after;
    static struct untypeds untypeds;
    sk_slots slots;

    untypeds_look(&untypeds, bi, (bi->empty.start + bi->empty.end) / 2);
    sk_assert(sk_manager_init_boot(&manager, (seL4_BootInfo *)bi,
                                   &(struct sk_manager_options){
                                       .memory = memory,
                                       .is_two_level = true,
                                   }) == SK_OK);
    sk_env_set_source(source);
    sk_manager_stats(&manager, &before);
    for (unsigned n = 0; n < COUNT; n++) {
        sk_assert(source->take_slots(source, 1, &slots) == SK_OK);
        sk_assert(source->make_object(source, SK_BLUEPRINT(Notification), slots.first) ==
                  SK_OK);
        made[n] = slots.first;
    }
    sk_manager_stats(&manager, &after);
    sk_assert(after.total_slots > before.total_slots);
    sk_printf("%lu slots, and then %u objects\n", before.total_slots, COUNT);
    /* A notification in the last slot of all works, and so does a copy in front of it. */
    seL4_Signal(sk_slot_cptr(made[COUNT - 1]));
    seL4_Wait(sk_slot_cptr(made[COUNT - 1]), NULL);
    run_thread(first_slots);
    for (unsigned n = 0; n < COUNT; n++) {
        source->free_object(source, SK_BLUEPRINT(Notification), made[n]);
        source->give_slots(source, (sk_slots){made[n], 1});
    }
    sk_manager_stats(&manager, &after);
    sk_assert(after.free_bytes == before.free_bytes && after.free_slots == before.free_slots);
    sk_printf("%lu bytes and %lu slots are free, as before\n", after.free_bytes,
              after.free_slots);
    sk_manager_fini(&manager);
    struct untypeds_found found = untypeds_retype(&untypeds);
    sk_printf("untypeds: %lu became %lu frames, %lu could not; %lu were in use before\n",
              found.whole, found.frames, found.broken, untypeds.used_count);
    *(volatile int *)nowhere = 1;
    return 0;
}
