/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

#include <string.h>

enum { PIECES = 4, PAGE_BITS = 12 };

#define PAGE_SIZE ((uint64_t)1 << PAGE_BITS)

static bool do_meet(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
    return a < b + b_size && b < a + a_size;
}

/* The end of whatever lies in [vaddr, vaddr + size), or 0: it is free. */
static uint64_t end_of_obstacle(const struct sk_lower *lower, unsigned index, uint64_t vaddr,
                                uint64_t size)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    const struct sk_program *program = &lower->program[index];

    for (unsigned i = 0; i < program->segment_count; i++) {
        const struct sk_segment *s = &program->segment[i];
        if (do_meet(vaddr, size, s->vaddr, s->size)) {
            return s->vaddr + s->size;
        }
    }
    for (size_t i = 0; i < d->map_count; i++) {
        uint64_t region = lower->region_size[d->maps[i].region->index];
        if (do_meet(vaddr, size, d->maps[i].vaddr.value, region)) {
            return d->maps[i].vaddr.value + region;
        }
    }
    return 0;
}

/* A free address behind the program, where its page tables reach as a rule. */
static uint64_t free_address(const struct sk_lower *lower, unsigned index, uint64_t from,
                             uint64_t size)
{
    uint64_t end;

    while ((end = end_of_obstacle(lower, index, from, size)) != 0) {
        from = (end + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
    }
    return from;
}

/* A copy of what a segment starts with, for reading. */
static void map_copy(struct sk_lower *lower, unsigned index, const struct sk_segment *s,
                     const struct sk_microkit_piece *piece)
{
    struct sk_model_object object = {
        .kind = SK_MODEL_FRAME,
        .name = arena_printf(&lower->model->arena, "%s.first_state_0x%llx",
                             lower->system->domains[index].name.value,
                             (unsigned long long)s->vaddr),
        .count = (uint32_t)((piece->copied + PAGE_SIZE - 1) >> PAGE_BITS),
        .size_bits = PAGE_BITS,
        .is_shared_read_only = true,
        .paddr = SK_MODEL_ANYWHERE,
        .domain = index,
        .source = SK_MODEL_HANDED_OVER,
        .contents = {.data = s->bytes, .size = piece->copied},
    };
    struct sk_model_mapping mapping = {
        .vspace = lower->domain[index].vspace,
        .object = sk_model_add_object(lower->model, &object),
        .count = object.count,
        .vaddr = piece->from,
        .rights = SK_MODEL_READ,
    };

    sk_model_add_mapping(lower->model, &mapping);
}

/* What a start copies and clears of a segment. */
static struct sk_microkit_piece piece_of(const struct sk_lower *lower, unsigned index,
                                         const struct sk_segment *s, uint64_t *next)
{
    uint64_t copied = sk_segment_contents(s);
    struct sk_microkit_piece piece = {
        .to = s->vaddr,
        .copied = copied,
        .cleared = s->size - copied,
    };

    if (copied > 0) {
        piece.from = free_address(lower, index, *next, copied);
        *next = (piece.from + copied + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
    }
    return piece;
}

void sk_lower_restore(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_program *program = &lower->program[index];
    struct sk_microkit_restore restore = {0};
    const struct sk_segment *from[PIECES];
    struct sk_symbol symbol;
    uint64_t next = program->segment[0].vaddr;
    unsigned count = 0;

    if (d->restart != SK_SYSTEM_RESTART_ALWAYS && d->restart != SK_SYSTEM_RESTART_LIMITED) {
        return;
    }
    if (!sk_program_symbol(&lower->symbols[index], "sk_microkit_restore", &symbol) ||
        symbol.size != sizeof(restore) ||
        sk_program_at(program, symbol.vaddr, sizeof(restore)) == NULL) {
        diag_error(lower->diag, d->restart_at, "link it with the libmicrokit of this SDK",
                   "domain '%s' is to be restarted, but %s cannot restore its variables",
                   d->name.value, lower->symbols[index].path);
        return;
    }
    for (unsigned i = 0; i < program->segment_count; i++) {
        if ((program->segment[i].flags & PF_W) == 0) {
            continue;
        }
        if (count == PIECES) {
            diag_error(lower->diag, d->restart_at, "merge sections in the linker script",
                       "domain '%s' is to be restarted, but %s has more than %d writable "
                       "segments",
                       d->name.value, program->path, PIECES);
            return;
        }
        from[count] = &program->segment[i];
        restore.pieces[count] = piece_of(lower, index, from[count], &next);
        count++;
    }
    memcpy(sk_program_at(program, symbol.vaddr, sizeof(restore)), &restore, sizeof(restore));
    for (unsigned i = 0; i < count; i++) {
        if (restore.pieces[i].copied > 0) {
            map_copy(lower, index, from[i], &restore.pieces[i]);
        }
    }
}
