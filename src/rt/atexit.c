/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/exit.h>

#include <stddef.h>

#include "start.h"

#define MAX_FUNCTIONS 32 /* what C promises */

static void (*functions[MAX_FUNCTIONS])(void);
static unsigned count;

int atexit(void (*function)(void))
{
    unsigned place = __atomic_load_n(&count, __ATOMIC_RELAXED);

    do {
        if (place == MAX_FUNCTIONS) {
            return -1;
        }
    } while (!__atomic_compare_exchange_n(&count, &place, place + 1, 0, __ATOMIC_RELAXED,
                                          __ATOMIC_RELAXED));
    functions[place] = function;
    return 0;
}

void sk_atexit_run(void)
{
    /* A function may register another, which runs next. */
    while (count != 0) {
        functions[--count]();
    }
}
