/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>

#include <selkie/rt/print.h>

#include "probe.h"

/* What DebugCapIdentify() returns. */
enum {
    TYPE_FRAME = 1,
    TYPE_UNTYPED = 2,
    TYPE_PAGE_TABLE = 3,
    TYPE_ENDPOINT = 4,
    TYPE_NOTIFICATION = 6,
    TYPE_REPLY = 8,
    TYPE_VSPACE = 9,
    TYPE_CNODE = 10,
    TYPE_TCB = 12,
    TYPE_IRQ_HANDLER = 16,
    TYPE_SCHED_CONTEXT = 22,
};

uint32_t probe_each(struct probe *p, unsigned type,
                    bool visit(struct probe *p, uint32_t object))
{
    const struct sk_spec_group *g = sk_spec_at(p->in->spec, SK_SPEC_GROUPS);

    for (uint32_t n = 0; n < p->in->spec->section[SK_SPEC_GROUPS].count; n++) {
        for (uint32_t k = 0; g[n].type == type && g[n].cnode == SK_SPEC_NONE && k < g[n].count;
             k++) {
            if (visit(p, g[n].first + k)) {
                return g[n].first + k;
            }
        }
    }
    return SK_SPEC_NONE;
}

seL4_Error probe_mint(const struct probe *p, unsigned slot, seL4_CPtr from, seL4_Word badge)
{
    if (badge == 0) {
        return seL4_CNode_Copy(seL4_CapInitThreadCNode, probe_slot(p, slot), seL4_WordBits,
                               seL4_CapInitThreadCNode, from, seL4_WordBits, seL4_AllRights);
    }
    return seL4_CNode_Mint(seL4_CapInitThreadCNode, probe_slot(p, slot), seL4_WordBits,
                           seL4_CapInitThreadCNode, from, seL4_WordBits, seL4_AllRights, badge);
}

void probe_delete(const struct probe *p, unsigned slot)
{
    (void)seL4_CNode_Delete(seL4_CapInitThreadCNode, probe_slot(p, slot), seL4_WordBits);
}

void probe_print(const struct probe *p, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    sk_printf("0x%lx: ", p->slot);
    sk_vprintf(format, args);
    sk_puts("");
    va_end(args);
}

void probe_begin(const char *kind, uint32_t number)
{
    sk_printf("%s_%u {\n", kind, number);
}

void probe_end(void)
{
    sk_puts("}");
}

/* What has no object of the initialiser's is known by where it is only. */
static void print_other(struct probe *p, uint32_t type)
{
    const char *name = type == TYPE_UNTYPED ? "ut" : type == TYPE_REPLY ? "rtreply" : "another";

    probe_print(p, "%s_at_%u_%lx (type %u)", name, p->cnode, p->slot, type);
}

static void probe_tried(struct probe *p, uint32_t type)
{
    static void (*const probes[])(struct probe * p) = {
        [TYPE_FRAME] = probe_frame,
        [TYPE_ENDPOINT] = probe_endpoint,
        [TYPE_NOTIFICATION] = probe_notification,
        [TYPE_VSPACE] = probe_vspace,
        [TYPE_CNODE] = probe_cnode,
        [TYPE_TCB] = probe_tcb,
        [TYPE_SCHED_CONTEXT] = probe_context,
        [TYPE_IRQ_HANDLER] = probe_interrupt,
    };

    if (type < sizeof(probes) / sizeof(probes[0]) && probes[type] != NULL) {
        probes[type](p);
    } else {
        print_other(p, type);
    }
}

/* Moved, not copied: some capabilities have no copies, and so nothing is left to delete. */
static bool scan_cnode(struct probe *p, uint32_t cnode)
{
    uint8_t bits = sk_spec_group_of(p->in->spec, cnode)->size_bits;
    seL4_CPtr tried = probe_slot(p, SLOT_TRIED), from = probe_object(p, cnode);

    p->cnode = cnode;
    probe_begin("cnode", cnode);
    for (seL4_Word slot = 0; slot < 1ul << bits; slot++) {
        if (probe_is_empty(p, from, slot, bits)) {
            continue;
        }
        p->slot = slot;
        if (seL4_CNode_Move(seL4_CapInitThreadCNode, tried, seL4_WordBits, from, slot, bits) !=
            seL4_NoError) {
            probe_print(p, "another (not moved)");
            continue;
        }
        probe_tried(p, (uint32_t)seL4_DebugCapIdentify(tried));
        if (seL4_CNode_Move(from, slot, bits, seL4_CapInitThreadCNode, tried, seL4_WordBits) !=
            seL4_NoError) {
            probe_print(p, "another (lost)");
        }
    }
    probe_end();
    return false;
}

static void print_threads(const struct probe *p)
{
    for (uint32_t n = 0; n < p->thread_count; n++) {
        const struct thread *t = &p->threads[n];

        sk_printf("tcb_%u {\ncspace: cnode_%u (guard: 0x0, guard_size: %lu)\nvspace: pgd_%u\n",
                  probe_number(p, t->tcb), probe_number(p, t->cspace), t->guard_bits,
                  probe_number(p, t->vspace));
        if (t->context != 0) {
            sk_printf("sc_slot: sc_%u\n", probe_number(p, t->context));
        }
        if (t->fault_endpoint != SK_SPEC_NONE) {
            sk_printf("fault_ep_slot: ep_%u (badge: %lu)\n", t->fault_endpoint, t->fault_badge);
        }
        if (t->notification != 0) {
            sk_printf("bound_notification: notification_%u\n",
                      probe_number(p, t->notification));
        }
        sk_puts("}");
    }
}

static void print_timer(const struct probe *p)
{
    if (p->timer_notification != SK_SPEC_NONE) {
        probe_begin("irq", TIMER_IRQ);
        sk_printf("0x0: notification_%u (W, badge: %lu)\n", p->timer_notification,
                  p->timer_badge);
        probe_end();
    }
}

static const char *name_of(const struct sk_spec *spec, uint32_t tcb)
{
    const struct sk_spec_thread *t = sk_spec_at(spec, SK_SPEC_THREADS);

    while (t->tcb != tcb) {
        t++;
    }
    return t->name == SK_SPEC_NONE ? "?"
                                   : (const char *)sk_spec_at(spec, SK_SPEC_NAMES) + t->name;
}

/* Objects with a number: what they are. */
static void print_objects(const struct probe *p)
{
    static const char *const kinds[SK_SPEC_TYPE_COUNT] = {
        "ut", "tcb", "ep", "notification", "cnode", "sc", "rtreply", "frame", "pt", "pgd"};
    const struct sk_spec_group *g = sk_spec_at(p->in->spec, SK_SPEC_GROUPS);

    for (uint32_t n = 0; n < p->in->spec->section[SK_SPEC_GROUPS].count; n++) {
        for (uint32_t k = 0; g[n].cnode == SK_SPEC_NONE && k < g[n].count; k++) {
            const char *kind = kinds[g[n].type];

            if (g[n].type == SK_SPEC_FRAME || g[n].type == SK_SPEC_PAGE_TABLE) {
                continue;
            }
            sk_printf("%s_%u = %s", kind, g[n].first + k, kind);
            if (g[n].type == SK_SPEC_TCB) {
                sk_printf(" -- %s", name_of(p->in->spec, g[n].first + k));
            } else if (g[n].type == SK_SPEC_CNODE) {
                sk_printf(" (%u bits)", g[n].size_bits);
            }
            sk_puts("");
        }
    }
}

/* Nobody but the thread that it is bound to may wait at a notification. */
static void bind_notifications(const struct probe *p, bool is_bound)
{
    for (uint32_t n = 0; n < p->thread_count; n++) {
        const struct thread *t = &p->threads[n];

        if (t->notification != 0 && is_bound) {
            (void)seL4_TCB_BindNotification(t->tcb, t->notification);
        } else if (t->notification != 0) {
            (void)seL4_TCB_UnbindNotification(t->tcb);
        }
    }
}

void probe_all(struct probe *p)
{
    /* Below the helper, which thus runs whenever it can; nobody else has started. */
    (void)seL4_TCB_SetPriority(seL4_CapInitThreadTCB, seL4_CapInitThreadTCB, seL4_MaxPrio - 1);
    probe_find_free(p);
    probe_faults(p);
    probe_mark_tcbs(p, true);
    bind_notifications(p, false);
    p->timer_notification = SK_SPEC_NONE;
    sk_puts("-- audit: probes\ncaps {");
    probe_each(p, SK_SPEC_CNODE, scan_cnode);
    print_threads(p);
    print_timer(p);
    probe_spaces(p);
    sk_puts("}\nobjects {");
    print_objects(p);
    sk_puts("}\nirq maps {\n}");
    bind_notifications(p, true);
    probe_mark_tcbs(p, false);
    (void)seL4_TCB_SetPriority(seL4_CapInitThreadTCB, seL4_CapInitThreadTCB, seL4_MaxPrio);
}
