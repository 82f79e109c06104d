/*
 * The invariants are checked: each kind of damage is found, and named.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "core/check.h"
#include "core/derive.h"
#include "play.h"

#define SLOT   1000ull
#define THREAD 1100ull

static void find(const struct kernel *k, const char *what)
{
    struct check_finding f = sk_kernel_check(k);

    assert_non_null(f.what);
    assert_string_equal(f.what, what);
}

static void a_kernel_that_has_booted_is_sound(void **state)
{
    assert_null(sk_kernel_check(*state).what);
}

static void a_broken_link_is_found(void **state)
{
    struct kernel *k = *state;
    struct slot *s = play_slot(k, ROOT_VSPACE);

    derive_next(s)->prev = (uint64_t)(uintptr_t)play_slot(k, ROOT_TCB) << 16;
    find(k, "the derivation list is not linked both ways");
}

static void a_slot_outside_the_list_is_found(void **state)
{
    struct kernel *k = *state;

    play_slot(k, SLOT)->cap = play_slot(k, ROOT_TCB)->cap;
    find(k, "a full slot is in no list");
}

static void a_slot_of_no_container_is_found(void **state)
{
    struct kernel *k = *state;
    static struct slot stray;

    sk_kderive_insert(play_slot(k, ROOT_VSPACE), &stray, play_slot(k, ROOT_VSPACE)->cap, false);
    find(k, "a listed slot is in no container, or in two");
}

static void an_object_above_the_watermark_is_found(void **state)
{
    struct kernel *k = *state;
    struct slot *untyped = play_slot(k, play_untyped(k, 23));

    play_make(k, seL4_EndpointObject, 0, SLOT);
    untyped->cap = cap_untyped(cap_addr(untyped->cap), 23, false, 0);
    find(k, "objects overlap, or lie above the watermark");
}

static void overlapping_objects_are_found(void **state)
{
    struct kernel *k = *state;

    play_make(k, seL4_NotificationObject, 0, SLOT);
    play_make(k, seL4_NotificationObject, 0, SLOT + 1);
    play_slot(k, SLOT)->cap.w0 += 0x10ull << 16;
    find(k, "objects overlap, or lie above the watermark");
}

static void a_deleted_object_in_a_queue_is_found(void **state)
{
    struct kernel *k = *state;
    struct endpoint *ep;

    play_make(k, seL4_EndpointObject, 0, SLOT);
    ep = cap_object(play_slot(k, SLOT)->cap);
    ep->queue.head = k->current;
    ep->queue.tail = k->current;
    find(k, "a thread waits on an endpoint for something else");
}

static void budget_that_is_lost_is_found(void **state)
{
    struct kernel *k = *state;

    k->current->sched_context->period *= 2; /* no longer a time slice, which may shrink */
    k->current->sched_context->refills[0].amount--;
    find(k, "refills do not add up to the budget");
}

static void a_scheduling_context_of_two_threads_is_found(void **state)
{
    struct kernel *k = *state;
    struct tcb *t;

    play_thread(k, THREAD, 1, false);
    t = cap_object(play_slot(k, THREAD)->cap);
    t->sched_context = k->current->sched_context;
    find(k, "a scheduling context's thread has another one");
}

static void a_ring_of_replies_is_found(void **state)
{
    struct kernel *k = *state;
    struct reply *a, *b;

    play_make(k, seL4_ReplyObject, 0, SLOT);
    play_make(k, seL4_ReplyObject, 0, SLOT + 1);
    a = cap_object(play_slot(k, SLOT)->cap);
    b = cap_object(play_slot(k, SLOT + 1)->cap);
    *a = (struct reply){.below = b, .above = b};
    *b = (struct reply){.below = a, .above = a};
    find(k, "a stack of replies is a ring");
}

static void a_ready_thread_in_no_queue_is_found(void **state)
{
    struct kernel *k = *state;
    struct tcb *t;

    play_thread(k, THREAD, 1, false);
    t = cap_object(play_slot(k, THREAD)->cap);
    t->is_queued = 0;
    find(k, "a ready thread cannot run");
}

static void a_wrong_bitmap_is_found(void **state)
{
    struct kernel *k = *state;

    k->ready[0].bitmap[0] |= 2;
    find(k, "a ready queue is not marked so");
}

static void a_mapping_that_nobody_made_is_found(void **state)
{
    struct kernel *k = *state;
    struct page_table *root = cap_object(play_slot(k, ROOT_VSPACE)->cap);

    root->entries[511] = root->entries[0];
    find(k, "a mapping is there whose capability does not know");
}

static void a_stale_identifier_is_found(void **state)
{
    struct kernel *k = *state;

    k->asid_pools[0]->entries[2] = cap_object(play_slot(k, ROOT_VSPACE)->cap);
    find(k, "an identifier belongs to a VSpace that does not know it");
}

static void a_handler_that_is_not_there_is_found(void **state)
{
    struct kernel *k = *state;

    k->irq_states[33] = IRQ_HANDLED;
    find(k, "an interrupt is said to have a handler");
}

#define WITH_KERNEL(test) cmocka_unit_test_setup_teardown(test, play_open, play_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KERNEL(a_kernel_that_has_booted_is_sound),
        WITH_KERNEL(a_broken_link_is_found),
        WITH_KERNEL(a_slot_outside_the_list_is_found),
        WITH_KERNEL(a_slot_of_no_container_is_found),
        WITH_KERNEL(an_object_above_the_watermark_is_found),
        WITH_KERNEL(overlapping_objects_are_found),
        WITH_KERNEL(a_deleted_object_in_a_queue_is_found),
        WITH_KERNEL(budget_that_is_lost_is_found),
        WITH_KERNEL(a_scheduling_context_of_two_threads_is_found),
        WITH_KERNEL(a_ring_of_replies_is_found),
        WITH_KERNEL(a_ready_thread_in_no_queue_is_found),
        WITH_KERNEL(a_wrong_bitmap_is_found),
        WITH_KERNEL(a_mapping_that_nobody_made_is_found),
        WITH_KERNEL(a_stale_identifier_is_found),
        WITH_KERNEL(a_handler_that_is_not_there_is_found),
    };

    return cmocka_run_group_tests_name("kernel/check", tests, NULL, NULL);
}
