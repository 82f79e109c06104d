/* SPDX-License-Identifier: BSD-2-Clause */
#include "coverage.h"

#include <sel4/sel4.h>
#include <selkie/gen/invocations.h>
#include <selkie/rt/print.h>

#define NAME(label, object, words, caps) [label] = #label,
static const char *const names[] = {[0] = "InvalidInvocation", SK_INVOCATIONS(NAME)};

#define LABELS  (sizeof(names) / sizeof(names[0]))
#define RESULTS (seL4_NotEnoughMemory + 1)

static unsigned long made[LABELS];
static unsigned long results[LABELS][RESULTS];

/* LABELS for none. One for all threads: a check comes right after its invocation. */
static seL4_Word last = LABELS;

void coverage_started(seL4_Word label)
{
    if (label < LABELS) {
        made[label]++;
    }
}

void coverage_ended(seL4_Word label)
{
    last = label;
}

void coverage_checked(seL4_Error result)
{
    if (last < LABELS && (seL4_Word)result < RESULTS) {
        results[last][result]++;
    }
    last = LABELS;
}

void coverage_print(void)
{
    for (unsigned i = 0; i < LABELS; i++) {
        sk_printf("cover %s %lu", names[i], made[i]);
        for (unsigned j = 0; j < RESULTS; j++) {
            sk_printf(" %lu", results[i][j]);
        }
        sk_printf("\n");
    }
}
