/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample.h"

#include <stddef.h>
#include <string.h>

uint64_t sample_stack[SAMPLE_STACK / 8];

struct sample sample(void)
{
    struct sample s = {
        .header = {.magic = SK_MONITOR_MAGIC,
                   .version = SK_MONITOR_VERSION,
                   .size = sizeof(s),
                   .domains = offsetof(struct sample, domains),
                   .domain_count = 2},
        .domains = {{.name = "client",
                     .entry = FIRST,
                     .stack_bottom = STACK_BOTTOM,
                     .stack_top = STACK_TOP,
                     .stack_window = (uint64_t)(uintptr_t)sample_stack,
                     .symbols = offsetof(struct sample, symbols),
                     .symbol_count = SAMPLE_SYMBOLS,
                     .names = offsetof(struct sample, names),
                     .names_size = sizeof(s.names)},
                    {.name = "server", .stack_bottom = STACK_BOTTOM, .stack_top = STACK_TOP}},
        .symbols = {{FIRST, 0x100, 0},
                    {SECOND, SECOND_END - SECOND, 6},
                    {THIRD, 0, 13},
                    {CRASH, 0x20, 19}},
        .names = "first\0second\0third\0microkit_internal_crash",
    };

    memset(sample_stack, 0, sizeof(sample_stack));
    return s;
}

void sample_record(uint64_t address, uint64_t caller, uint64_t return_address)
{
    sample_stack[(address - STACK_BOTTOM) / 8] = caller;
    sample_stack[(address - STACK_BOTTOM) / 8 + 1] = return_address;
}
