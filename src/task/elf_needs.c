/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/elf.h>

enum sk_elf_problem sk_elf_place(const struct sk_elf_program *elf,
                                 const struct sk_elf_machine *machine,
                                 const struct sk_elf_plan *plan, struct sk_elf_place *ret_place)
{
    const struct sk_elf_segment *last = &elf->segment[elf->segment_count - 1];
    uint64_t page_size = (uint64_t)1 << machine->page_bits;
    uint64_t image_end = (last->vaddr + last->size + page_size - 1) & -page_size;

    /* Behind the image a guard, the stack, another one, the IPC buffer, and a third. */
    if (image_end > machine->user_end || plan->stack_size > machine->user_end - image_end ||
        4 * page_size > machine->user_end - image_end - plan->stack_size) {
        return SK_ELF_NO_ROOM;
    }
    if (elf->tls_size > plan->stack_size / 2) {
        return SK_ELF_STACK_FOR_TLS;
    }
    *ret_place = (struct sk_elf_place){
        .stack = image_end + page_size,
        .stack_end = image_end + page_size + plan->stack_size,
        .ipc_buffer = image_end + 2 * page_size + plan->stack_size,
    };
    return SK_ELF_GOOD;
}

/* Counts the tables of one level that ranges of ascending addresses need. */
struct table_count {
    uint64_t next; /* the first that is not counted yet */
    uint64_t count;
};

static void count_tables(struct table_count *t, unsigned bits, uint64_t start, uint64_t end)
{
    uint64_t first = start >> bits;
    uint64_t after = ((end - 1) >> bits) + 1;

    if (first < t->next) {
        first = t->next;
    }
    if (first < after) {
        t->count += after - first;
        t->next = after;
    }
}

static uint64_t tables_of(const struct sk_elf_program *elf,
                          const struct sk_elf_machine *machine,
                          const struct sk_elf_place *place)
{
    uint64_t page_size = (uint64_t)1 << machine->page_bits;
    uint64_t count = 0;

    for (unsigned level = 0; level < SK_ELF_TABLE_LEVELS; level++) {
        unsigned bits = machine->table_bits[level];
        struct table_count t = {0};

        for (unsigned i = 0; i < elf->segment_count; i++) {
            const struct sk_elf_segment *s = &elf->segment[i];

            count_tables(&t, bits, s->vaddr, s->vaddr + s->size);
        }
        count_tables(&t, bits, place->stack, place->stack_end);
        count_tables(&t, bits, place->ipc_buffer, place->ipc_buffer + page_size);
        count += t.count;
    }
    return count;
}

static void count_segments(const struct sk_elf_program *elf, unsigned page_bits,
                           struct sk_elf_needs *n)
{
    for (unsigned i = 0; i < elf->segment_count; i++) {
        const struct sk_elf_segment *s = &elf->segment[i];
        uint64_t pages = ((s->vaddr + s->size - 1) >> page_bits) - (s->vaddr >> page_bits) + 1;

        if ((s->rights & SK_ELF_EXECUTE) != 0) {
            n->code_pages += pages;
        } else if ((s->rights & SK_ELF_WRITE) != 0) {
            n->writable_pages += pages;
        } else {
            n->read_only_pages += pages;
        }
    }
}

void sk_elf_needs(const struct sk_elf_program *elf, const struct sk_elf_machine *machine,
                  const struct sk_elf_plan *plan, const struct sk_elf_place *place,
                  struct sk_elf_needs *ret_needs)
{
    struct sk_elf_needs n = {0};

    count_segments(elf, machine->page_bits, &n);
    n.stack_pages = (place->stack_end - place->stack) >> machine->page_bits;
    n.pages = n.code_pages + n.read_only_pages + n.writable_pages + n.stack_pages + 1;
    n.tables = tables_of(elf, machine, place);
    n.objects = n.pages + n.tables + 3;
    n.bytes = ((n.pages + n.tables) << machine->page_bits) +
              ((uint64_t)1 << machine->vspace_bits) + ((uint64_t)1 << machine->tcb_bits) +
              ((uint64_t)1 << (plan->cnode_bits + machine->slot_bits));
    if (plan->has_sched_context) {
        n.objects++;
        n.bytes += (uint64_t)1 << machine->sched_context_bits;
    }
    if (plan->untyped_bits != 0) {
        n.objects++;
        n.bytes += (uint64_t)1 << plan->untyped_bits;
    }
    n.slots = n.objects + 1;
    *ret_needs = n;
}
