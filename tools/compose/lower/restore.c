/* SPDX-License-Identifier: BSD-2-Clause */
#include "lower.h"

#include <string.h>

enum { PIECES = 4, PAGE_BITS = 12 };

#define PAGE_SIZE ((uint64_t)1 << PAGE_BITS)

/* What a start brings into its first state. */
struct pieces {
    struct sk_microkit_restore restore;
    const struct sk_segment *from[PIECES];
    unsigned count;
};

static bool do_meet(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
    return a < b + b_size && b < a + a_size;
}

static void pass(uint64_t *end, uint64_t vaddr, uint64_t size, uint64_t other,
                 uint64_t other_size)
{
    if (do_meet(vaddr, size, other, other_size) && other + other_size > *end) {
        *end = other + other_size;
    }
}

/* The end of whatever lies in [vaddr, vaddr + size), or 0: it is free. */
static uint64_t end_of_obstacle(const struct sk_lower *lower, unsigned index, uint64_t vaddr,
                                uint64_t size)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    const struct sk_program *program = &lower->program[index];
    uint64_t end = 0;

    for (unsigned i = 0; i < program->segment_count; i++) {
        pass(&end, vaddr, size, program->segment[i].vaddr, program->segment[i].size);
    }
    for (size_t i = 0; i < d->map_count; i++) {
        pass(&end, vaddr, size, d->maps[i].vaddr.value,
             lower->region_size[d->maps[i].region->index]);
    }
    for (size_t i = 0; i < d->untyped_count; i++) {
        pass(&end, vaddr, size, d->untypeds[i].info_vaddr.value, PAGE_SIZE);
    }
    return end;
}

static uint64_t page_up(uint64_t n)
{
    return (n + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
}

/* A free address behind the program, where its page tables reach as a rule. */
static uint64_t free_address(const struct sk_lower *lower, unsigned index, uint64_t from,
                             uint64_t size)
{
    uint64_t end;

    while ((end = end_of_obstacle(lower, index, from, size)) != 0) {
        from = page_up(end);
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
        piece.from = free_address(lower, index, *next, page_up(copied));
        *next = piece.from + page_up(copied);
    }
    return piece;
}

/* The writable segments of the program. False: an error was added. */
static bool find_pieces(struct sk_lower *lower, unsigned index, struct pieces *pieces)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    const struct sk_program *program = &lower->program[index];
    uint64_t next = program->segment[0].vaddr;

    for (unsigned i = 0; i < program->segment_count; i++) {
        if ((program->segment[i].flags & PF_W) == 0) {
            continue;
        }
        if (pieces->count == PIECES) {
            diag_error(lower->diag, d->restart_at, "merge sections in the linker script",
                       "domain '%s' is to be restarted, but %s has more than %d writable "
                       "segments",
                       d->name.value, program->path, PIECES);
            return false;
        }
        pieces->from[pieces->count] = &program->segment[i];
        pieces->restore.pieces[pieces->count++] =
            piece_of(lower, index, &program->segment[i], &next);
    }
    /* The page below the stack stays free. */
    if (next >= sk_system_stack_bottom(lower->user_top, d->stack_size.value)) {
        diag_error(lower->diag, d->restart_at, "link the program at a lower address",
                   "domain '%s' is to be restarted, and there is no room for its first state "
                   "between %s and the stack",
                   d->name.value, program->path);
        return false;
    }
    return true;
}

void sk_lower_restore(struct sk_lower *lower, unsigned index)
{
    const struct sk_system_domain *d = &lower->system->domains[index];
    struct sk_program *program = &lower->program[index];
    struct arena *arena = &lower->model->arena;
    struct pieces pieces = {0};
    struct sk_microkit_restore mark;
    struct sk_symbol symbol;

    if (!d->restore.value) {
        return;
    }
    if (!sk_program_symbol(&lower->symbols[index], "sk_microkit_restore", &symbol) ||
        symbol.size != sizeof(mark) || !sk_program_has(program, symbol.vaddr, sizeof(mark))) {
        if (d->restart == SK_SYSTEM_RESTART_UNSAID && !d->restore.is_given) {
            return; /* a child of another library: its parent restarts it as with Microkit */
        }
        diag_error(lower->diag, d->restart_at, "link it with the libmicrokit of this SDK",
                   "domain '%s' is to be restarted, but %s cannot restore its variables",
                   d->name.value, lower->symbols[index].path);
        return;
    }
    /* So that its bytes count as contents, wherever it lies. */
    memset(&mark, 0xff, sizeof(mark));
    sk_program_write(arena, program, symbol.vaddr, &mark, sizeof(mark));
    if (!find_pieces(lower, index, &pieces)) {
        return;
    }
    sk_program_write(arena, program, symbol.vaddr, &pieces.restore, sizeof(pieces.restore));
    for (unsigned i = 0; i < pieces.count; i++) {
        if (pieces.restore.pieces[i].copied > 0) {
            map_copy(lower, index, pieces.from[i], &pieces.restore.pieces[i]);
        }
    }
}
