/*
 * What the benchmark of selkie/alloc measures: row n of rows.txt is done COUNT times between
 * the marks 2 * n and 2 * n + 1, after a warm-up.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/mark.h>
#include <selkie/base/assert.h>
#include <selkie/rt/print.h>

#include "bench.h"

#define COUNT   1000
#define WARM_UP 100

#define MEASURE(number, function)       \
    do {                                \
        function(WARM_UP);              \
        sk_arch_mark(2 * (number));     \
        function(COUNT);                \
        sk_arch_mark(2 * (number) + 1); \
    } while (0)

SK_ROOT_TASK(bi)
{
    slots_begin(6);
    MEASURE(0, slot_one);
    slots_begin(12);
    MEASURE(1, slot_one);
    slots_begin(17);
    MEASURE(2, slot_one);
    MEASURE(3, slot_row);

    sk_assert(manager_begin((seL4_BootInfo *)bi) == SK_OK);
    MEASURE(4, manager_page);
    MEASURE(5, manager_batch);
    MEASURE(6, manager_one_by_one);
    MEASURE(7, manager_endpoint);
    MEASURE(8, manager_map);
    MEASURE(9, manager_take_page);
    MEASURE(10, manager_take_pages);
    MEASURE(11, manager_scope);
    sk_puts("measured");
    return 0;
}
