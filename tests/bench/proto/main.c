/*
 * What the benchmark of selkie/proto measures: row n of rows.txt is done COUNT times between
 * the marks 2 * n and 2 * n + 1, after a warm-up.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/mark.h>
#include <selkie/base/assert.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "bench.h"

#define COUNT   1000
#define WARM_UP 128

#define MEASURE(number, function)       \
    do {                                \
        function(WARM_UP);              \
        sk_arch_mark(2 * (number));     \
        function(COUNT);                \
        sk_arch_mark(2 * (number) + 1); \
    } while (0)

sk_err make_notification(struct sk_source *source, sk_notification *ret_notification)
{
    sk_slots slots;

    SK_TRY(source->take_slots(source, 1, &slots));
    SK_TRY(source->make_object(source, SK_BLUEPRINT(Notification), slots.first));
    ret_notification->cptr = sk_slot_cptr(slots.first);
    return SK_OK;
}

sk_err mint(struct sk_source *source, seL4_CPtr from, seL4_Word badge, seL4_CPtr *ret_cptr)
{
    sk_slots slots;

    SK_TRY(source->take_slots(source, 1, &slots));
    *ret_cptr = sk_slot_cptr(slots.first);
    return (sk_err)seL4_CNode_Mint(slots.first.root.cptr, slots.first.index, slots.first.depth,
                                   seL4_CapInitThreadCNode, from, seL4_WordBits, seL4_AllRights,
                                   badge);
}

SK_ROOT_TASK(bi)
{
    (void)bi;
    sk_assert(rings_begin(sk_boot_source()) == SK_OK);
    MEASURE(0, ring_pair);
    MEASURE(1, raw_pair);
    MEASURE(2, ring_batch);
    MEASURE(3, multi_pair);
    MEASURE(4, woken_one);
    MEASURE(5, woken_batch);

    sk_assert(loop_begin(sk_boot_source()) == SK_OK);
    MEASURE(6, raw_signal_wait);
    MEASURE(7, loop_turn);
    MEASURE(8, raw_fewest);
    MEASURE(9, loop_defer);
    MEASURE(10, coroutine_await);
    MEASURE(11, raw_call);
    MEASURE(12, loop_call);
    sk_puts("measured");
    return 0;
}
