/*
 * What is mapped in domains' address spaces: a thread in them loads, stores, and jumps there.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "probe.h"

#define PAGE    (1ul << seL4_PageBits)
#define LARGE   (1ul << seL4_LargePageBits)
#define ENTRIES (1ul << seL4_PageTableIndexBits)

/* What a page begins with while it is tried: an undefined instruction, and a number. */
#define MARK_CODE  0x1234u
#define MARK_SHIFT 32

/* What the walker does, each followed by an undefined instruction. */
static const uint32_t code[] = {
    0xf9400020, 0, /* ldr x0, [x1] */
    0xf9000022, 0, /* str x2, [x1] */
};
enum { LOAD = 0, STORE = 8 }; /* offsets */

#define REGISTERS (sizeof(seL4_UserContext) / sizeof(seL4_Word))

/* Let the walker run from pc on, with an address in x1; does it get over the instruction? */
static bool step(struct probe *p, uint64_t pc, uint64_t vaddr, uint64_t value,
                 uint64_t *ret_loaded)
{
    seL4_CPtr walker = probe_slot(p, SLOT_WALKER);
    seL4_UserContext context = {.pc = pc, .x1 = vaddr, .x2 = value};
    seL4_MessageInfo_t info;

    (void)seL4_TCB_WriteRegisters(walker, 1, 0, REGISTERS, &context);
    info = seL4_NBRecv(probe_slot(p, SLOT_ENDPOINT), NULL, probe_slot(p, SLOT_REPLY));
    if (seL4_MessageInfo_get_label(info) != seL4_Fault_UserException) {
        return false;
    }
    if (ret_loaded != NULL) {
        (void)seL4_TCB_ReadRegisters(walker, 0, 0, REGISTERS, &context);
        *ret_loaded = context.x0;
    }
    return true;
}

/* A frame, shown at a window of ours by a copy of its capability. */
static volatile uint64_t *show(struct probe *p, seL4_CPtr frame, bool is_large)
{
    uint64_t window = is_large ? p->in->large_window : p->in->window;

    if (probe_mint(p, SLOT_MADE, frame, 0) != seL4_NoError ||
        seL4_ARM_Page_Map(probe_slot(p, SLOT_MADE), seL4_CapInitThreadVSpace, window,
                          seL4_ReadWrite, seL4_ARM_Default_VMAttributes) != seL4_NoError) {
        return NULL;
    }
    return (volatile uint64_t *)window;
}

static void settle(const struct probe *p)
{
    (void)seL4_ARM_Page_Unify_Instruction(probe_slot(p, SLOT_MADE), 0, PAGE);
}

/* Which rights has the walker to what is at vaddr, if that is this frame? */
static void try_page(struct probe *p, uint64_t vaddr, seL4_CPtr frame, uint64_t paddr,
                     bool is_large)
{
    volatile uint64_t *shown = show(p, frame, is_large);
    uint64_t number = ++p->mark_count, loaded = 0, before;
    uint64_t mark = number << MARK_SHIFT | MARK_CODE;
    bool may_read, may_write, may_execute;

    if (shown == NULL) {
        probe_print(p, "frame_0x%lx (not shown)", paddr);
        return;
    }
    before = *shown;
    *shown = mark;
    settle(p);
    may_read = step(p, p->free_vaddr + LOAD, vaddr, 0, &loaded);
    may_execute = step(p, vaddr, 0, 0, NULL);
    may_write = step(p, p->free_vaddr + STORE, vaddr, ~mark, NULL) && *shown == ~mark;
    *shown = before;
    settle(p);
    probe_delete(p, SLOT_MADE);
    if (may_read && loaded != mark) {
        probe_print(p, "another, not frame_0x%lx", paddr);
        return;
    }
    probe_print(p, "frame_0x%lx (%s%s%s)", paddr, may_read ? "R" : "", may_write ? "W" : "",
                may_execute ? "X" : "");
}

/* Nothing goes over the end of a page that is there, small or large. */
static bool is_mapped(struct probe *p, uint32_t vspace, uint64_t vaddr, uint64_t size)
{
    uint64_t end = vaddr + size;

    return seL4_ARM_VSpace_Clean_Data(probe_object(p, vspace), end - PAGE / 2,
                                      end + PAGE / 2) == seL4_RangeError;
}

static bool is_taken(struct probe *p, uint32_t vspace)
{
    return is_mapped(p, vspace, p->free_vaddr, PAGE);
}

void probe_find_free(struct probe *p)
{
    p->free_vaddr = p->threads[0].ipc_vaddr;
    do {
        p->free_vaddr -= PAGE;
    } while (probe_each(p, SK_SPEC_VSPACE, is_taken) != SK_SPEC_NONE);
}

/* Pages are tried in the order of the table of maps; what else is there is no page of it. */
static bool is_described(const struct probe *p, uint32_t vspace, uint64_t vaddr)
{
    const struct sk_spec_map *m = sk_spec_at(p->in->spec, SK_SPEC_MAPS);

    for (uint32_t n = 0; n < p->in->spec->section[SK_SPEC_MAPS].count; n++) {
        if (m[n].vspace == vspace && vaddr >= m[n].vaddr &&
            vaddr < m[n].vaddr + ((uint64_t)m[n].count << m[n].size_bits)) {
            return true;
        }
    }
    return false;
}

static void try_map(struct probe *p, const struct sk_spec_map *m)
{
    for (uint32_t n = 0; n < m->count; n++) {
        uint64_t vaddr = m->vaddr + ((uint64_t)n << m->size_bits);
        seL4_CPtr frame = m->source == SK_SPEC_OBJECT ? init_object(p->in, m->first + n)
                                                      : init_page(p->in, m->first + n);
        uint64_t paddr = seL4_ARM_Page_GetAddress(frame).paddr;

        p->slot = vaddr;
        if (probe_is_device(p, paddr)) {
            probe_print(p, "frame_0x%lx (device)", paddr);
        } else {
            try_page(p, vaddr, frame, paddr, m->size_bits != seL4_PageBits);
        }
    }
}

/* Is this span of 2 MiB one of small pages? */
static bool has_table(const struct probe *p, uint32_t vspace, uint64_t vaddr)
{
    const struct sk_spec_tables *t = sk_spec_at(p->in->spec, SK_SPEC_TABLES);

    for (uint32_t n = 0; n < p->in->spec->section[SK_SPEC_TABLES].count; n++) {
        if (t[n].vspace == vspace && t[n].span_bits == seL4_LargePageBits &&
            vaddr >= t[n].vaddr && vaddr < t[n].vaddr + t[n].count * LARGE) {
            return true;
        }
    }
    return false;
}

/* Look at all entries of the tables that there are: at the last page of programs nobody can. */
static void find_others(struct probe *p, const struct sk_spec_tables *t)
{
    bool is_small = t->span_bits == seL4_LargePageBits;
    uint64_t size = is_small ? PAGE : LARGE;

    for (uint64_t n = 0; n < t->count * ENTRIES; n++) {
        uint64_t vaddr = t->vaddr + n * size;

        if (is_mapped(p, t->vspace, vaddr, size) && !is_described(p, t->vspace, vaddr) &&
            (is_small || !has_table(p, t->vspace, vaddr))) {
            p->slot = vaddr;
            probe_print(p, "another");
        }
    }
}

static void put_code(struct probe *p)
{
    volatile uint32_t *shown = (void *)show(p, probe_slot(p, SLOT_FRAME), false);

    for (unsigned n = 0; n < sizeof(code) / sizeof(code[0]); n++) {
        shown[n] = code[n];
    }
    settle(p);
    probe_delete(p, SLOT_MADE);
}

static bool probe_space(struct probe *p, uint32_t vspace)
{
    const struct sk_spec_map *m = sk_spec_at(p->in->spec, SK_SPEC_MAPS);
    const struct sk_spec_tables *t = sk_spec_at(p->in->spec, SK_SPEC_TABLES);

    probe_begin("pgd", vspace);
    (void)seL4_TCB_SetSpace(probe_slot(p, SLOT_WALKER), probe_slot(p, SLOT_FAULTS),
                            seL4_CapInitThreadCNode, 0, probe_object(p, vspace), 0);
    for (uint32_t n = 0; n < p->in->spec->section[SK_SPEC_TABLES].count; n++) {
        if (t[n].vspace == vspace && t[n].span_bits <= seL4_HugePageBits) {
            find_others(p, &t[n]);
        }
    }
    (void)seL4_ARM_Page_Map(probe_slot(p, SLOT_FRAME), probe_object(p, vspace), p->free_vaddr,
                            seL4_CanRead, seL4_ARM_Default_VMAttributes);
    for (uint32_t n = 0; n < p->in->spec->section[SK_SPEC_MAPS].count; n++) {
        if (m[n].vspace == vspace) {
            try_map(p, &m[n]);
        }
    }
    (void)seL4_ARM_Page_Unmap(probe_slot(p, SLOT_FRAME));
    probe_end();
    return false;
}

void probe_spaces(struct probe *p)
{
    put_code(p);
    probe_each(p, SK_SPEC_VSPACE, probe_space);
}
