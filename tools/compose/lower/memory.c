/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

#include <inttypes.h>
#include <string.h>

enum {
    PAGE_BITS = 12,
    LARGE_BITS = 21,
    CHUNK_FDT = 6,       /* of the boot info */
    PAGES_MAX = 1 << 20, /* more than slots of any root CNode */
};

#define PAGE_SIZE  ((uint64_t)1 << PAGE_BITS)
#define LARGE_SIZE ((uint64_t)1 << LARGE_BITS)

static uint64_t page_up(uint64_t size, unsigned bits)
{
    uint64_t mask = ((uint64_t)1 << bits) - 1;

    return (size + mask) & ~mask;
}

static bool is_large(const struct sk_system_region *r)
{
    return r->page_size.value == LARGE_SIZE;
}

uint64_t sk_lower_region_size(const struct sk_system_region *r,
                              const struct sk_prefill *prefill)
{
    return r->size.is_given ? r->size.value
                            : page_up(prefill->size, is_large(r) ? LARGE_BITS : PAGE_BITS);
}

/* Pages are counted before anything is made for each of them. */
static bool check_count(struct sk_lower *lower, const struct sk_system_region *r)
{
    uint64_t pages = sk_lower_region_size(r, &lower->prefill[r->index]) >>
                     (is_large(r) ? LARGE_BITS : PAGE_BITS);

    if (pages > PAGES_MAX || lower->page_count + pages > PAGES_MAX) {
        diag_error(lower->diag, r->size.is_given ? r->size.at : r->at,
                   is_large(r) ? "make regions smaller" : "page_size=\"0x200000\"",
                   "element 'memory_region', attribute 'size': the regions up to '%s' have "
                   "more than %d pages, and each is a capability",
                   r->name.value, PAGES_MAX);
        return false;
    }
    lower->page_count += (uint32_t)pages;
    return true;
}

static bool check_region(struct sk_lower *lower, const struct sk_system_region *r)
{
    const struct sk_prefill *prefill = &lower->prefill[r->index];
    bool is_filled = prefill->size > 0 || r->prefill_bootinfo != SK_SYSTEM_BOOTINFO_NONE;

    if (r->is_device && is_filled) {
        diag_error(lower->diag, r->phys_addr.at, "delete phys_addr, or the prefill",
                   "element 'memory_region', attribute 'phys_addr': region '%s' is a device, "
                   "which cannot be filled",
                   r->name.value);
        return false;
    }

    if (!r->size.is_given && prefill->size == 0) {
        diag_error(lower->diag, r->prefill_path.at, "give the region a size",
                   "element 'memory_region', attribute 'prefill_path': the file is empty, and "
                   "region '%s' has no size of its own",
                   r->name.value);
        return false;
    }
    if (prefill->size > sk_lower_region_size(r, prefill)) {
        diag_error(lower->diag, r->prefill_path.at,
                   arena_printf(&lower->model->arena, "size=\"0x%" PRIx64 "\"",
                                page_up(prefill->size, PAGE_BITS)),
                   "element 'memory_region', attribute 'prefill_path': the file has %" PRIu64
                   " bytes, region '%s' only 0x%" PRIx64,
                   prefill->size, r->name.value, sk_lower_region_size(r, prefill));
        return false;
    }
    return check_count(lower, r);
}

/* Small pages at no certain address are handed over; others must be written. */
static enum sk_model_source source_of(const struct sk_model_object *o)
{
    if (o->contents.size == 0) {
        return SK_MODEL_ZERO;
    }
    return o->size_bits == PAGE_BITS && o->paddr == SK_MODEL_ANYWHERE ? SK_MODEL_HANDED_OVER
                                                                      : SK_MODEL_COPIED;
}

static bool is_seen_uncached(const struct sk_lower *lower, const struct sk_system_region *r)
{
    for (size_t i = 0; i < lower->system->domain_count; i++) {
        const struct sk_system_domain *d = &lower->system->domains[i];
        for (size_t k = 0; k < d->map_count; k++) {
            if (d->maps[k].region == r && !d->maps[k].cached.value) {
                return true;
            }
        }
    }
    return false;
}

static void add_region(struct sk_lower *lower, const struct sk_system_region *r)
{
    uint8_t size_bits = is_large(r) ? LARGE_BITS : PAGE_BITS;
    uint64_t size = sk_lower_region_size(r, &lower->prefill[r->index]);
    struct sk_model_object object = {
        .kind = SK_MODEL_FRAME,
        .name = r->name.value,
        .count = (uint32_t)(size >> size_bits),
        .size_bits = size_bits,
        .is_device = r->is_device,
        .paddr = r->phys_addr.is_given ? r->phys_addr.value : SK_MODEL_ANYWHERE,
        .domain = SK_MODEL_NONE,
        .place = sk_lower_place(r->at),
        .contents = {.data = lower->prefill[r->index].data,
                     .size = lower->prefill[r->index].size},
    };

    if (r->prefill_bootinfo == SK_SYSTEM_BOOTINFO_FDT) {
        object.contents = (struct sk_model_contents){.size = size, .chunk = CHUNK_FDT + 1};
        object.source = SK_MODEL_COPIED;
    } else {
        object.source = source_of(&object);
    }
    /* What the loader left in caches is seen through them only. */
    if (object.source == SK_MODEL_HANDED_OVER && is_seen_uncached(lower, r)) {
        object.source = SK_MODEL_COPIED;
    }
    lower->region[r->index] = sk_model_add_object(lower->model, &object);
}

static bool do_overlap(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
    return a < b + b_size && b < a + a_size;
}

/* Does the region's file alone say how large it is? Then nobody has looked where it ends. */
static bool has_late_size(const struct sk_system_region *r)
{
    return !r->size.is_given;
}

/* Addresses of regions whose file says how large they are do not overlap with others. */
static void check_addresses(struct sk_lower *lower)
{
    const struct sk_system *system = lower->system;

    for (size_t i = 0; i < system->region_count; i++) {
        const struct sk_system_region *a = &system->regions[i];
        for (size_t k = 0; k < system->region_count; k++) {
            const struct sk_system_region *b = &system->regions[k];
            if (i == k || !has_late_size(a) || (has_late_size(b) && k < i) ||
                !a->phys_addr.is_given || !b->phys_addr.is_given ||
                !do_overlap(a->phys_addr.value, lower->region_size[i], b->phys_addr.value,
                            lower->region_size[k])) {
                continue;
            }
            diag_error(lower->diag, a->phys_addr.at, "move one of them",
                       "element 'memory_region', attribute 'phys_addr': region '%s', as large "
                       "as its file, ends at 0x%" PRIx64 " and overlaps with region '%s'",
                       a->name.value, a->phys_addr.value + lower->region_size[i] - 1,
                       b->name.value);
        }
    }
}

void sk_lower_regions(struct sk_lower *lower)
{
    for (size_t i = 0; i < lower->system->region_count; i++) {
        const struct sk_system_region *r = &lower->system->regions[i];
        lower->region[i] = SK_MODEL_NONE;
        lower->region_size[i] = sk_lower_region_size(r, &lower->prefill[r->index]);
        if (r->use_count > 0 && check_region(lower, r)) {
            add_region(lower, r);
        }
    }
    check_addresses(lower);
}

/* Some pages of a segment that come to their contents in the same way. */
struct run {
    const struct sk_segment *segment;
    uint64_t offset;   /* bytes from the segment's start */
    uint64_t size;     /* bytes */
    uint64_t contents; /* of them, from the run's start; what follows is zero */
    uint8_t size_bits;
};

/* Whose pages are copied, and never written: they are made once if they hold the same. */
static bool is_same(const struct sk_model_object *a, const struct sk_model_object *b)
{
    return a->kind == SK_MODEL_FRAME && a->source == SK_MODEL_COPIED &&
           a->is_shared_read_only && a->count == b->count && a->size_bits == b->size_bits &&
           a->contents.size == b->contents.size &&
           memcmp(a->contents.data, b->contents.data, b->contents.size) == 0;
}

/* The object, or an equal one of another domain, which is then nobody's own. */
static uint32_t add_frames(struct sk_lower *lower, const struct sk_model_object *object)
{
    struct sk_model *model = lower->model;

    for (uint32_t i = 0; i < model->object_count && object->source == SK_MODEL_COPIED &&
                         object->is_shared_read_only;
         i++) {
        if (is_same(&model->object[i], object)) {
            model->object[i].domain = SK_MODEL_NONE;
            return i;
        }
    }
    return sk_model_add_object(model, object);
}

static void add_run(struct sk_lower *lower, unsigned index, const char *what,
                    const struct run *run)
{
    const struct sk_segment *s = run->segment;
    struct sk_model_object object = {
        .kind = SK_MODEL_FRAME,
        .name = arena_printf(&lower->model->arena, "%s.%s_0x%" PRIx64,
                             lower->system->domains[index].name.value, what,
                             s->vaddr + run->offset),
        .count = (uint32_t)(run->size >> run->size_bits),
        .size_bits = run->size_bits,
        .paddr = SK_MODEL_ANYWHERE,
        .domain = index,
        .place = sk_lower_place(lower->system->domains[index].image.at),
        .is_shared_read_only = (s->flags & PF_W) == 0,
        .contents = {.data = run->contents > 0 ? s->bytes + run->offset : NULL,
                     .size = run->contents},
    };

    if (run->size == 0) {
        return;
    }
    object.source = source_of(&object);
    struct sk_model_mapping mapping = {
        .vspace = lower->domain[index].vspace,
        .object = add_frames(lower, &object),
        .count = object.count,
        .vaddr = s->vaddr + run->offset,
        .rights = (uint8_t)(SK_MODEL_READ | (s->flags & PF_W ? SK_MODEL_WRITE : 0)),
        .is_executable = (s->flags & PF_X) != 0,
    };
    sk_model_add_mapping(lower->model, &mapping);
}

/* Small pages: those with contents, and behind them those without. */
static void add_small(struct sk_lower *lower, unsigned index, const struct sk_segment *s,
                      uint64_t offset, uint64_t end, uint64_t contents)
{
    uint64_t filled = contents < offset ? offset : page_up(contents, PAGE_BITS);

    if (filled > end) {
        filled = end;
    }
    add_run(lower, index, "image",
            &(struct run){s, offset, filled - offset,
                          contents < filled ? contents - offset : filled - offset, PAGE_BITS});
    add_run(lower, index, "bss", &(struct run){s, filled, end - filled, 0, PAGE_BITS});
}

/*
 * A segment: large pages where whole ones fit, small ones before and behind. A large page costs
 * two calls and a copy, where 512 small ones would cost 1024 calls.
 */
static void add_segment(struct sk_lower *lower, unsigned index, const struct sk_segment *s)
{
    uint64_t contents = sk_segment_contents(s);
    uint64_t start = page_up(s->vaddr, LARGE_BITS) - s->vaddr;
    uint64_t end = ((s->vaddr + s->size) & ~(LARGE_SIZE - 1)) - s->vaddr;

    if (start >= s->size || end <= start || end > s->size) {
        add_small(lower, index, s, 0, s->size, contents);
        return;
    }
    uint64_t filled = contents < start ? start : page_up(contents - start, LARGE_BITS) + start;
    if (filled > end) {
        filled = end;
    }
    add_small(lower, index, s, 0, start, contents);
    add_run(lower, index, "image",
            &(struct run){s, start, filled - start,
                          contents < filled ? contents - start : filled - start, LARGE_BITS});
    add_run(lower, index, "bss", &(struct run){s, filled, end - filled, 0, LARGE_BITS});
    add_small(lower, index, s, end, s->size, contents);
}

static void map_region(struct sk_lower *lower, unsigned index, const struct sk_system_map *map)
{
    uint32_t region = lower->region[map->region->index];

    if (region == SK_MODEL_NONE) {
        return;
    }
    struct sk_model_mapping mapping = {
        .vspace = lower->domain[index].vspace,
        .object = region,
        .count = lower->model->object[region].count,
        .vaddr = map->vaddr.value,
        /* What is executed or written can be read, too: the processor has it so. */
        .rights =
            (uint8_t)(SK_MODEL_READ | (map->perms & SK_SYSTEM_WRITE ? SK_MODEL_WRITE : 0)),
        .is_executable = (map->perms & SK_SYSTEM_EXECUTE) != 0,
        .is_uncached = !map->cached.value,
    };
    sk_model_add_mapping(lower->model, &mapping);
}

static void map_stack(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_model_object object = {
        .kind = SK_MODEL_FRAME,
        .name = arena_printf(&lower->model->arena, "%s.stack", d->name.value),
        .count = (uint32_t)(d->stack_size.value >> PAGE_BITS),
        .size_bits = PAGE_BITS,
        .paddr = SK_MODEL_ANYWHERE,
        .domain = index,
    };
    struct sk_model_mapping stack = {
        .vspace = lower->domain[index].vspace,
        .object = sk_model_add_object(lower->model, &object),
        .count = object.count,
        .vaddr = sk_system_stack_bottom(lower->user_top, d->stack_size.value),
        .rights = SK_MODEL_READ | SK_MODEL_WRITE,
    };
    struct sk_model_mapping buffer = {
        .vspace = lower->domain[index].vspace,
        .object = lower->domain[index].ipc_frame,
        .count = 1,
        .vaddr = sk_system_ipc_buffer(lower->user_top),
        .rights = SK_MODEL_READ | SK_MODEL_WRITE,
    };

    lower->domain[index].stack = stack.object;
    sk_model_add_mapping(lower->model, &stack);
    sk_model_add_mapping(lower->model, &buffer);
}

static void refuse_map(struct sk_lower *lower, const struct sk_system_map *map,
                       const char *what)
{
    diag_error(lower->diag, map->vaddr.at, "choose another vaddr",
               "element 'map', attribute 'vaddr': region '%s', as large as its file, ends at "
               "0x%" PRIx64 " and overlaps with %s",
               map->mr.value, map->vaddr.value + lower->region_size[map->region->index] - 1,
               what);
}

/* Of regions whose file says how large they are, only now is known where they end. */
static void check_late_map(struct sk_lower *lower, const struct sk_system_domain *d, size_t i)
{
    const struct sk_system_map *map = &d->maps[i];
    uint64_t size = lower->region_size[map->region->index];

    for (size_t k = 0; k < d->map_count; k++) {
        const struct sk_system_map *other = &d->maps[k];
        if (k == i || (k < i && has_late_size(other->region)) ||
            !do_overlap(map->vaddr.value, size, other->vaddr.value,
                        lower->region_size[other->region->index])) {
            continue;
        }
        refuse_map(lower, map,
                   arena_printf(&lower->model->arena, "region '%s'", other->mr.value));
    }
    for (size_t k = 0; k < d->untyped_count; k++) {
        if (do_overlap(map->vaddr.value, size, d->untypeds[k].info_vaddr.value, PAGE_SIZE)) {
            refuse_map(lower, map, "the page of an 'sk:untyped'");
        }
    }
    uint64_t bottom = sk_system_stack_bottom(lower->user_top, d->stack_size.value);
    if (map->vaddr.value + size > bottom) {
        refuse_map(lower, map, "the stack");
    } else if (map->vaddr.value + size == bottom) {
        diag_warning(lower->diag, map->vaddr.at, "leave a page free",
                     "element 'map', attribute 'vaddr': region '%s', as large as its file, "
                     "ends where the stack of '%s' does: an overflow would not fault",
                     map->mr.value, d->name.value);
    }
}

/* What only the program's file can tell: its segments lie in nobody's way. */
static void check_segments(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    const struct sk_program *program = &lower->program[index];
    uint64_t bottom = sk_system_stack_bottom(lower->user_top, d->stack_size.value);

    for (unsigned i = 0; i < program->segment_count; i++) {
        const struct sk_segment *s = &program->segment[i];
        if (s->vaddr + s->size > bottom) {
            diag_error(lower->diag, d->image.at, "link it at a lower address: -Tmicrokit.ld",
                       "element 'program_image', attribute 'path': the segment at 0x%" PRIx64
                       " of %s reaches the stack of domain '%s' at 0x%" PRIx64,
                       s->vaddr, program->path, d->name.value, bottom);
        } else if (s->vaddr + s->size == bottom) {
            diag_warning(
                lower->diag, d->image.at, "link it at a lower address: -Tmicrokit.ld",
                "element 'program_image', attribute 'path': the segment at 0x%" PRIx64
                " of %s ends where the stack of '%s' does: an overflow would not fault",
                s->vaddr, program->path, d->name.value);
        }
        for (size_t k = 0; k < d->map_count; k++) {
            const struct sk_system_map *map = &d->maps[k];
            if (do_overlap(s->vaddr, s->size, map->vaddr.value,
                           lower->region_size[map->region->index])) {
                diag_error(lower->diag, map->vaddr.at,
                           arena_printf(&lower->model->arena, "vaddr=\"0x%" PRIx64 "\"",
                                        page_up(s->vaddr + s->size, LARGE_BITS)),
                           "element 'map', attribute 'vaddr': region '%s' would overlap with "
                           "the segment of %s at 0x%" PRIx64 " to 0x%" PRIx64,
                           map->mr.value, program->path, s->vaddr, s->vaddr + s->size - 1);
            }
        }
        for (size_t k = 0; k < d->untyped_count; k++) {
            const struct sk_system_number *info = &d->untypeds[k].info_vaddr;
            if (do_overlap(s->vaddr, s->size, info->value, PAGE_SIZE)) {
                diag_error(
                    lower->diag, info->at,
                    arena_printf(&lower->model->arena, "info_vaddr=\"0x%" PRIx64 "\"",
                                 page_up(s->vaddr + s->size, LARGE_BITS)),
                    "element 'sk:untyped', attribute 'info_vaddr': the page at 0x%" PRIx64
                    " would overlap with the segment of %s at 0x%" PRIx64 " to 0x%" PRIx64,
                    info->value, program->path, s->vaddr, s->vaddr + s->size - 1);
            }
        }
    }
}

/* Legal, as with Microkit; but whoever writes there by mistake runs it. */
static void warn_of_code(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];

    for (unsigned i = 0; i < lower->program[index].segment_count; i++) {
        const struct sk_segment *s = &lower->program[index].segment[i];
        if ((s->flags & (PF_W | PF_X)) == (PF_W | PF_X)) {
            diag_warning(lower->diag, d->image.at,
                         "give code and data segments of their own, as microkit.ld does",
                         "element 'program_image', attribute 'path': the segment at 0x%" PRIx64
                         " of %s can be both written and executed",
                         s->vaddr, lower->program[index].path);
        }
    }
}

void sk_lower_memory(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    const struct sk_program *program = &lower->program[index];

    check_segments(lower, index);
    warn_of_code(lower, index);
    for (size_t i = 0; i < d->map_count; i++) {
        if (has_late_size(d->maps[i].region)) {
            check_late_map(lower, d, i);
        }
    }
    sk_lower_restore(lower, index);
    for (unsigned i = 0; i < program->segment_count; i++) {
        add_segment(lower, index, &program->segment[i]);
    }
    for (size_t i = 0; i < d->map_count; i++) {
        map_region(lower, index, &d->maps[i]);
    }
    map_stack(lower, index);
}
