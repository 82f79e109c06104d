/* SPDX-License-Identifier: BSD-2-Clause */
#include "report.h"

#include <selkie/init/spec.h>

static uint64_t ram_of(const struct sk_compose_kit *kit)
{
    const json_t *memory = json_object_get(kit->platform, "memory");
    uint64_t bytes = 0;

    for (size_t i = 0; i < json_array_size(memory); i++) {
        const json_t *range = json_array_get(memory, i);
        bytes += (uint64_t)(json_integer_value(json_object_get(range, "end")) -
                            json_integer_value(json_object_get(range, "start")));
    }
    return bytes;
}

/* Objects as the specification makes them: frames that are handed over are not among these. */
static void add_groups(const struct sk_spec *spec, struct sk_report_sums *sums)
{
    static const enum sk_model_kind kind[SK_SPEC_TYPE_COUNT] = {
        [SK_SPEC_TCB] = SK_MODEL_TCB,
        [SK_SPEC_ENDPOINT] = SK_MODEL_ENDPOINT,
        [SK_SPEC_NOTIFICATION] = SK_MODEL_NOTIFICATION,
        [SK_SPEC_CNODE] = SK_MODEL_CNODE,
        [SK_SPEC_SCHED_CONTEXT] = SK_MODEL_SCHED_CONTEXT,
        [SK_SPEC_REPLY] = SK_MODEL_REPLY,
        [SK_SPEC_FRAME] = SK_MODEL_FRAME,
        [SK_SPEC_PAGE_TABLE] = SK_MODEL_PAGE_TABLE,
        [SK_SPEC_VSPACE] = SK_MODEL_VSPACE,
    };
    const struct sk_spec_group *group = sk_spec_at(spec, SK_SPEC_GROUPS);

    for (uint32_t i = 0; i < spec->section[SK_SPEC_GROUPS].count; i++) {
        if (group[i].type == SK_SPEC_UNTYPED || (group[i].flags & SK_SPEC_DEVICE) != 0) {
            continue;
        }
        uint64_t bytes = (uint64_t)group[i].count << group[i].memory_bits;
        sums->kind_count[kind[group[i].type]] += group[i].count;
        sums->kind_bytes[kind[group[i].type]] += bytes;
        sums->object_bytes += bytes;
    }
}

static uint64_t copied_of(const struct sk_spec *spec)
{
    const struct sk_spec_fill *fill = sk_spec_at(spec, SK_SPEC_FILLS);
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < spec->section[SK_SPEC_FILLS].count; i++) {
        bytes += fill[i].length;
    }
    return bytes;
}

/* Pages of the image that nobody got, but a domain that asked for them. */
static uint64_t taken_pages(const struct sk_spec *spec, uint64_t pages)
{
    const struct sk_spec_image *image = sk_spec_at(spec, SK_SPEC_IMAGE);

    if (spec->section[SK_SPEC_IMAGE].count == 0) {
        return 0;
    }
    return image->slot_count < pages ? image->slot_count : pages;
}

struct sk_report_sums sk_report_sum(const struct sk_report *report)
{
    const struct sk_spec *spec = (const struct sk_spec *)report->encoded->data;
    const struct sk_image_places *places = &report->kit->places;
    struct sk_report_sums sums = {
        .handed_bytes = (uint64_t)spec->handed_page_count * SK_SPEC_PAGE_SIZE,
        .copied_bytes = copied_of(spec),
        .kernel_bytes = places->kernel_end - places->kernel_start,
        .image_bytes = places->user_end - places->user_start + report->encoded->size,
        .ram_bytes = ram_of(report->kit),
    };

    add_groups(spec, &sums);
    sums.lost_bytes = sums.image_bytes - sums.handed_bytes;
    sums.lost_bytes -=
        taken_pages(spec, sums.lost_bytes / SK_SPEC_PAGE_SIZE) * SK_SPEC_PAGE_SIZE;

    uint64_t used = sums.object_bytes + sums.kernel_bytes + sums.image_bytes;
    sums.unused_bytes = used < sums.ram_bytes ? sums.ram_bytes - used : 0;
    return sums;
}
