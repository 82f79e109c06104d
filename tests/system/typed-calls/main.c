/*
 * The typed calls, on a kernel: objects are made, a thread is started, suspended and resumed,
 * and what is wrong is an error that leaves the results alone.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/base/assert.h>
#include <selkie/cap/cnode.h>
#include <selkie/cap/frame.h>
#include <selkie/cap/tcb.h>
#include <selkie/cap/untyped.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "time.h"

enum { STACK_WORDS = 512, ENOUGH_BITS = 16, SOME_TURNS = 100 };

static volatile seL4_Word turns;
static _Alignas(16) seL4_Word stack[STACK_WORDS];

static void count_turns(void)
{
    for (;;) {
        turns = turns + 1;
        seL4_Yield();
    }
}

/* The smallest untyped memory that has room for all that is made here. */
static sk_untyped find_memory(const seL4_BootInfo *bi)
{
    seL4_Word found = 0;
    seL4_Word found_bits = seL4_WordBits;

    for (seL4_Word i = 0; i < bi->untyped.end - bi->untyped.start; i++) {
        const seL4_UntypedDesc *u = &bi->untypedList[i];
        if (!u->isDevice && u->sizeBits >= ENOUGH_BITS && u->sizeBits < found_bits) {
            found = bi->untyped.start + i;
            found_bits = u->sizeBits;
        }
    }
    sk_assert(found != 0);
    return (sk_untyped){found};
}

static seL4_CPtr make(sk_untyped memory, seL4_Word type, sk_slots *slots)
{
    sk_slots one;

    sk_assert(sk_slots_take(slots, 1, &one) == SK_OK);
    sk_assert(sk_untyped_retype(memory, type, 0, root_window(one.first)) == SK_OK);
    return sk_slot_cptr(one.first);
}

/* Give others the processor, and see whether the thread made use of it. */
static bool has_run(void)
{
    seL4_Word before = turns;

    for (int i = 0; i < SOME_TURNS; i++) {
        seL4_Yield();
    }
    return turns != before;
}

static void check_thread(sk_tcb thread, const seL4_BootInfo *bi, sk_untyped memory,
                         sk_slots slots)
{
    seL4_UserContext regs = {.pc = (seL4_Word)count_turns,
                             .sp = (seL4_Word)(stack + STACK_WORDS)};
    seL4_UserContext seen = {0};
    seL4_Word words = sizeof(regs) / sizeof(seL4_Word);

    sk_assert(time_give_the_other_way(thread) == SK_ERR_INVALID_ARGUMENT);
    sk_assert(
        sk_tcb_configure(thread, (struct sk_tcb_configure_args){
                                     .cspace_root = {seL4_CapInitThreadCNode},
                                     .vspace_root = {seL4_CapInitThreadVSpace}}) == SK_OK);
    sk_assert(time_give(thread, bi, memory, slots) == SK_OK);
    sk_assert(sk_tcb_write_registers(thread, false, 0, words, &regs) == SK_OK);
    sk_assert(sk_tcb_read_registers(thread, false, 0, 2, &seen) == SK_OK);
    sk_assert(seen.pc == regs.pc && seen.sp == regs.sp);

    sk_assert(!has_run());
    sk_assert(sk_tcb_resume(thread) == SK_OK);
    sk_assert(has_run());
    sk_assert(sk_tcb_suspend(thread) == SK_OK);
    sk_assert(!has_run());
    sk_puts("a thread ran, and was suspended");
}

static void check_results(sk_frame frame, sk_tcb thread)
{
    seL4_Word paddr = 1;

    sk_assert(sk_frame_get_address((sk_frame){seL4_CapNull}, &paddr) ==
              SK_ERR_INVALID_CAPABILITY);
    sk_assert(sk_frame_get_address((sk_frame){thread.cptr}, &paddr) ==
              SK_ERR_ILLEGAL_OPERATION);
    sk_assert(paddr == 1);
    sk_assert(sk_frame_get_address(frame, &paddr) == SK_OK);
    sk_assert(paddr != 1 && paddr % (1ul << seL4_PageBits) == 0);
    sk_puts("a result is written with SK_OK only");
}

static void check_slots(sk_frame frame, sk_slots slots)
{
    sk_slot from = sk_slot_at((sk_cnode){seL4_CapInitThreadCNode}, frame.cptr);
    sk_slot to = slots.first;
    seL4_Word paddr = 0;
    seL4_Word paddr_of_copy = 1;

    sk_assert(sk_slot_copy(to, from, seL4_AllRights) == SK_OK);
    sk_assert(sk_slot_copy(to, from, seL4_AllRights) == SK_ERR_DELETE_FIRST);
    sk_assert(sk_frame_get_address(frame, &paddr) == SK_OK);
    sk_assert(sk_frame_get_address((sk_frame){sk_slot_cptr(to)}, &paddr_of_copy) == SK_OK);
    sk_assert(paddr == paddr_of_copy);
    sk_assert(sk_slot_delete(to) == SK_OK);
    sk_assert(sk_slot_move(to, from) == SK_OK);
    sk_assert(sk_frame_get_address(frame, &paddr) == SK_ERR_INVALID_CAPABILITY);
    sk_assert(sk_slot_move(from, to) == SK_OK);
    sk_puts("a slot goes where it should");
}

SK_ROOT_TASK(bi)
{
    sk_untyped memory = find_memory(bi);
    sk_slots slots = {
        .first = sk_slot_at((sk_cnode){seL4_CapInitThreadCNode}, bi->empty.start),
        .count = bi->empty.end - bi->empty.start,
    };
    sk_frame frame = {make(memory, seL4_ARM_SmallPageObject, &slots)};
    sk_tcb thread = {make(memory, seL4_TCBObject, &slots)};

    check_results(frame, thread);
    check_slots(frame, slots);
    check_thread(thread, bi, memory, slots);
    return 0;
}
