/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>

#include "span.h"

static const char *name_of(const struct sk_system_region *region)
{
    return region->name.value == NULL ? "?" : region->name.value;
}

/* Bytes that a region takes, as far as they are known: a page if only its file knows. */
static uint64_t size_of(const struct sk_system_region *region)
{
    return region->size.value != 0 ? region->size.value : region->page_size.value;
}

/* How many bytes from start on lie in the ranges, which are not adjacent to each other. */
static uint64_t covered(const struct sk_sdf_range *ranges, size_t count, uint64_t start,
                        uint64_t end)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < count; i++) {
        uint64_t from = ranges[i].start > start ? ranges[i].start : start;
        uint64_t to = ranges[i].end < end ? ranges[i].end : end;
        sum += to > from ? to - from : 0;
    }
    return sum;
}

static const char *list_ranges(struct reader *r)
{
    const struct sk_sdf_limits *l = r->limits;
    struct text list = {0};

    for (size_t i = 0; i < l->memory_count; i++) {
        text_addf(&list, "%s0x%" PRIx64 " to 0x%" PRIx64, i == 0 ? "" : ", ",
                  l->memory[i].start, l->memory[i].end - 1);
    }
    const char *copy = say(r, "memory is at %s", list.data);
    text_fini(&list);
    return copy;
}

static void check_address(struct reader *r, struct sk_system_region *region)
{
    const struct sk_sdf_limits *l = r->limits;
    uint64_t start = region->phys_addr.value, size = size_of(region), end;

    if (__builtin_add_overflow(start, size, &end) || end > l->physical_end) {
        bad_attr(r, "memory_region", "phys_addr", region->phys_addr.at,
                 say(r, "addresses end at 0x%" PRIx64, l->physical_end - 1),
                 "region '%s' would end behind the last physical address", name_of(region));
        return;
    }
    if (l->memory_count == 0) {
        return;
    }
    uint64_t memory = covered(l->memory, l->memory_count, start, end);
    uint64_t devices = covered(l->devices, l->device_count, start, end);
    region->is_device = devices == size;
    if (memory == size || devices == size) {
        return;
    }
    if (memory != 0 && devices != 0 && memory + devices == size) {
        bad_attr(r, "memory_region", "phys_addr", region->phys_addr.at,
                 say(r, "make two regions; %s", list_ranges(r)),
                 "region '%s' has memory and devices of %s", name_of(region), l->board);
    } else {
        bad_attr(r, "memory_region", "phys_addr", region->phys_addr.at, list_ranges(r),
                 "0x%" PRIx64 " to 0x%" PRIx64 " is neither memory of %s nor a device that "
                 "the kernel leaves to others",
                 start, end - 1, l->board);
    }
}

static void check_pages(struct reader *r, const struct sk_system_region *region)
{
    uint64_t page = region->page_size.value;

    if (page == SK_SYSTEM_PAGE) {
        return;
    }
    if (region->size.is_given && region->size.value % page != 0) {
        bad_attr(r, "memory_region", "size", region->size.at,
                 say(r, "size=\"0x%" PRIx64 "\"", (region->size.value / page + 1) * page),
                 "0x%" PRIx64 " is not a multiple of the page size, 0x%" PRIx64,
                 region->size.value, page);
    }
    if (region->phys_addr.is_given && region->phys_addr.value % page != 0) {
        bad_attr(r, "memory_region", "phys_addr", region->phys_addr.at,
                 say(r, "phys_addr=\"0x%" PRIx64 "\"", region->phys_addr.value / page * page),
                 "0x%" PRIx64 " is not a multiple of the page size, 0x%" PRIx64,
                 region->phys_addr.value, page);
    }
}

/* Is there as much memory as all regions want? */
static void check_sum(struct reader *r)
{
    const struct sk_sdf_limits *l = r->limits;
    uint64_t have = covered(l->memory, l->memory_count, 0, UINT64_MAX), want = 0;

    for (size_t i = 0; i < r->system->region_count; i++) {
        const struct sk_system_region *region = &r->system->regions[i];
        uint64_t size = region->is_device || region->size.is_bad ? 0 : size_of(region);
        if (l->memory_count != 0 &&
            (__builtin_add_overflow(want, size, &want) || want > have)) {
            bad_attr(r, "memory_region", "size", region->size.at,
                     say(r, "%s has 0x%" PRIx64 " bytes", l->board, have),
                     "the regions up to '%s' need more memory than there is", name_of(region));
            return;
        }
    }
}

void check_regions(struct reader *r)
{
    struct spans spans = {0};

    for (size_t i = 0; i < r->system->region_count; i++) {
        struct sk_system_region *region = &r->system->regions[i];

        if (region->size.is_bad || region->page_size.is_bad || region->phys_addr.is_bad) {
            continue;
        }
        check_pages(r, region);
        if (region->phys_addr.is_given) {
            check_address(r, region);
            spans_add(r, &spans,
                      (struct span){.start = region->phys_addr.value,
                                    .at = region->phys_addr.at,
                                    .element = "memory_region",
                                    .attr = "phys_addr",
                                    .name = say(r, "region '%s'", name_of(region))},
                      size_of(region));
        }
    }
    spans_check(r, &spans, "physical addresses", "map one region in both domains");
    check_sum(r);
}

/* --- maps */

/* Is this map of interest here, and could all that it depends on be read? */
static bool is_known(const struct sk_system_map *map)
{
    const struct sk_system_region *region = map->region;

    return region != NULL && map->vaddr.is_given && !region->size.is_bad &&
           !region->page_size.is_bad;
}

/* What a map at vaddr, too high, comes to. */
static const char *above(struct reader *r, uint64_t vaddr)
{
    uint64_t top = r->limits->user_top;

    return vaddr > top                          ? "the last address"
           : vaddr >= sk_system_ipc_buffer(top) ? "the IPC buffer"
           : vaddr >= sk_system_stack_top(top)  ? "the page above the stack"
                                                : "the stack";
}

static void check_end(struct reader *r, const struct sk_system_map *map,
                      const struct sk_system_domain *d, uint64_t limit)
{
    uint64_t size = size_of(map->region), end;

    if (!__builtin_add_overflow(map->vaddr.value, size, &end) && end <= limit) {
        return;
    }
    bad_attr(r, "map", "vaddr", map->vaddr.at,
             size <= limit ? say(r, "vaddr=\"0x%" PRIx64 "\" is the highest",
                                 (limit - size) / map->region->page_size.value *
                                     map->region->page_size.value)
                           : "map a smaller region",
             "region '%s' of 0x%" PRIx64 " bytes at 0x%" PRIx64 " would reach %s",
             name_of(map->region), size, map->vaddr.value,
             d == NULL ? "the last address"
                       : say(r, "%s of '%s'", above(r, map->vaddr.value),
                             d->name.value == NULL ? "?" : d->name.value));
}

static void check_map(struct reader *r, const struct sk_system_map *map,
                      const struct sk_system_domain *d, uint64_t limit, struct spans *spans)
{
    if (!is_known(map)) {
        return;
    }
    uint64_t page = map->region->page_size.value;
    if (map->vaddr.value % page != 0) {
        bad_attr(r, "map", "vaddr", map->vaddr.at,
                 say(r, "vaddr=\"0x%" PRIx64 "\"", map->vaddr.value / page * page),
                 "0x%" PRIx64 " is not a multiple of the page size of '%s', 0x%" PRIx64,
                 map->vaddr.value, name_of(map->region), page);
    }
    check_end(r, map, d, limit);
    spans_add(r, spans,
              (struct span){.start = map->vaddr.value,
                            .at = map->vaddr.at,
                            .element = "map",
                            .attr = "vaddr",
                            .name = say(r, "region '%s'", name_of(map->region))},
              size_of(map->region));
    if (map->setvar_prefill_size.value != NULL && map->region->prefill_path.value == NULL) {
        bad_attr(r, "map", "setvar_prefill_size", map->setvar_prefill_size.at,
                 "prefill_path=\"contents.bin\" in the region",
                 "region '%s' is not filled with a file", name_of(map->region));
    }
}

static void check_info_page(struct reader *r, const struct sk_system_untyped *u, uint64_t limit,
                            struct spans *spans)
{
    if (!u->info_vaddr.is_given) {
        return;
    }
    if (u->info_vaddr.value > limit - SK_SYSTEM_PAGE) {
        bad_attr(r, "sk:untyped", "info_vaddr", u->info_vaddr.at,
                 say(r, "info_vaddr=\"0x%" PRIx64 "\" is the highest", limit - SK_SYSTEM_PAGE),
                 "a page at 0x%" PRIx64 " would reach the stack", u->info_vaddr.value);
        return;
    }
    spans_add(r, spans,
              (struct span){.start = u->info_vaddr.value,
                            .at = u->info_vaddr.at,
                            .element = "sk:untyped",
                            .attr = "info_vaddr",
                            .name = "the page of an 'sk:untyped'"},
              SK_SYSTEM_PAGE);
}

static void check_domain_maps(struct reader *r, const struct sk_system_domain *d)
{
    static const char help[] = "choose another vaddr";
    struct spans own = {0}, guest = {0};

    if (!d->stack_size.is_bad) {
        uint64_t limit = sk_system_stack_bottom(r->limits->user_top, d->stack_size.value);
        for (size_t i = 0; i < d->map_count; i++) {
            check_map(r, &d->maps[i], d, limit, &own);
        }
        for (size_t i = 0; i < d->untyped_count; i++) {
            check_info_page(r, &d->untypeds[i], limit, &own);
        }
        spans_check(r, &own, "addresses", help);
    }
    for (size_t i = 0; d->vm != NULL && i < d->vm->map_count; i++) {
        check_map(r, &d->vm->maps[i], NULL, r->limits->guest_top + 1, &guest);
    }
    spans_check(r, &guest, "addresses", help);
}

/* Can this be mapped with large pages wherever it is mapped? */
static void note_alignment(const struct sk_system_map *maps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (maps[i].region != NULL && maps[i].vaddr.value % SK_SYSTEM_LARGE_PAGE != 0) {
            maps[i].region->is_promoted = false;
        }
    }
}

static void promote_regions(struct sk_system *s)
{
    for (size_t i = 0; i < s->region_count; i++) {
        struct sk_system_region *region = &s->regions[i];
        region->is_promoted = !region->page_size.is_given && region->size.value != 0 &&
                              region->size.value % SK_SYSTEM_LARGE_PAGE == 0 &&
                              region->phys_addr.value % SK_SYSTEM_LARGE_PAGE == 0;
    }
    for (size_t i = 0; i < s->domain_count; i++) {
        const struct sk_system_domain *d = &s->domains[i];
        note_alignment(d->maps, d->map_count);
        if (d->vm != NULL) {
            note_alignment(d->vm->maps, d->vm->map_count);
        }
    }
    for (size_t i = 0; i < s->io_space_count; i++) {
        for (size_t k = 0; k < s->io_spaces[i].map_count; k++) {
            if (s->io_spaces[i].maps[k].region != NULL) {
                s->io_spaces[i].maps[k].region->is_promoted = false;
            }
        }
    }
    for (size_t i = 0; i < s->region_count; i++) {
        if (s->regions[i].is_promoted) {
            s->regions[i].page_size.value = SK_SYSTEM_LARGE_PAGE;
        }
    }
}

void check_maps(struct reader *r)
{
    for (size_t i = 0; i < r->system->domain_count; i++) {
        check_domain_maps(r, &r->system->domains[i]);
    }
    promote_regions(r->system);
}
