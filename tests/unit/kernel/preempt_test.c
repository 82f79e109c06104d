/*
 * Long operations stop for interrupts, and are made again until they are done.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "core/check.h"
#include "core/derive.h"
#include "core/ipc.h"
#include "play.h"

#define ENDPOINT 1000ull
#define COPIES   1001ull
#define COUNT    250u
#define CNODE    1500ull
#define PAGE     1501ull
#define IRQ      40u

/* An interrupt that nobody handles: the kernel takes it, and masks it. */
static void raise(struct kernel *k)
{
    k->machine.pending_irqs |= 1ull << IRQ;
    k->machine.masked_irqs &= ~(1ull << IRQ);
}

static void check(const struct kernel *k)
{
    assert_string_equal(sk_kernel_check(k).what == NULL ? "" : sk_kernel_check(k).what, "");
}

/* How often the running thread has to make the call, when it is interrupted each time. */
static unsigned times_made(struct kernel *k, uint64_t cptr, struct message m)
{
    unsigned count = 0;
    uint64_t pc;

    do {
        pc = k->current->context.pc;
        raise(k);
        (void)play_call(k, cptr, m);
        check(k);
        count++;
        assert_true(count < 10000);
    } while (k->current->context.pc == pc);
    assert_int_equal(info_label(k->current->context.x[1]), seL4_NoError);
    return count;
}

static struct message on_slot(uint64_t label, uint64_t slot)
{
    return (struct message){.label = label, .length = 2, .words = {slot, 64}};
}

static void make_copies(struct kernel *k)
{
    play_make(k, seL4_EndpointObject, 0, ENDPOINT);
    for (unsigned n = 0; n < COUNT; n++) {
        assert_int_equal(play_copy(k, ENDPOINT, COPIES + n, 15, n + 1), seL4_NoError);
    }
}

static void revoking_stops_for_an_interrupt(void **state)
{
    struct kernel *k = *state;
    uint64_t pc = k->current->context.pc;
    unsigned left = 0;

    make_copies(k);
    k->work_units = 0;
    pc = k->current->context.pc;
    raise(k);
    (void)play_call(k, ROOT_CNODE, on_slot(CNodeRevoke, ENDPOINT));
    for (unsigned n = 0; n < COUNT; n++) {
        left += !cap_is_null(play_slot(k, COPIES + n)->cap);
    }
    assert_int_equal(left, COUNT - SK_CFG_MAX_NUM_WORK_UNITS_PER_PREEMPTION);
    assert_int_equal(k->current->context.pc, pc);
    assert_int_equal(k->current->context.x[1], info_make(CNodeRevoke, 0, 0, 2));
    assert_false(sk_arch_irq_is_pending(&k->machine));
    check(k);
}

static void revoking_goes_on_until_it_is_done(void **state)
{
    struct kernel *k = *state;

    make_copies(k);
    k->work_units = 0;
    assert_int_equal(times_made(k, ROOT_CNODE, on_slot(CNodeRevoke, ENDPOINT)), 3);
    assert_false(derive_has_children(play_slot(k, ENDPOINT)));
}

static void without_interrupts_it_is_done_at_once(void **state)
{
    struct kernel *k = *state;

    make_copies(k);
    assert_int_equal(play_call(k, ROOT_CNODE, on_slot(CNodeRevoke, ENDPOINT)).label,
                     seL4_NoError);
    assert_false(derive_has_children(play_slot(k, ENDPOINT)));
}

static void a_large_cnode_is_deleted_in_parts(void **state)
{
    struct kernel *k = *state;

    play_make(k, seL4_EndpointObject, 0, ENDPOINT);
    play_make(k, seL4_CapTableObject, 10, CNODE);
    k->work_units = 0;
    /* Each slot is a unit; the last one ends the operation. */
    assert_int_equal(times_made(k, ROOT_CNODE, on_slot(CNodeDelete, CNODE)), 11);
    assert_true(cap_is_null(play_slot(k, CNODE)->cap));
}

static void a_half_deleted_cnode_is_no_cnode_any_more(void **state)
{
    struct kernel *k = *state;

    play_make(k, seL4_CapTableObject, 10, CNODE);
    k->work_units = 0;
    raise(k);
    (void)play_call(k, ROOT_CNODE, on_slot(CNodeDelete, CNODE));
    assert_int_equal(cap_type(play_slot(k, CNODE)->cap), CAP_ZOMBIE);
    assert_int_equal(play_copy(k, CNODE, CNODE + 1, 15, 0), seL4_IllegalOperation);
    assert_int_equal(play_call(k, CNODE, on_slot(CNodeDelete, 0)).label,
                     seL4_InvalidCapability);
    assert_int_equal(play_delete(k, CNODE), seL4_NoError);
    check(k);
}

static struct message large_page(void)
{
    return (struct message){.label = UntypedRetype,
                            .length = 6,
                            .words = {seL4_ARM_LargePageObject, 0, 0, 0, PAGE, 1},
                            .cap_count = 1,
                            .caps = {ROOT_CNODE}};
}

static void a_large_page_is_cleared_in_parts(void **state)
{
    struct kernel *k = *state;
    uint64_t untyped = play_untyped(k, 23);
    const uint64_t *page;

    k->work_units = 0;
    /* The last chunk is no unit: there is nothing left to interrupt. */
    assert_int_equal(times_made(k, untyped, large_page()),
                     ((0x200000 >> SK_CFG_RESET_CHUNK_BITS) - 1) /
                             SK_CFG_MAX_NUM_WORK_UNITS_PER_PREEMPTION +
                         1);
    page = sk_arch_phys(&k->machine, cap_addr(play_slot(k, PAGE)->cap));
    for (unsigned n = 0; n < 0x200000 / 8; n++) {
        assert_int_equal(page[n], 0);
    }
}

static void what_was_cleared_is_not_trusted_after_others_had_it(void **state)
{
    struct kernel *k = *state;
    uint64_t untyped = play_untyped(k, 23);
    uint64_t *page;

    k->work_units = 0;
    raise(k);
    (void)play_call(k, untyped, large_page());
    assert_true(cap_untyped_clear(play_slot(k, untyped)->cap) != 0);
    play_make(k, seL4_ARM_SmallPageObject, 0, PAGE);
    page = sk_arch_phys(&k->machine, cap_addr(play_slot(k, PAGE)->cap));
    page[0] = 1;
    assert_int_equal(play_delete(k, PAGE), seL4_NoError);
    assert_int_equal(play_call(k, untyped, large_page()).label, seL4_NoError);
    assert_int_equal(page[0], 0);
}

static void a_thread_that_deletes_itself_does_not_come_back(void **state)
{
    struct kernel *k = *state;
    struct tcb *self;

    play_thread(k, 1600, 255, false);
    play_make(k, seL4_CapTableObject, 10, CNODE);
    play_send(k, 1600, (struct message){.label = TCBSetPriority});
    self = cap_object(play_slot(k, 1600)->cap);
    k->current->context.x[0] = 0;
    sk_host_syscall(k, seL4_SysYield); /* to the other thread */
    assert_ptr_equal(k->current, self);
    raise(k);
    (void)play_call(k, ROOT_CNODE, on_slot(CNodeDelete, 1600));
    assert_ptr_not_equal(k->current, self);
    check(k);
}

#define WITH_KERNEL(test) cmocka_unit_test_setup_teardown(test, play_open, play_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KERNEL(revoking_stops_for_an_interrupt),
        WITH_KERNEL(revoking_goes_on_until_it_is_done),
        WITH_KERNEL(without_interrupts_it_is_done_at_once),
        WITH_KERNEL(a_large_cnode_is_deleted_in_parts),
        WITH_KERNEL(a_half_deleted_cnode_is_no_cnode_any_more),
        WITH_KERNEL(a_large_page_is_cleared_in_parts),
        WITH_KERNEL(what_was_cleared_is_not_trusted_after_others_had_it),
        WITH_KERNEL(a_thread_that_deletes_itself_does_not_come_back),
    };

    return cmocka_run_group_tests_name("kernel/preempt", tests, NULL, NULL);
}
