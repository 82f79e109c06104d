/*
 * The monitor's parts: tables that the composer wrote, which are checked once and then
 * believed; what is said of a fault; and what is done about it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <sel4/sel4.h>
#include <selkie/cap/fault.h>
#include <selkie/microkit/abi.h>

struct tables {
    const char *start;
    const struct sk_monitor_domain *domains;
    uint32_t domain_count;
};

/*
 * Look at everything in size bytes of tables, and at whether the state has room. NULL: all is
 * well, and *ret_tables can be used without further checks. Otherwise what is wrong.
 */
const char *sk_monitor_tables_check(const void *start, uint64_t size, uint64_t state_size,
                                    struct tables *ret_tables);

/* A place in a domain's program. */
struct place {
    const char *function; /* NULL: none is known */
    uint64_t offset;      /* from its start */
};

struct place sk_monitor_place(const struct tables *t, const struct sk_monitor_domain *d,
                              uint64_t address);

/*
 * Print what happened to d, and where; registers may be NULL. fault may be NULL: what came is
 * not a fault.
 */
void sk_monitor_report(const struct tables *t, const struct sk_monitor_domain *d,
                       const struct sk_fault *fault, const seL4_UserContext *registers);

/* Print the calls that led to where registers are, as far as the stack can be seen. */
void sk_monitor_backtrace(const struct tables *t, const struct sk_monitor_domain *d,
                          const seL4_UserContext *registers);

/* Print the other registers. */
void sk_monitor_registers(const seL4_UserContext *registers);

enum sk_monitor_decision { SK_MONITOR_STOPPED, SK_MONITOR_NOW, SK_MONITOR_LATER };

/*
 * Whether d is to be restarted, now that it has failed at now_us; state is what is remembered
 * of it. It is said either way.
 */
enum sk_monitor_decision sk_monitor_decide(const struct sk_monitor_domain *d,
                                           struct sk_monitor_state *state, uint64_t now_us);

/* Is a domain now to be started that was to be LATER? True once. */
bool sk_monitor_is_due(struct sk_monitor_state *state, uint64_t now_us);
