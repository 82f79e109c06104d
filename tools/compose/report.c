/* SPDX-License-Identifier: BSD-2-Clause */
#include "report.h"

#include <inttypes.h>
#include <string.h>

#include <selkie/init/spec.h>

#include "boot.h"

static const char *object_name(const struct sk_model *model, uint32_t object)
{
    return object == SK_MODEL_NONE ? "-" : model->object[object].name;
}

/* Capabilities of other kinds have no rights, and those of notifications two. */
static void write_rights(enum sk_model_kind kind, uint8_t rights, FILE *out)
{
    bool is_endpoint = kind == SK_MODEL_ENDPOINT;

    if (!is_endpoint && kind != SK_MODEL_NOTIFICATION && kind != SK_MODEL_FRAME) {
        return;
    }
    fprintf(out, "  %s%s%s%s", rights & SK_MODEL_READ ? "r" : "",
            rights & SK_MODEL_WRITE ? "w" : "",
            is_endpoint && rights & SK_MODEL_GRANT ? "g" : "",
            is_endpoint && rights & SK_MODEL_GRANT_REPLY ? "p" : "");
}

static void write_thread(const struct sk_model *model, const struct sk_model_domain *d,
                         FILE *out)
{
    const struct sk_model_thread *t = &model->object[d->tcb].thread;
    const struct sk_model_budget *b = &model->object[t->sched_context].budget;

    fprintf(out, "\n%s\n", d->name);
    fprintf(out, "    priority %u, budget %" PRIu64 " of %" PRIu64 " us, core %u%s%s\n",
            t->priority, b->budget_us, b->period_us, t->core, t->is_passive ? ", passive" : "",
            t->has_fpu ? "" : ", no FPU");
    fprintf(out,
            "    entry 0x%" PRIx64 ", stack 0x%" PRIx64 " to 0x%" PRIx64
            ", IPC buffer 0x%" PRIx64 "\n",
            t->entry, t->stack_bottom, t->stack_top, t->ipc_vaddr);
    if (t->fault_endpoint != SK_MODEL_NONE) {
        fprintf(out, "    faults to %s, badge 0x%" PRIx64 "\n",
                object_name(model, t->fault_endpoint), t->fault_badge);
    }
}

/* What lies in the slots of a CNode; another CNode there is followed. */
static void write_slots(const struct sk_model *model, uint32_t cnode, FILE *out)
{
    for (uint32_t i = 0; i < model->cap_count; i++) {
        const struct sk_model_cap *c = &model->cap[i];
        if (c->cnode != cnode) {
            continue;
        }
        fprintf(out, "    slot %4" PRIu32 "  %-18s %s", c->slot,
                sk_model_kind_name(model->object[c->object].kind),
                object_name(model, c->object));
        if (model->object[c->object].count > 1) {
            fprintf(out, "[%" PRIu32 "]", c->index);
        }
        write_rights(model->object[c->object].kind, c->rights, out);
        if (c->badge != 0) {
            fprintf(out, "  badge 0x%" PRIx64, c->badge);
        }
        fprintf(out, "%s%s\n", c->purpose != NULL ? "  " : "",
                c->purpose != NULL ? c->purpose : "");
    }
}

/* Does the initialiser write into this frame what a domain was handed? */
static bool is_info(const struct sk_model *model, uint32_t object)
{
    for (uint32_t i = 0; i < model->handover_count; i++) {
        if (model->handover[i].info_frame == object) {
            return true;
        }
    }
    return false;
}

/* How frames come to what they hold when their domain starts. */
static const char *source_text(const struct sk_model *model, uint32_t object)
{
    static const char *const text[] = {
        [SK_MODEL_ZERO] = "cleared",
        [SK_MODEL_HANDED_OVER] = "handed over",
        [SK_MODEL_COPIED] = "copied",
    };

    return model->object[object].is_device ? "device"
           : is_info(model, object)        ? "filled in"
                                           : text[model->object[object].source];
}

/* How many of an object's frames have contents: those behind them are cleared. */
static uint32_t filled_of(const struct sk_model_object *o)
{
    uint64_t size = (uint64_t)1 << o->size_bits;

    return o->source == SK_MODEL_ZERO || o->contents.chunk != 0
               ? o->count
               : (uint32_t)((o->contents.size + size - 1) / size);
}

/* A part of a mapping: frames from first up to end. */
static void write_mapping(const struct sk_model *model, const struct sk_model_mapping *m,
                          uint32_t first, uint32_t end, const char *source, FILE *out)
{
    const struct sk_model_object *o = &model->object[m->object];
    uint64_t vaddr = m->vaddr + ((uint64_t)(first - m->first) << o->size_bits);

    if (first >= end) {
        return;
    }
    fprintf(out,
            "    0x%012" PRIx64 " to 0x%012" PRIx64 "  %s%s%s%s  %6" PRIu32
            " x %s  %-11s  %s\n",
            vaddr, vaddr + ((uint64_t)(end - first) << o->size_bits) - 1,
            m->rights & SK_MODEL_READ ? "r" : "-", m->rights & SK_MODEL_WRITE ? "w" : "-",
            m->is_executable ? "x" : "-", m->is_uncached ? "u" : "-", end - first,
            o->size_bits == 12 ? "4 KiB" : "2 MiB", source, o->name);
}

static void write_mappings(const struct sk_model *model, uint32_t vspace, FILE *out)
{
    for (uint32_t i = 0; i < model->mapping_count; i++) {
        const struct sk_model_mapping *m = &model->mapping[i];
        uint32_t end = m->first + m->count;
        if (m->vspace != vspace || m->level != 0) {
            continue;
        }
        uint32_t filled = filled_of(&model->object[m->object]);
        filled = filled < m->first ? m->first : filled < end ? filled : end;
        write_mapping(model, m, m->first, filled, source_text(model, m->object), out);
        write_mapping(model, m, filled, end, "cleared", out);
    }
}

static void write_domains(const struct sk_model *model, FILE *out)
{
    fprintf(out, "\nDomains\n=======\n");
    for (uint32_t i = 0; i < model->domain_count; i++) {
        const struct sk_model_domain *d = &model->domain[i];
        uint32_t root = model->object[d->tcb].thread.cspace;
        write_thread(model, d, out);
        if (root != d->cnode) {
            fprintf(out, "    root CNode:\n");
            write_slots(model, root, out);
            fprintf(out, "    Microkit's CNode:\n");
        }
        write_slots(model, d->cnode, out);
        write_mappings(model, d->vspace, out);
    }
}

static void write_range(uint64_t start, uint64_t end, const char *what, FILE *out)
{
    if (start < end) {
        fprintf(out, "    0x%012" PRIx64 " to 0x%012" PRIx64 "  %s\n", start, end - 1, what);
    }
}

/* What is at a place that is known before the system runs. */
static void write_physical(const struct sk_report *report, FILE *out)
{
    const struct sk_image_places *p = &report->kit->places;
    const struct sk_model *model = report->model;
    struct arena arena = {0};
    uint64_t kept = sk_boot_kernel_start(&arena, report->kit);

    arena_fini(&arena);
    fprintf(out, "\nPhysical addresses\n==================\n");
    write_range(p->kernel_start, kept, "kernel, until it has booted", out);
    write_range(kept, p->kernel_end, "kernel", out);
    write_range(p->dtb_start, p->dtb_end, "device tree", out);
    write_range(p->user_start, p->user_end, "initialiser", out);
    write_range(p->user_end, p->user_end + report->encoded->size,
                "specification, and pages of domains", out);
    for (uint32_t i = 0; i < model->object_count; i++) {
        const struct sk_model_object *o = &model->object[i];
        if (o->paddr != SK_MODEL_ANYWHERE) {
            write_range(o->paddr, o->paddr + ((uint64_t)o->count << o->size_bits), o->name,
                        out);
        }
    }
}

/* Memory that is left over, for whom. */
static void write_handovers(const struct sk_model *model, FILE *out)
{
    for (uint32_t i = 0; i < model->handover_count; i++) {
        const struct sk_model_handover *h = &model->handover[i];
        fprintf(out, "%s    %s slots %" PRIu32 " to %" PRIu32 ": ",
                i == 0 ? "\nHanded over\n===========\n" : "", object_name(model, h->cnode),
                h->slot, h->slot + h->slot_count - 1);
        if (h->is_image_frames) {
            fprintf(out, "frames of the image\n");
        } else if (h->takes_devices) {
            fprintf(out, "untyped memory of devices\n");
        } else if (h->size == UINT64_MAX) {
            fprintf(out, "untyped memory, the rest\n");
        } else {
            fprintf(out, "untyped memory, 0x%" PRIx64 " bytes\n", h->size);
        }
    }
}

static void write_irqs(const struct sk_model *model, FILE *out)
{
    bool is_first = true;

    for (uint32_t i = 0; i < model->object_count; i++) {
        const struct sk_model_object *o = &model->object[i];
        if (o->kind != SK_MODEL_IRQ_HANDLER) {
            continue;
        }
        fprintf(out, "%s    %4" PRIu32 "  %-5s  %s, badge 0x%" PRIx64 "\n",
                is_first ? "\nInterrupts\n==========\n" : "", o->irq.number,
                o->irq.is_edge_triggered ? "edge" : "level",
                object_name(model, o->irq.notification), o->irq.badge);
        is_first = false;
    }
}

static void write_sums(const struct sk_report *report, struct sk_report_sums sums, FILE *out)
{
    fprintf(out, "\nMemory\n======\n");
    for (unsigned i = 0; i < SK_MODEL_IRQ_HANDLER; i++) {
        if (sums.kind_count[i] > 0) {
            fprintf(out, "    %8" PRIu64 " %-19s %12" PRIu64 " bytes\n", sums.kind_count[i],
                    sk_model_kind_name(i), sums.kind_bytes[i]);
        }
    }
    fprintf(out, "    %-28s %12" PRIu64 " bytes\n", "image", sums.image_bytes);
    fprintf(out, "    %-28s %12" PRIu64 " bytes, %" PRIu32 " pages shared\n",
            "  handed over to domains", sums.handed_bytes, report->encoded->shared_page_count);
    fprintf(out, "    %-28s %12" PRIu64 " bytes\n", "  lost with the initialiser",
            sums.lost_bytes);
    fprintf(out, "    %-28s %12" PRIu64 " bytes\n", "copied at boot", sums.copied_bytes);
    fprintf(out, "    %-28s %12" PRIu64 " bytes\n", "kernel, and first objects",
            sums.kernel_bytes);
    fprintf(out, "    %-28s %12" PRIu64 " bytes\n", "handed over, untyped", sums.untyped_bytes);
    fprintf(out, "    %-28s %12" PRIu64 " bytes of %" PRIu64 "\n", "unused", sums.unused_bytes,
            sums.ram_bytes);
    fprintf(out, "    %-28s %12" PRIu32 " slots of %" PRIu32 "\n", "root CNode", sums.slots,
            sums.slot_limit);
    if (sums.stack_views > 0) {
        fprintf(out, "    %-28s %12" PRIu64 " slots\n", "  stacks, for the monitor",
                sums.stack_views);
    }
}

static uint64_t objects_of(const struct sk_report_sums *sums)
{
    uint64_t count = 0;

    for (unsigned i = 0; i < SK_MODEL_IRQ_HANDLER; i++) {
        count += sums->kind_count[i];
    }
    return count;
}

bool sk_report_write(const struct sk_report *report, FILE *out)
{
    const struct sk_spec *spec = (const struct sk_spec *)report->encoded->data;
    struct sk_report_sums sums = sk_report_sum(report);
    size_t count = report->system->domain_count;

    fprintf(out, "System %s, for %s, %s\n", report->system->source->path, report->kit->board,
            report->kit->config);
    fprintf(out, "%zu domain%s%s, %" PRIu64 " kernel objects\n", count, count == 1 ? "" : "s",
            report->model->domain_count > count ? " and the monitor" : "", objects_of(&sums));
    if (spec->predicted_calls != 0) {
        fprintf(out, "%" PRIu32 " kernel calls to start it, %" PRIu32 " of them make objects\n",
                spec->predicted_calls, spec->predicted_retypes);
    }
    write_domains(report->model, out);
    write_irqs(report->model, out);
    write_handovers(report->model, out);
    write_physical(report, out);
    write_sums(report, sums, out);
    return fflush(out) == 0 && ferror(out) == 0;
}
