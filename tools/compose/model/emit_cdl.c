/* SPDX-License-Identifier: BSD-2-Clause */
#include "emit.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "../../base/table.h"

enum { TABLE_BITS = 9, PAGE_BITS = 12, LEAF_LEVEL = 3 };

/* Names of page tables by level; the VSpace is level 0. */
static const char *const table_type[] = {"pgd", "pud", "pd", "pt"};

/*
 * Words of the language that stand where a name could: capDL-tool reserves the first two, and
 * reads the others as what they are wherever it can.
 */
static const char *const word[] = {
    "objects",
    "caps",
    "irq",
    "maps",
    "cdt",
    "arch",
    "domains",
    "cspace",
    "vspace",
    "reply_slot",
    "sc_slot",
    "caller_slot",
    "ipc_buffer_slot",
    "fault_ep_slot",
    "temp_fault_ep_slot",
    "bound_notification",
    "schedule",
    "domain_set_start",
    "index_shift",
};

/*
 * Identifiers begin with a letter. capDL has dots and dashes in them, but other languages, to
 * which its tools translate them, have not.
 */
static char *identifier(struct arena *arena, const char *name)
{
    char *copy = arena_printf(arena, "%s%s", isalpha((unsigned char)*name) ? "" : "o_", name);

    for (char *c = copy; *c != '\0'; c++) {
        *c = isalnum((unsigned char)*c) ? *c : '_';
    }
    return copy;
}

/* The objects with names that are identifiers, each another one and none a word. */
static struct sk_model_object *named(struct arena *arena, const struct sk_model *model)
{
    struct sk_model_object *object =
        arena_take(arena, model->object_count * sizeof(*object) + 1);
    struct table names = {.arena = arena};

    for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++) {
        table_add(&names, word[i], (void *)&word[i]);
    }
    for (uint32_t i = 0; i < model->object_count; i++) {
        object[i] = model->object[i];
        object[i].name = identifier(arena, object[i].name);
        while (table_add(&names, object[i].name, &object[i]) != NULL) {
            object[i].name = arena_printf(arena, "%s_%" PRIu32, object[i].name, i);
        }
    }
    return object;
}

/* Bits of an address below those that index a table of that level. */
static unsigned shift_of(unsigned level)
{
    return PAGE_BITS + TABLE_BITS * (LEAF_LEVEL - level);
}

/* The level of page tables is said where they are mapped. */
static unsigned level_of(const struct sk_model *model, uint32_t object)
{
    for (uint32_t i = 0; i < model->mapping_count; i++) {
        if (model->mapping[i].object == object) {
            return model->mapping[i].level;
        }
    }
    return LEAF_LEVEL;
}

static const char *frame_size(uint8_t size_bits)
{
    return size_bits == 12 ? "4k" : size_bits == 21 ? "2M" : "1G";
}

static void write_tcb(const struct sk_model_thread *t, FILE *out)
{
    fprintf(out,
            "tcb (addr: 0x%" PRIx64 ", ip: 0x%" PRIx64 ", sp: 0x%" PRIx64
            ", prio: %u, max_prio: %u, affinity: %u, dom: %u, resume: %s%s)",
            t->ipc_vaddr, t->entry, t->stack_top, t->priority, t->max_priority, t->core,
            t->domain, t->is_started ? "true" : "false",
            t->has_fpu ? "" : ", fpu_disabled: true");
}

static void write_frame(const struct sk_model_object *o, FILE *out)
{
    fprintf(out, "frame (%s", frame_size(o->size_bits));
    if (o->paddr != SK_MODEL_ANYWHERE) {
        fprintf(out, ", paddr: 0x%" PRIx64, o->paddr);
    }
    fprintf(out, ")");
}

static void write_object(const struct sk_model *model, uint32_t i, FILE *out)
{
    const struct sk_model_object *o = &model->object[i];

    fprintf(out, "    ");
    fputs(o->name, out);
    if (o->count > 1) {
        fprintf(out, "[%" PRIu32 "]", o->count);
    }
    fprintf(out, " = ");
    switch (o->kind) {
    case SK_MODEL_ENDPOINT:
        fprintf(out, "ep");
        break;
    case SK_MODEL_NOTIFICATION:
        fprintf(out, "notification");
        break;
    case SK_MODEL_TCB:
        write_tcb(&o->thread, out);
        break;
    case SK_MODEL_SCHED_CONTEXT:
        fprintf(out,
                "sc (period: %" PRIu64 ", budget: %" PRIu64 ", data: 0x%" PRIx64 ", %u bits)",
                o->budget.period_us, o->budget.budget_us, o->budget.badge, o->size_bits);
        break;
    case SK_MODEL_REPLY:
        fprintf(out, "rtreply");
        break;
    case SK_MODEL_CNODE:
        fprintf(out, "cnode (%u bits)", o->size_bits);
        break;
    case SK_MODEL_VSPACE:
        fprintf(out, "%s", table_type[0]);
        break;
    case SK_MODEL_PAGE_TABLE:
        fprintf(out, "%s", table_type[level_of(model, i)]);
        break;
    case SK_MODEL_FRAME:
        write_frame(o, out);
        break;
    case SK_MODEL_IRQ_HANDLER:
        fprintf(out, "arm_irq (trigger: %s, target: %u)",
                o->irq.is_edge_triggered ? "edge" : "level", o->irq.core);
        break;
    }
    fputc('\n', out);
}

static void write_reference(const struct sk_model *model, uint32_t object, uint32_t index,
                            FILE *out)
{
    fputs(model->object[object].name, out);
    if (model->object[object].count > 1) {
        fprintf(out, "[%" PRIu32 "]", index);
    }
}

static void write_rights(uint8_t rights, FILE *out)
{
    fprintf(out, "%s%s%s%s", rights & SK_MODEL_READ ? "R" : "",
            rights & SK_MODEL_WRITE ? "W" : "", rights & SK_MODEL_GRANT ? "G" : "",
            rights & SK_MODEL_GRANT_REPLY ? "P" : "");
}

static void write_cap(const struct sk_model *model, const struct sk_model_cap *cap, FILE *out)
{
    enum sk_model_kind kind = model->object[cap->object].kind;

    fprintf(out, "        0x%" PRIx32 ": ", cap->slot);
    write_reference(model, cap->object, cap->index, out);
    switch (kind) {
    case SK_MODEL_ENDPOINT:
    case SK_MODEL_NOTIFICATION:
        fprintf(out, " (");
        write_rights(cap->rights, out);
        fprintf(out, ", badge: 0x%" PRIx64 ")", cap->badge);
        break;
    case SK_MODEL_FRAME:
        fprintf(out, " (");
        write_rights(cap->rights, out);
        fprintf(out, ")");
        break;
    case SK_MODEL_CNODE:
        fprintf(out, " (guard: 0, guard_size: %u)", cap->guard_bits);
        break;
    default:
        break;
    }
    fputc('\n', out);
}

/* One line of a table: what lies at the mapping's element i. */
static void write_entry(const struct sk_model *model, const struct sk_model_mapping *m,
                        uint32_t i, uint64_t vaddr, unsigned level, FILE *out)
{
    fprintf(out, "        0x%" PRIx64 ": ",
            vaddr >> shift_of(level) & ((1u << TABLE_BITS) - 1));
    write_reference(model, m->object, m->first + i, out);
    if (m->level == 0) {
        fprintf(out, " (");
        write_rights(m->rights, out);
        fprintf(out, "%s%s)", m->is_executable ? "X" : "", m->is_uncached ? ", uncached" : "");
    }
    fputc('\n', out);
}

/* What hangs directly below the table of that level which begins at vaddr. */
static void write_table(const struct sk_model *model, uint32_t vspace, unsigned level,
                        uint64_t vaddr, FILE *out)
{
    uint64_t span = level == 0 ? UINT64_MAX : (uint64_t)1 << shift_of(level - 1);

    for (uint32_t i = 0; i < model->mapping_count; i++) {
        const struct sk_model_mapping *m = &model->mapping[i];
        const struct sk_model_object *o = &model->object[m->object];
        unsigned bits = m->level > 0 ? shift_of(m->level - 1u) : o->size_bits;
        if (m->vspace != vspace || bits != shift_of(level)) {
            continue;
        }
        for (uint32_t k = 0; k < m->count; k++) {
            uint64_t at = m->vaddr + ((uint64_t)k << bits);
            if (at >= vaddr && at - vaddr < span) {
                write_entry(model, m, k, at, level, out);
            }
        }
    }
}

static void write_thread(const struct sk_model *model, const struct sk_model_thread *t,
                         FILE *out)
{
    fprintf(out, "        cspace: ");
    write_reference(model, t->cspace, 0, out);
    fprintf(out, " (guard: 0, guard_size: %u)\n        vspace: ", t->cspace_guard_bits);
    write_reference(model, t->vspace, 0, out);
    fprintf(out, "\n        ipc_buffer_slot: ");
    write_reference(model, t->ipc_frame, 0, out);
    if (t->sched_context != SK_MODEL_NONE) {
        fprintf(out, "\n        sc_slot: ");
        write_reference(model, t->sched_context, 0, out);
    }
    if (t->bound_notification != SK_MODEL_NONE) {
        fprintf(out, "\n        bound_notification: ");
        write_reference(model, t->bound_notification, 0, out);
    }
    if (t->fault_endpoint != SK_MODEL_NONE) {
        fprintf(out, "\n        fault_ep_slot: ");
        write_reference(model, t->fault_endpoint, 0, out);
        fprintf(out, " (WGP, badge: 0x%" PRIx64 ")", t->fault_badge);
    }
    fputc('\n', out);
}

/* Where page tables are mapped, so that what they hold can be said. */
static void write_page_table(const struct sk_model *model, uint32_t object, uint32_t index,
                             FILE *out)
{
    for (uint32_t i = 0; i < model->mapping_count; i++) {
        const struct sk_model_mapping *m = &model->mapping[i];
        if (m->object == object && index >= m->first && index - m->first < m->count) {
            uint64_t span = (uint64_t)1 << shift_of(m->level - 1u);
            write_table(model, m->vspace, m->level, m->vaddr + (index - m->first) * span, out);
        }
    }
}

static void write_slots(const struct sk_model *model, uint32_t object, FILE *out)
{
    for (uint32_t i = 0; i < model->cap_count; i++) {
        if (model->cap[i].cnode == object) {
            write_cap(model, &model->cap[i], out);
        }
    }
}

static void write_contents(const struct sk_model *model, uint32_t object, uint32_t index,
                           FILE *out)
{
    const struct sk_model_object *o = &model->object[object];

    fprintf(out, "    ");
    write_reference(model, object, index, out);
    fprintf(out, " {\n");
    switch (o->kind) {
    case SK_MODEL_CNODE:
        write_slots(model, object, out);
        break;
    case SK_MODEL_TCB:
        write_thread(model, &o->thread, out);
        break;
    case SK_MODEL_VSPACE:
        write_table(model, object, 0, 0, out);
        break;
    case SK_MODEL_PAGE_TABLE:
        write_page_table(model, object, index, out);
        break;
    case SK_MODEL_IRQ_HANDLER:
        fprintf(out, "        0: ");
        write_reference(model, o->irq.notification, 0, out);
        fprintf(out, " (W, badge: 0x%" PRIx64 ")\n", o->irq.badge);
        break;
    default:
        break;
    }
    fprintf(out, "    }\n");
}

static bool holds_caps(enum sk_model_kind kind)
{
    return kind == SK_MODEL_CNODE || kind == SK_MODEL_TCB || kind == SK_MODEL_VSPACE ||
           kind == SK_MODEL_PAGE_TABLE || kind == SK_MODEL_IRQ_HANDLER;
}

/* Its durations are plain numbers: ticks of the kernel's timer, which is what it gets. */
static void write_schedule(const struct sk_model *model, uint64_t timer_hz, FILE *out)
{
    fprintf(out, "\ndomains {\n    schedule: [");
    for (uint32_t i = 0; i < model->turn_count; i++) {
        fprintf(out, "%s(%u, %" PRIu64 ")", i > 0 ? ", " : "", model->turn[i].domain,
                sk_model_ticks(&model->turn[i], timer_hz));
    }
    fprintf(out, "]\n    domain_set_start: %" PRIu32 "\n    index_shift: %" PRIu32 "\n}\n",
            model->turn_start, model->turn_shift);
}

static void write_all(const struct sk_model *model, uint64_t timer_hz, FILE *out)
{
    fprintf(out, "arch aarch64\n\nobjects {\n");
    for (uint32_t i = 0; i < model->object_count; i++) {
        write_object(model, i, out);
    }
    fprintf(out, "}\n\ncaps {\n");
    for (uint32_t i = 0; i < model->object_count; i++) {
        for (uint32_t k = 0; k < model->object[i].count && holds_caps(model->object[i].kind);
             k++) {
            write_contents(model, i, k, out);
        }
    }
    fprintf(out, "}\n\nirq maps {\n");
    for (uint32_t i = 0; i < model->object_count; i++) {
        if (model->object[i].kind == SK_MODEL_IRQ_HANDLER) {
            fprintf(out, "    %" PRIu32 ": ", model->object[i].irq.number);
            write_reference(model, i, 0, out);
            fputc('\n', out);
        }
    }
    fprintf(out, "}\n");
    if (model->turn_count > 0) {
        write_schedule(model, timer_hz, out);
    }
}

bool sk_model_write_cdl(const struct sk_model *model, uint64_t timer_hz, FILE *out)
{
    struct arena arena = {0};
    struct sk_model copy = *model;

    copy.object = named(&arena, model);
    write_all(&copy, timer_hz, out);
    arena_fini(&arena);
    return fflush(out) == 0 && ferror(out) == 0;
}
