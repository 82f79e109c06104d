/* SPDX-License-Identifier: BSD-2-Clause */
#include "report.h"

#include <selkie/init/execute.h>
#include <selkie/init/spec.h>

#include "boot.h"

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

/* The initialiser at work, and how much untyped memory it gives away. */
struct giving {
    struct sk_init in; /* first, so that it is that */
    uint64_t bytes;
};

static const struct sk_init_untyped *untyped_at(const struct sk_init *in, uint64_t slot)
{
    for (uint32_t i = 0; i < in->untyped_count; i++) {
        if (in->untypeds[i].slot == slot && !in->untypeds[i].is_device) {
            return &in->untypeds[i];
        }
    }
    return NULL;
}

/* Untypeds are given whole, or as pieces that are made in somebody's CNode. */
static sk_err count_given(struct sk_init *in, enum sk_init_call what, const uint64_t *args)
{
    struct giving *g = (struct giving *)in;

    if (what == SK_INIT_RETYPE && args[1] == SK_SPEC_UNTYPED && args[3] != 0 &&
        untyped_at(in, args[0]) != NULL) {
        g->bytes += 1ull << args[2];
    } else if (what == SK_INIT_MOVE) {
        const struct sk_init_untyped *u = untyped_at(in, args[3]);
        g->bytes += u != NULL ? 1ull << u->size_bits : 0;
    }
    return SK_OK;
}

/* Untyped memory: what the kernel leaves of RAM, and what domains get of that; and slots. */
static void add_untypeds(const struct sk_report *report, uint64_t *ret_left,
                         struct sk_report_sums *sums)
{
    struct giving g = {.in = {.spec = (const struct sk_spec *)report->encoded->data,
                              .perform = count_given,
                              .large_window = 1}};
    struct arena arena = {0};

    *ret_left = 0;
    if (sk_boot_predict(&arena, report->kit, report->encoded->size, &g.in)) {
        for (uint32_t i = 0; i < g.in.untyped_count; i++) {
            *ret_left += g.in.untypeds[i].is_device ? 0 : 1ull << g.in.untypeds[i].size_bits;
        }
        /* It was predicted before that this ends well. */
        (void)sk_init_execute(&g.in);
    }
    sums->untyped_bytes = g.bytes;
    sums->slots = g.in.next_slot;
    sums->slot_limit = g.in.end_slot;
    arena_fini(&arena);
}

struct sk_report_sums sk_report_sum(const struct sk_report *report)
{
    const struct sk_spec *spec = (const struct sk_spec *)report->encoded->data;
    const struct sk_image_places *places = &report->kit->places;
    struct sk_report_sums sums = {
        .handed_bytes = (uint64_t)spec->handed_page_count * SK_SPEC_PAGE_SIZE,
        .copied_bytes = copied_of(spec),
        .image_bytes = places->user_end - places->user_start + report->encoded->size,
        .ram_bytes = ram_of(report->kit),
    };

    add_groups(spec, &sums);
    sums.lost_bytes = sums.image_bytes - sums.handed_bytes;
    sums.lost_bytes -=
        taken_pages(spec, sums.lost_bytes / SK_SPEC_PAGE_SIZE) * SK_SPEC_PAGE_SIZE;

    uint64_t left = 0;
    add_untypeds(report, &left, &sums);
    sums.kernel_bytes = sums.ram_bytes - sums.image_bytes - left;
    sums.unused_bytes = left - sums.object_bytes - sums.untyped_bytes;
    if (report->model->domain_count > report->system->domain_count) {
        sums.stack_views =
            sk_model_foreign_pages(report->model, (uint32_t)report->system->domain_count);
    }
    return sums;
}
