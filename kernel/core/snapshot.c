/*
 * seL4_DebugSnapshot(): the whole state as capDL text. Objects are named after what they are
 * and their physical address. All capabilities are in the derivation list, so nothing is left
 * out, whether anybody can reach it or not.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/kernel/paging.h>

#include "core/budget.h"
#include "core/debug.h"
#include "core/derive.h"
#include "core/vspace.h"

static void print_number(struct kernel *k, const char *what, uint64_t value)
{
    sk_kdebug_print(k, what);
    sk_kdebug_decimal(k, value);
}

static void print_address(struct kernel *k, const char *what, uint64_t value)
{
    sk_kdebug_print(k, what);
    sk_kdebug_hex(k, value);
}

static void print_name(struct kernel *k, kcap c)
{
    static const char *const names[CAP_TYPE_COUNT] = {
        [CAP_FRAME] = "frame_",
        [CAP_UNTYPED] = "ut_",
        [CAP_PAGE_TABLE] = "pt_",
        [CAP_ENDPOINT] = "ep_",
        [CAP_NOTIFICATION] = "notification_",
        [CAP_REPLY] = "rtreply_",
        [CAP_VSPACE] = "pgd_",
        [CAP_CNODE] = "cnode_",
        [CAP_ASID_CONTROL] = "asid_control",
        [CAP_TCB] = "tcb_",
        [CAP_ASID_POOL] = "asid_pool_",
        [CAP_IRQ_CONTROL] = "irq_control",
        [CAP_IRQ_HANDLER] = "irq_",
        [CAP_ZOMBIE] = "zombie_",
        [CAP_DOMAIN] = "domain",
        [CAP_SCHED_CONTEXT] = "sc_",
        [CAP_SCHED_CONTROL] = "sched_control",
        [CAP_SGI_SIGNAL] = "sgi_",
    };

    sk_kdebug_print(k, names[cap_type(c)]);
    switch (cap_type(c)) {
    case CAP_ASID_CONTROL:
    case CAP_IRQ_CONTROL:
    case CAP_DOMAIN:
    case CAP_SCHED_CONTROL:
        break;
    case CAP_UNTYPED: /* others may begin at the same address */
        sk_kdebug_hex(k, cap_addr(c));
        print_number(k, "_", cap_untyped_size_bits(c));
        break;
    case CAP_FRAME:
        sk_kdebug_hex(k, cap_addr(c));
        break;
    case CAP_IRQ_HANDLER:
        sk_kdebug_decimal(k, cap_irq(c));
        break;
    case CAP_SGI_SIGNAL:
        print_number(k, "", cap_sgi_irq(c));
        print_number(k, "_", cap_sgi_target(c));
        break;
    default:
        sk_kdebug_hex(k, sk_arch_paddr(&k->machine, cap_object(c)));
        break;
    }
}

/* What kind of table it is depends on where it is mapped. */
static const char *table_kind(struct kernel *k, kcap c)
{
    static const char *const kinds[] = {"pud", "pd", "pt"};
    struct page_table *root = cap_is_mapped(c) ? sk_kvspace_by_asid(k, cap_map_asid(c)) : 0;

    for (unsigned level = 0; root != 0 && level < SK_ARCH_PT_LEAF_LEVEL; level++) {
        struct pt_walk w = sk_kvspace_walk(k, root, cap_map_vaddr(c), level);

        if (w.level == level && sk_arch_pte_is_table(*w.entry, level) &&
            sk_arch_pte_paddr(*w.entry) == sk_arch_paddr(&k->machine, cap_object(c))) {
            return kinds[level];
        }
    }
    return "pt";
}

static void print_tcb(struct kernel *k, const struct tcb *t)
{
    print_address(k, "tcb (addr: ", t->buffer_vaddr);
    print_address(k, ", ip: ", t->context.restart_pc);
    print_address(k, ", sp: ", t->context.sp);
    print_number(k, ", prio: ", t->priority);
    print_number(k, ", max_prio: ", t->max_priority);
    print_number(k, ", dom: ", t->domain);
    sk_kdebug_print(k, ") -- ");
    sk_kdebug_print(k, t->name);
}

static void print_context(struct kernel *k, const struct sched_context *sc, uint64_t bits)
{
    print_number(k, "sc (period: ", budget_us(sc->period));
    print_number(k, " us, budget: ", budget_us(sc->budget));
    print_number(k, " us, data: ", sc->badge);
    print_number(k, ", ", bits);
    sk_kdebug_print(k, " bits)");
}

/* What the object is: the right side of its line. */
static void print_kind(struct kernel *k, kcap c)
{
    static const char *const sizes[] = {
        "frame (4k, paddr: ", "frame (2M, paddr: ", "frame (1G, paddr: "};

    switch (cap_type(c)) {
    case CAP_FRAME:
        print_address(k, sizes[cap_frame_size_class(c)], cap_addr(c));
        sk_kdebug_print(k, ")");
        break;
    case CAP_UNTYPED:
        print_number(k, "ut (", cap_untyped_size_bits(c));
        print_address(k, " bits, paddr: ", cap_addr(c));
        sk_kdebug_print(k, ")");
        break;
    case CAP_CNODE:
        print_number(k, "cnode (", cap_cnode_radix(c));
        sk_kdebug_print(k, " bits)");
        break;
    case CAP_TCB:
        print_tcb(k, cap_object(c));
        break;
    case CAP_SCHED_CONTEXT:
        print_context(k, cap_object(c), cap_size_bits(c));
        break;
    case CAP_ASID_POOL:
        print_address(
            k, "asid_pool (asid_high: ", cap_asid_pool_base(c) >> seL4_ASIDPoolIndexBits);
        sk_kdebug_print(k, ")");
        break;
    case CAP_SGI_SIGNAL:
        print_number(k, "arm_sgi_signal (irq: ", cap_sgi_irq(c));
        print_number(k, ", target: ", cap_sgi_target(c));
        sk_kdebug_print(k, ")");
        break;
    case CAP_PAGE_TABLE:
        sk_kdebug_print(k, table_kind(k, c));
        break;
    default:
        sk_kdebug_print(k, cap_type(c) == CAP_ENDPOINT       ? "ep"
                           : cap_type(c) == CAP_NOTIFICATION ? "notification"
                           : cap_type(c) == CAP_REPLY        ? "rtreply"
                           : cap_type(c) == CAP_VSPACE       ? "pgd"
                                                             : "irq");
        break;
    }
}

static bool is_object(kcap c)
{
    switch (cap_type(c)) {
    case CAP_ASID_CONTROL:
    case CAP_IRQ_CONTROL:
    case CAP_DOMAIN:
    case CAP_SCHED_CONTROL:
    case CAP_ZOMBIE:
        return false;
    default:
        return true;
    }
}

/* An untyped and the first one that was made from it differ in their size only. */
static bool is_first_of_object(const struct slot *s)
{
    kcap prev = derive_prev(s)->cap;

    return is_object(s->cap) &&
           (!cap_same_object(prev, s->cap) ||
            (cap_type(prev) == CAP_UNTYPED &&
             cap_untyped_size_bits(prev) != cap_untyped_size_bits(s->cap)));
}

static void print_rights(struct kernel *k, uint64_t rights)
{
    sk_kdebug_print(k, (rights & RIGHT_READ) != 0 ? "R" : "");
    sk_kdebug_print(k, (rights & RIGHT_WRITE) != 0 ? "W" : "");
    sk_kdebug_print(k, (rights & RIGHT_GRANT) != 0 ? "G" : "");
    sk_kdebug_print(k, (rights & RIGHT_GRANT_REPLY) != 0 ? "P" : "");
}

/* A capability as it stands in a slot. */
static void print_cap(struct kernel *k, kcap c)
{
    print_name(k, c);
    switch (cap_type(c)) {
    case CAP_ENDPOINT:
    case CAP_NOTIFICATION:
        sk_kdebug_print(k, " (");
        print_rights(k, cap_rights(c));
        print_number(k, ", badge: ", cap_badge(c));
        sk_kdebug_print(k, ")");
        break;
    case CAP_FRAME:
    case CAP_REPLY:
        sk_kdebug_print(k, " (");
        print_rights(k, cap_rights(c));
        sk_kdebug_print(k, ")");
        break;
    case CAP_CNODE:
        print_address(k, " (guard: ", cap_badge(c));
        print_number(k, ", guard_size: ", cap_cnode_guard_bits(c));
        sk_kdebug_print(k, ")");
        break;
    case CAP_VSPACE:
        if (cap_is_mapped(c)) {
            print_number(k, " (asid: (", cap_map_asid(c) >> seL4_ASIDPoolIndexBits);
            print_number(k, ", ", cap_map_asid(c) & (KERNEL_ASIDS_PER_POOL - 1));
            sk_kdebug_print(k, "))");
        }
        break;
    default:
        break;
    }
    sk_kdebug_print(k, "\n");
}

static void print_slots(struct kernel *k, const struct slot *slots, uint64_t count)
{
    for (uint64_t n = 0; n < count; n++) {
        if (!cap_is_null(slots[n].cap)) {
            sk_kdebug_hex(k, n);
            sk_kdebug_print(k, ": ");
            print_cap(k, slots[n].cap);
        }
    }
}

static void print_thread_slots(struct kernel *k, const struct tcb *t)
{
    static const char *const names[TCB_SLOT_COUNT] = {
        [TCB_CSPACE] = "cspace: ",
        [TCB_VSPACE] = "vspace: ",
        [TCB_BUFFER] = "ipc_buffer_slot: ",
        [TCB_FAULT] = "fault_ep_slot: ",
        [TCB_TIMEOUT] = "temp_fault_ep_slot: ",
    };

    for (unsigned n = 0; n < TCB_SLOT_COUNT; n++) {
        if (!cap_is_null(t->slots[n].cap)) {
            sk_kdebug_print(k, names[n]);
            print_cap(k, t->slots[n].cap);
        }
    }
    if (t->sched_context != 0) {
        print_address(k, "sc_slot: sc_", sk_arch_paddr(&k->machine, t->sched_context));
        sk_kdebug_print(k, "\n");
    }
    if (t->bound_notification != 0) {
        print_address(k, "bound_notification: notification_",
                      sk_arch_paddr(&k->machine, t->bound_notification));
        sk_kdebug_print(k, "\n");
    }
}

/* The entries of a table at a level: further tables, and frames with how they are mapped. */
static void print_entries(struct kernel *k, const struct page_table *t, unsigned level)
{
    for (unsigned n = 0; n < SK_ARCH_PT_ENTRIES; n++) {
        uint64_t pte = t->entries[n];

        if (!sk_arch_pte_is_valid(pte)) {
            continue;
        }
        sk_kdebug_hex(k, n);
        if (sk_arch_pte_is_table(pte, level)) {
            print_address(k, ": pt_", sk_arch_pte_paddr(pte));
            sk_kdebug_print(k, "\n");
            continue;
        }
        print_address(k, ": frame_", sk_arch_pte_paddr(pte));
        sk_kdebug_print(k, " (");
        sk_kdebug_print(k, sk_arch_pte_may_read(pte) ? "R" : "");
        sk_kdebug_print(k, sk_arch_pte_may_write(pte) ? "W" : "");
        sk_kdebug_print(k, sk_arch_pte_may_execute(pte) ? "X" : "");
        sk_kdebug_print(k, sk_arch_pte_is_cached(pte) ? ", cached)\n" : ", uncached)\n");
    }
}

static void print_contents(struct kernel *k, kcap c)
{
    const char *kind;

    switch (cap_type(c)) {
    case CAP_CNODE:
        print_slots(k, cap_cnode_slots(c), 1ull << cap_cnode_radix(c));
        break;
    case CAP_TCB:
        print_thread_slots(k, cap_object(c));
        break;
    case CAP_IRQ_HANDLER:
        print_slots(k, &k->irq_slots[cap_irq(c)], 1);
        break;
    case CAP_VSPACE:
        print_entries(k, cap_object(c), 0);
        break;
    default: /* a table: only a last one's entries look the same at every level */
        kind = table_kind(k, c);
        print_entries(k, cap_object(c), kind[1] == 't' ? 3 : kind[1] == 'd' ? 2 : 1);
        break;
    }
}

static bool has_contents(kcap c)
{
    return cap_type(c) == CAP_CNODE || cap_type(c) == CAP_TCB || cap_type(c) == CAP_VSPACE ||
           cap_type(c) == CAP_PAGE_TABLE || cap_type(c) == CAP_IRQ_HANDLER;
}

void sk_ksyscall_DebugSnapshot(struct kernel *k)
{
    const struct slot *first = derive_next(&k->derivations);

    sk_kdebug_print(k,
                    "-- Selkie development kernel: DebugSnapshot\narch aarch64\nobjects {\n");
    for (const struct slot *s = first; s != 0; s = derive_next(s)) {
        if (is_first_of_object(s)) {
            print_name(k, s->cap);
            sk_kdebug_print(k, " = ");
            print_kind(k, s->cap);
            sk_kdebug_print(k, "\n");
        }
    }
    sk_kdebug_print(k, "}\ncaps {\n");
    for (const struct slot *s = first; s != 0; s = derive_next(s)) {
        if (has_contents(s->cap) && is_first_of_object(s)) {
            print_name(k, s->cap);
            sk_kdebug_print(k, " {\n");
            print_contents(k, s->cap);
            sk_kdebug_print(k, "}\n");
        }
    }
    sk_kdebug_print(k, "}\nirq maps {\n");
    for (unsigned n = 0; n < KERNEL_IRQ_COUNT; n++) {
        if (k->irq_states[n] == IRQ_HANDLED) {
            print_number(k, "", n);
            print_number(k, ": irq_", n);
            sk_kdebug_print(k, "\n");
        }
    }
    sk_kdebug_print(k, "}\n");
}
