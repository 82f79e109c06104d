/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "model/emit.h"
#include "report.h"

static json_t *sums_of(const struct sk_report *report)
{
    struct sk_report_sums sums = sk_report_sum(report);
    const struct sk_spec *spec = (const struct sk_spec *)report->encoded->data;
    json_t *kinds = json_array();

    for (unsigned i = 0; i < SK_MODEL_IRQ_HANDLER; i++) {
        if (sums.kind_count[i] > 0) {
            json_array_append_new(kinds, json_pack("{ss sI sI}", "kind", sk_model_kind_name(i),
                                                   "count", (json_int_t)sums.kind_count[i],
                                                   "bytes", (json_int_t)sums.kind_bytes[i]));
        }
    }
    return json_pack(
        "{so sI sI sI sI sI sI sI sI sI sI sI sI sI sI sI}", "objects", kinds, "object_bytes",
        (json_int_t)sums.object_bytes, "image_bytes", (json_int_t)sums.image_bytes,
        "handed_over_bytes", (json_int_t)sums.handed_bytes, "shared_pages",
        (json_int_t)report->encoded->shared_page_count, "lost_bytes",
        (json_int_t)sums.lost_bytes, "copied_bytes", (json_int_t)sums.copied_bytes,
        "kernel_bytes", (json_int_t)sums.kernel_bytes, "untyped_bytes",
        (json_int_t)sums.untyped_bytes, "ram_bytes", (json_int_t)sums.ram_bytes, "unused_bytes",
        (json_int_t)sums.unused_bytes, "predicted_calls", (json_int_t)spec->predicted_calls,
        "predicted_retypes", (json_int_t)spec->predicted_retypes, "slots",
        (json_int_t)sums.slots, "slot_limit", (json_int_t)sums.slot_limit, "stack_view_slots",
        (json_int_t)sums.stack_views);
}

/* The model, with what is only known of the image. */
bool sk_report_write_json(const struct sk_report *report, FILE *out)
{
    json_t *root =
        json_pack("{si ss ss ss so so}", "version", 1, "system", report->system->source->path,
                  "board", report->kit->board, "config", report->kit->config, "memory",
                  sums_of(report), "model", sk_model_json(report->model));
    bool is_written = root != NULL && json_dumpf(root, out, JSON_INDENT(2)) == 0;

    json_decref(root);
    fputc('\n', out);
    return is_written && ferror(out) == 0;
}
