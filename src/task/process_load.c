/* SPDX-License-Identifier: BSD-2-Clause */
#include "process.h"

/*
 * Map a page of the process, after the tables on the way to it. Pages come by ascending
 * address, so a table that is not the last of its level is not there yet: as sk_elf_needs()
 * counts.
 */
static sk_err map(struct spawn *s, sk_frame page, uintptr_t vaddr, enum sk_rights rights)
{
    for (unsigned level = 0; level < SK_ELF_TABLE_LEVELS; level++) {
        uint64_t after = (vaddr >> sk_arch_elf_machine.table_bits[level]) + 1;

        if (after > s->table_end[level]) {
            sk_slot table = sk_process_slot_table(s->p, s->tables_used++);

            SK_TRY(sk_arch_process_map_table((sk_page_table){sk_slot_cptr(table)}, s->p->vspace,
                                             vaddr));
            s->table_end[level] = after;
        }
    }
    return sk_arch_process_map(page, s->p->vspace, vaddr, rights);
}

static sk_frame next_page(struct spawn *s)
{
    return (sk_frame){sk_slot_cptr(sk_process_slot_page(s->p, s->pages_used++))};
}

/* Look at a page through the parent's window, until it is closed. */
static sk_err open_window(const struct spawn *s, sk_frame page, char **ret_here)
{
    SK_TRY(sk_arch_process_map(page, s->parent->env.vspace, s->parent->window, SK_RW));
    *ret_here = (char *)s->parent->window;
    return SK_OK;
}

static sk_err close_window(sk_frame page)
{
    return sk_arch_process_unmap(page);
}

/* Copy what the file has for the page at vaddr. Its other bytes are zero already. */
static sk_err fill(const struct spawn *s, const struct sk_elf_segment *segment, uintptr_t vaddr,
                   sk_frame page)
{
    uintptr_t from = vaddr > segment->vaddr ? vaddr : segment->vaddr;
    uintptr_t to = segment->vaddr + segment->file_size;
    char *here;

    if (to > vaddr + PAGE_SIZE) {
        to = vaddr + PAGE_SIZE;
    }
    if (from >= to) {
        return SK_OK;
    }
    SK_TRY(open_window(s, page, &here));
    __builtin_memcpy(here + (from - vaddr), s->file + segment->offset + (from - segment->vaddr),
                     to - from);
    if ((segment->rights & SK_ELF_EXECUTE) != 0) {
        SK_TRY(sk_arch_process_sync_code(page));
    }
    return close_window(page);
}

static enum sk_rights rights_of(const struct sk_elf_segment *segment)
{
    if ((segment->rights & SK_ELF_EXECUTE) != 0) {
        return SK_RX;
    }
    return (segment->rights & SK_ELF_WRITE) != 0 ? SK_RW : SK_READ;
}

static sk_err load_segment(struct spawn *s, const struct sk_elf_segment *segment)
{
    uintptr_t last = (segment->vaddr + segment->size - 1) & -PAGE_SIZE;

    for (uintptr_t vaddr = segment->vaddr & -PAGE_SIZE; vaddr <= last; vaddr += PAGE_SIZE) {
        sk_frame page = next_page(s);

        SK_TRY(fill(s, segment, vaddr, page));
        SK_TRY(map(s, page, vaddr, rights_of(segment)));
    }
    return SK_OK;
}

static sk_err load_stack(struct spawn *s)
{
    const struct sk_elf_place *place = &s->p->place;

    for (uintptr_t vaddr = place->stack; vaddr < place->stack_end; vaddr += PAGE_SIZE) {
        sk_frame page = next_page(s);
        char *here;

        if (vaddr + PAGE_SIZE > s->top.sp) {
            SK_TRY(open_window(s, page, &here));
            sk_stack_top_write(&s->top, vaddr, here, PAGE_SIZE);
            SK_TRY(close_window(page));
        }
        SK_TRY(map(s, page, vaddr, SK_RW));
    }
    return SK_OK;
}

sk_err sk_process_load(struct spawn *s, sk_frame *ret_ipc_buffer)
{
    for (unsigned i = 0; i < s->program.segment_count; i++) {
        SK_TRY(load_segment(s, &s->program.segment[i]));
    }
    SK_TRY(load_stack(s));
    *ret_ipc_buffer = next_page(s);
    return map(s, *ret_ipc_buffer, s->p->place.ipc_buffer, SK_RW);
}
