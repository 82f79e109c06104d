/* SPDX-License-Identifier: BSD-2-Clause */
#include "kit.h"

#include "limits.h"

/* AArch64's numbers that do not depend on the configuration. */
enum {
    ENDPOINT_BITS = 4,
    SLOT_BITS = 5,
    PAGE_BITS = 12,
    LARGE_PAGE_BITS = 21,
    HUGE_PAGE_BITS = 30,
    TABLE_INDEX_BITS = 9,
    ASID_POOL_INDEX_BITS = 9,
    VSPACE_SPAN_BITS = 48,
    MIN_SCHED_CONTEXT_BITS = 7,
    REPLY_BITS = 5,
    MIN_UNTYPED_BITS = 4,
    MAX_UNTYPED_BITS = 47,
};

static struct sk_symbols symbols_of(const struct sk_compose_kit *kit)
{
    return (struct sk_symbols){.common = kit->kernel_config};
}

bool sk_kit_is_set(const struct sk_compose_kit *kit, const char *symbol)
{
    struct sk_symbols symbols = symbols_of(kit);

    return sk_symbols_is_set(&symbols, symbol);
}

uint64_t sk_kit_number(const struct sk_compose_kit *kit, const char *symbol, uint64_t otherwise)
{
    struct sk_symbols symbols = symbols_of(kit);

    return sk_symbols_number(&symbols, symbol, otherwise);
}

/* What the kernel says; nothing of the board's. */
static struct sk_sdf_limits limits_of(const struct sk_compose_kit *kit)
{
    struct sk_sdf_limits limits = {.board = kit->board};
    struct sk_symbols symbols = symbols_of(kit);

    sk_limits_of_kernel(&symbols, &limits);
    return limits;
}

uint64_t sk_kit_user_top(const struct sk_compose_kit *kit)
{
    return limits_of(kit).user_top;
}

static size_t ranges(struct arena *arena, const json_t *list, const struct sk_sdf_range **ret)
{
    size_t count = json_array_size(list);
    struct sk_sdf_range *range = arena_take(arena, (count + 1) * sizeof(*range));

    for (size_t i = 0; i < count; i++) {
        const json_t *from = json_array_get(list, i);
        range[i] = (struct sk_sdf_range){
            .start = (uint64_t)json_integer_value(json_object_get(from, "start")),
            .end = (uint64_t)json_integer_value(json_object_get(from, "end")),
        };
    }
    *ret = range;
    return count;
}

void sk_kit_limits(struct arena *arena, const struct sk_compose_kit *kit,
                   bool allows_extensions, struct sk_sdf_limits *ret_limits)
{
    struct sk_sdf_limits limits = limits_of(kit);

    limits.allows_extensions = allows_extensions;
    (void)sk_limits_of_interrupts(kit->interrupts, &limits); /* or nothing is known of them */
    limits.memory_count =
        ranges(arena, json_object_get(kit->platform, "memory"), &limits.memory);
    limits.device_count =
        ranges(arena, json_object_get(kit->platform, "devices"), &limits.devices);
    *ret_limits = limits;
}

struct sk_spec_platform sk_kit_platform(const struct sk_compose_kit *kit)
{
    bool is_mcs = sk_kit_is_set(kit, "KERNEL_MCS");
    uint64_t user_end = sk_kit_user_top(kit) + 1;
    bool is_wide_root = user_end == (uint64_t)1 << 40; /* at EL2 */

    return (struct sk_spec_platform){
        .user_end = user_end,
        .fan_out_limit = (uint32_t)sk_kit_number(kit, "RETYPE_FAN_OUT_LIMIT", 256),
        .domain_count = (uint16_t)sk_kit_number(kit, "NUM_DOMAINS", 1),
        .domain_schedule_count = (uint16_t)sk_kit_number(kit, "NUM_DOMAIN_SCHEDULES", 1),
        .core_count = (uint16_t)sk_kit_number(kit, "MAX_NUM_NODES", 1),
        .asid_pool_entries = 1 << ASID_POOL_INDEX_BITS,
        .tcb_bits = sk_kit_is_set(kit, "HARDWARE_DEBUG_API") ? 12 : 11,
        .endpoint_bits = ENDPOINT_BITS,
        .notification_bits = is_mcs ? 6 : 5,
        .reply_bits = is_mcs ? REPLY_BITS : 0,
        .slot_bits = SLOT_BITS,
        .min_sched_context_bits = is_mcs ? MIN_SCHED_CONTEXT_BITS : 0,
        .page_table_bits = PAGE_BITS,
        .vspace_bits = is_wide_root ? PAGE_BITS + 1 : PAGE_BITS,
        .frame_bits = {PAGE_BITS, LARGE_PAGE_BITS, HUGE_PAGE_BITS},
        .table_index_bits = TABLE_INDEX_BITS,
        .vspace_span_bits = is_wide_root ? 40 : VSPACE_SPAN_BITS,
        .min_untyped_bits = MIN_UNTYPED_BITS,
        .max_untyped_bits = MAX_UNTYPED_BITS,
        .asid_pool_bits = PAGE_BITS,
    };
}
