/*
 * What the benchmark of selkie/sync measures: row n of rows.txt is done COUNT times between the
 * marks 2 * n and 2 * n + 1, after a warm-up.
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
    (void)bi;
    free_begin();
    MEASURE(0, free_mutex);
    MEASURE(1, free_recursive);
    MEASURE(2, free_nested);
    MEASURE(3, free_semaphore);
    MEASURE(4, free_read);
    MEASURE(5, free_write);
    MEASURE(6, free_once);
    MEASURE(7, free_condition);

    sk_assert(pairs_begin(sk_boot_source()) == SK_OK);
    MEASURE(8, pair_mutex);
    MEASURE(9, pair_semaphore);
    MEASURE(10, pair_condition);
    MEASURE(11, pair_barrier);
    sk_puts("measured");
    return 0;
}
