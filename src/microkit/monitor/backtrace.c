/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor.h"

#include <stddef.h>

#include <selkie/arch/rt/backtrace.h>
#include <selkie/rt/print.h>

enum { MAX_CALLS = 64 };

/* Calls from one place, one in another, are one line. */
struct calls {
    const struct tables *tables;
    const struct sk_monitor_domain *domain;
    uint64_t address;
    unsigned count;
};

static void print_calls(const struct calls *c)
{
    struct place place = sk_monitor_place(c->tables, c->domain, c->address);

    if (c->count == 0) {
        return;
    }
    sk_printf("    0x%lx", c->address);
    if (place.function != NULL) {
        sk_printf(" %s+0x%lx", place.function, place.offset);
    }
    if (c->count > 1) {
        sk_printf(", %u times", c->count);
    }
    sk_puts("");
}

static void add_call(struct calls *c, uint64_t return_address)
{
    uint64_t address = sk_arch_call_before(return_address);

    if (address != c->address) {
        print_calls(c);
        c->count = 0;
    }
    c->address = address;
    c->count++;
}

/* The record at an address of the stack; NULL if it cannot be seen, or is not above last. */
static const struct sk_arch_frame_record *record_at(const struct sk_monitor_domain *d,
                                                    uint64_t address, uint64_t last)
{
    if (d->stack_window == 0 || address <= last || address < d->stack_bottom ||
        address >= d->stack_top ||
        d->stack_top - address < sizeof(struct sk_arch_frame_record) ||
        address % SK_ARCH_FRAME_RECORD_ALIGN != 0) {
        return NULL;
    }
    return (const void *)(uintptr_t)(d->stack_window + (address - d->stack_bottom));
}

/*
 * The link register leads to the caller of a function that calls none, or has just begun.
 * Otherwise it is of a call that is over, made here, or the same as in the first record.
 */
static bool is_caller(const struct calls *c, uint64_t pc, uint64_t link,
                      const struct sk_arch_frame_record *first)
{
    struct place here = sk_monitor_place(c->tables, c->domain, pc);
    struct place there = sk_monitor_place(c->tables, c->domain, sk_arch_call_before(link));

    return link != 0 && (first == NULL || first->return_address != link) &&
           (here.function == NULL || here.function != there.function);
}

void sk_monitor_backtrace(const struct tables *t, const struct sk_monitor_domain *d,
                          const seL4_UserContext *registers)
{
    struct sk_arch_backtrace start = sk_arch_backtrace_of(registers);
    const struct sk_arch_frame_record *record = record_at(d, start.record, 0);
    uint64_t address = start.record;
    struct calls calls = {.tables = t, .domain = d};

    sk_puts("  called from");
    if (is_caller(&calls, start.pc, start.link, record)) {
        add_call(&calls, start.link);
    }
    for (unsigned i = 0; i < MAX_CALLS && record != NULL && record->return_address != 0; i++) {
        uint64_t last = address;

        add_call(&calls, record->return_address);
        address = record->caller;
        record = record_at(d, address, last);
    }
    print_calls(&calls);
}
