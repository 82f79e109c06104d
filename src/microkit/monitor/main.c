/*
 * The monitor of a Microkit system: it is told of the faults of domains that have no parent,
 * says what happened and where, and restarts those that are to be restarted.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/rt/print.h>

#include "clock.h"
#include "monitor.h"

int main(void);

/* What the composer writes. */
extern const struct sk_monitor_memory sk_monitor_memory;
const struct sk_monitor_memory sk_monitor_memory = {0};

/* The compiler sees zeros above. */
static const struct sk_monitor_memory *memory(void)
{
    const struct sk_monitor_memory *written = &sk_monitor_memory;

    __asm__("" : "+r"(written));
    return written;
}

/* The kernel's message, while it is still in the registers. */
static bool read_fault(seL4_MessageInfo_t info, struct sk_fault *ret_fault)
{
    seL4_Word words[SK_FAULT_WORDS];

    for (unsigned i = 0; i < SK_FAULT_WORDS; i++) {
        words[i] = seL4_GetMR((int)i);
    }
    return sk_fault_decode(info, words, ret_fault) == SK_OK;
}

/* Let it run from its entry, on an empty stack. */
static void restart(const struct sk_monitor_domain *d, seL4_CPtr tcb)
{
    seL4_UserContext registers = {.pc = d->entry, .sp = d->stack_top};
    const seL4_Word both = offsetof(seL4_UserContext, spsr) / sizeof(seL4_Word);

    if (seL4_TCB_WriteRegisters(tcb, 1, 0, both, &registers) != seL4_NoError) {
        sk_printf("%s cannot be restarted: the kernel refuses it\n", d->name);
    }
}

static struct sk_monitor_state *states(void)
{
    return (struct sk_monitor_state *)(uintptr_t)memory()->state;
}

static void handle(const struct tables *t, uint32_t index, seL4_MessageInfo_t info)
{
    const struct sk_monitor_domain *d = &t->domains[index];
    const seL4_CPtr tcb = SK_MONITOR_SLOT_TCB + index;
    struct sk_fault fault;
    seL4_UserContext registers;
    bool is_fault = read_fault(info, &fault);
    bool is_known = seL4_TCB_ReadRegisters(tcb, 0, 0, sizeof(registers) / sizeof(seL4_Word),
                                           &registers) == seL4_NoError;

    sk_monitor_report(t, d, is_fault ? &fault : NULL, is_known ? &registers : NULL);
    if (sk_monitor_decide(d, &states()[index], sk_monitor_now_us()) == SK_MONITOR_NOW) {
        restart(d, tcb);
    } else {
        (void)seL4_TCB_Suspend(tcb); /* the reply object is then free for the next */
    }
}

/* Start those whose pause is over. Returns whether there are others. */
static bool restart_due(const struct tables *t)
{
    uint64_t now = sk_monitor_now_us();
    bool is_pausing = false;

    for (uint32_t i = 0; i < t->domain_count; i++) {
        if (sk_monitor_is_due(&states()[i], now)) {
            restart(&t->domains[i], SK_MONITOR_SLOT_TCB + i);
        }
        is_pausing = is_pausing || states()[i].is_pausing != 0;
    }
    return is_pausing;
}

/*
 * The next message. To let time pass the monitor needs no timer: it has a small budget in each
 * period, and what it gives up of that by Yield comes back with the next.
 */
static seL4_MessageInfo_t receive(const struct tables *t, seL4_Word *ret_badge)
{
    while (restart_due(t)) {
        seL4_MessageInfo_t info =
            seL4_NBRecv(SK_MONITOR_SLOT_INPUT, ret_badge, SK_MONITOR_SLOT_REPLY);

        if (*ret_badge != 0) {
            return info;
        }
        seL4_Yield();
    }
    return seL4_Recv(SK_MONITOR_SLOT_INPUT, ret_badge, SK_MONITOR_SLOT_REPLY);
}

int main(void)
{
    struct tables tables;
    const char *wrong =
        sk_monitor_tables_check((const void *)(uintptr_t)memory()->tables,
                                memory()->tables_size, memory()->state_size, &tables);

    if (wrong != NULL) {
        sk_printf("monitor: %s\n", wrong);
        return 1;
    }
    for (;;) {
        seL4_Word badge;
        seL4_MessageInfo_t info = receive(&tables, &badge);

        if (badge == 0 || badge > tables.domain_count) {
            sk_printf("monitor: a message with the badge 0x%lx, which no domain has\n", badge);
        } else if (seL4_MessageInfo_get_label(info) != seL4_Fault_NullFault) {
            handle(&tables, (uint32_t)badge - 1, info);
        }
    }
}
