/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#include <selkie/arch/rt/thread.h>
#include <selkie/arch/rt/vspace.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/env.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/string.h>

#include "elf.h"

#define OWN seL4_CapInitThreadCNode

seL4_CPtr stage_make(sk_blueprint what)
{
    struct sk_source *source = sk_boot_source();
    sk_slots slot;

    sk_assert(source->take_slots(source, 1, &slot) == SK_OK);
    sk_assert(source->make_object(source, what, slot.first) == SK_OK);
    return sk_slot_cptr(slot.first);
}

static seL4_CPtr copy(seL4_CPtr cap)
{
    sk_slots slot;

    sk_assert(sk_boot_source()->take_slots(sk_boot_source(), 1, &slot) == SK_OK);
    sk_assert(seL4_CNode_Copy(OWN, sk_slot_cptr(slot.first), seL4_WordBits, OWN, cap,
                              seL4_WordBits, seL4_AllRights) == seL4_NoError);
    return sk_slot_cptr(slot.first);
}

/* The tables that vaddr needs and no page before it needed, the largest first. */
static void map_tables(struct domain *d, uintptr_t vaddr)
{
    for (unsigned bits = seL4_PageBits + 27; bits > seL4_PageBits; bits -= 9) {
        bool is_there = false;

        for (unsigned i = 0; i < d->page_count; i++) {
            is_there = is_there || d->pages[i].there >> bits == vaddr >> bits;
        }
        if (!is_there) {
            sk_assert(sk_arch_page_table_map(stage_make(sk_blueprint_page_table()),
                                             d->vspace.cptr, vaddr) == seL4_NoError);
        }
    }
}

char *stage_page(struct domain *d, uintptr_t vaddr, bool is_code, bool is_read_only)
{
    struct sk_source *source = sk_boot_source();
    uintptr_t here;

    sk_assert(d->page_count < STAGE_PAGES);
    sk_assert(source->take_pages(source, 1, &here) == SK_OK);
    d->buffer = (sk_frame){copy(source->page_frame(source, here).cptr)};
    map_tables(d, vaddr);
    sk_assert(sk_arch_page_map_as(d->buffer.cptr, d->vspace.cptr, vaddr,
                                  is_code || is_read_only ? seL4_CanRead : seL4_ReadWrite,
                                  is_code) == seL4_NoError);
    d->pages[d->page_count].there = vaddr;
    d->pages[d->page_count].frame = source->page_frame(source, here).cptr;
    d->pages[d->page_count++].here = (char *)here;
    return (char *)here;
}

void stage_share(struct domain *from, uintptr_t there, struct domain *to, uintptr_t vaddr)
{
    unsigned i = 0;

    while (i < from->page_count && from->pages[i].there != there) {
        i++;
    }
    sk_assert(i < from->page_count && to->page_count < STAGE_PAGES);
    map_tables(to, vaddr);
    sk_assert(sk_arch_page_map_as(copy(from->pages[i].frame), to->vspace.cptr, vaddr,
                                  seL4_CanRead, 0) == seL4_NoError);
    to->pages[to->page_count] = from->pages[i];
    to->pages[to->page_count++].there = vaddr;
}

static char *here_of(struct domain *d, uintptr_t vaddr)
{
    for (unsigned i = 0; i < d->page_count; i++) {
        if (vaddr - d->pages[i].there < STAGE_PAGE) {
            return d->pages[i].here + (vaddr - d->pages[i].there);
        }
    }
    sk_panic("%s has nothing at 0x%lx", d->name, vaddr);
}

void stage_poke(struct domain *d, uintptr_t vaddr, const void *from, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        *here_of(d, vaddr + i) = ((const char *)from)[i];
    }
}

void stage_patch(struct domain *d, const char *symbol, size_t offset, const void *from,
                 size_t size)
{
    uintptr_t address = stage_symbol(d->image, symbol);

    sk_assert(address != 0);
    stage_poke(d, address + offset, from, size);
}

void stage_set_bit(struct domain *d, const char *symbol, size_t offset, unsigned n)
{
    uintptr_t address = stage_symbol(d->image, symbol);

    sk_assert(address != 0);
    *here_of(d, address + offset + n / 8) |= (char)(1 << n % 8);
}

static void load(struct domain *d)
{
    const struct header *header = d->image;
    const struct segment *segments = (const void *)((const char *)d->image + header->segments);

    d->entry = header->entry;
    for (unsigned i = 0; i < header->segment_count; i++) {
        const struct segment *s = &segments[i];

        if (s->type != LOAD) {
            continue;
        }
        uintptr_t end = (s->vaddr + s->memory_size + STAGE_PAGE - 1) & -STAGE_PAGE;

        for (uintptr_t at = s->vaddr & -STAGE_PAGE; at < end; at += STAGE_PAGE) {
            stage_page(d, at, (s->flags & EXECUTE) != 0, (s->flags & WRITE) == 0);
        }
        stage_poke(d, s->vaddr, (const char *)d->image + s->offset, s->file_size);
        d->next_address = end > d->next_address ? end : d->next_address;
    }
}

void stage_give(struct domain *d, seL4_Word slot, seL4_CPtr cap, seL4_CapRights_t rights,
                seL4_Word badge)
{
    sk_assert(seL4_CNode_Mint(d->cnode.cptr, slot, (seL4_Uint8)d->cnode_bits, OWN, cap,
                              seL4_WordBits, rights, badge) == seL4_NoError);
}

/* What it waits at, and time. */
static void make_objects(struct domain *d)
{
    struct sk_env env;

    sk_env_get(&env);
    d->notification = stage_make(SK_BLUEPRINT(Notification));
    d->sched_context =
        stage_make((sk_blueprint){seL4_SchedContextObject, seL4_MinSchedContextBits});
    sk_assert(seL4_SchedControl_ConfigureFlags(env.sched_control.cptr, d->sched_context, 1000,
                                               1000, 0, 0x100,
                                               seL4_SchedContext_NoFlag) == seL4_NoError);
    sk_assert(seL4_TCB_BindNotification(d->tcb.cptr, d->notification) == seL4_NoError);
    if (d->is_called) {
        d->endpoint = stage_make(SK_BLUEPRINT(Endpoint));
        stage_give(d, SK_MICROKIT_SLOT_INPUT, d->endpoint, seL4_CanRead, 0);
        stage_give(d, SK_MICROKIT_SLOT_REPLY, stage_make(SK_BLUEPRINT(Reply)), seL4_AllRights,
                   0);
    } else {
        stage_give(d, SK_MICROKIT_SLOT_INPUT, d->notification, seL4_CanRead, 0);
    }
    sk_assert(seL4_SchedContext_Bind(d->sched_context, d->tcb.cptr) == seL4_NoError);
    if (d->is_passive) {
        sk_assert(seL4_SchedContext_Bind(d->sched_context, d->notification) == seL4_NoError);
    }
}

void stage_domain(struct domain *d)
{
    seL4_Bool is_passive = d->is_passive;

    d->cnode_bits = d->cnode_bits == 0 ? 9 : d->cnode_bits;
    d->tcb = (sk_tcb){stage_make(SK_BLUEPRINT(TCB))};
    d->cnode = (sk_cnode){stage_make(sk_blueprint_cnode(d->cnode_bits))};
    d->vspace = (sk_vspace){stage_make(sk_blueprint_vspace())};
    sk_assert(seL4_ARM_ASIDPool_Assign(seL4_CapInitThreadASIDPool, d->vspace.cptr) ==
              seL4_NoError);
    load(d);
    if (!d->is_bare) {
        stage_patch(d, "microkit_name", 0, d->name, strlen(d->name) + 1);
        stage_patch(d, "microkit_passive", 0, &is_passive, sizeof(is_passive));
    }
    make_objects(d);
    for (unsigned i = STAGE_STACK_PAGES; i > 0; i--) {
        stage_page(d, STAGE_STACK - i * STAGE_PAGE, false, false);
    }
}

void stage_notify(struct domain *from, unsigned from_id, struct domain *to, unsigned to_id)
{
    const size_t notifications = offsetof(struct sk_microkit_extension, notifications);
    const size_t wakes = offsetof(struct sk_microkit_extension, wakes);
    seL4_CPtr target = to->notification;

    if (to_id >= SK_MICROKIT_PLAIN_CHANNELS) {
        if (to->groups[to_id / 64] == seL4_CapNull) {
            to->groups[to_id / 64] = stage_make(SK_BLUEPRINT(Notification));
            stage_give(to, SK_MICROKIT_SLOT_GROUP + to_id / 64, to->groups[to_id / 64],
                       seL4_CanRead, 0);
            stage_set_bit(to, "sk_microkit_extension",
                          offsetof(struct sk_microkit_extension, groups), to_id / 64);
        }
        target = to->groups[to_id / 64];
        stage_give(from, sk_microkit_slot_wake(from_id), to->notification,
                   seL4_CapRights_new(0, 0, 0, 1), SK_MICROKIT_BADGE_WAKE);
        stage_set_bit(from, "sk_microkit_extension", wakes, from_id);
    }
    stage_give(from, sk_microkit_slot_notify(from_id), target, seL4_CapRights_new(0, 0, 0, 1),
               sk_microkit_badge_signal(to_id));
    if (from_id < SK_MICROKIT_PLAIN_CHANNELS && to_id < SK_MICROKIT_PLAIN_CHANNELS) {
        stage_set_bit(from, "microkit_notifications", 0, from_id);
    } else {
        stage_set_bit(from, "sk_microkit_extension", notifications, from_id);
    }
}

void stage_call_us(struct domain *from, unsigned from_id, seL4_CPtr endpoint, seL4_Word badge)
{
    stage_give(from, sk_microkit_slot_call(from_id), endpoint, seL4_CapRights_new(1, 0, 0, 1),
               badge);
    if (from_id < SK_MICROKIT_PLAIN_CHANNELS) {
        stage_set_bit(from, "microkit_pps", 0, from_id);
    } else {
        stage_set_bit(from, "sk_microkit_extension",
                      offsetof(struct sk_microkit_extension, calls), from_id);
    }
}

void stage_call(struct domain *from, unsigned from_id, struct domain *to, unsigned to_id)
{
    stage_call_us(from, from_id, to->endpoint, SK_MICROKIT_BADGE_CALL | to_id);
}

seL4_CPtr stage_irq(struct domain *d, unsigned id, seL4_Word number)
{
    seL4_CPtr handler = stage_make(SK_BLUEPRINT(Notification)); /* for its slot */

    sk_assert(seL4_CNode_Delete(OWN, handler, seL4_WordBits) == seL4_NoError);
    sk_assert(seL4_IRQControl_Get(seL4_CapIRQControl, number, OWN, handler, seL4_WordBits) ==
              seL4_NoError);
    stage_give(d, SK_MICROKIT_SLOT_IRQ + id, handler, seL4_AllRights, 0);
    stage_set_bit(d, "microkit_irqs", 0, id);
    return handler;
}

void stage_irq_tell(struct domain *d, unsigned id, seL4_CPtr handler)
{
    sk_assert(seL4_IRQHandler_SetNotification(
                  handler, stage_mint(d->notification, sk_microkit_badge_signal(id))) ==
              seL4_NoError);
}

seL4_CPtr stage_mint(seL4_CPtr cap, seL4_Word badge)
{
    sk_slots slot;

    sk_assert(sk_boot_source()->take_slots(sk_boot_source(), 1, &slot) == SK_OK);
    sk_assert(seL4_CNode_Mint(OWN, sk_slot_cptr(slot.first), seL4_WordBits, OWN, cap,
                              seL4_WordBits, seL4_CapRights_new(1, 0, 0, 1),
                              badge) == seL4_NoError);
    return sk_slot_cptr(slot.first);
}

void stage_signal(struct domain *d, unsigned id)
{
    seL4_Signal(stage_mint(d->notification, sk_microkit_badge_signal(id)));
}

void stage_faults(struct domain *d, seL4_CPtr endpoint, seL4_Word badge)
{
    seL4_CPtr faults = endpoint == seL4_CapNull ? seL4_CapNull : stage_mint(endpoint, badge);

    sk_assert(
        seL4_TCB_SetSpace(d->tcb.cptr, faults, d->cnode.cptr,
                          seL4_CNode_CapData_new(0, seL4_WordBits - d->cnode_bits).words[0],
                          d->vspace.cptr, 0) == seL4_NoError);
}

void stage_child(struct domain *parent, struct domain *child, unsigned id)
{
    stage_faults(child, parent->endpoint, SK_MICROKIT_BADGE_FAULT | id);
    stage_give(parent, SK_MICROKIT_SLOT_CHILD + id, child->tcb.cptr, seL4_AllRights, 0);
}

/* Keep what the writable segments hold now, and say where. */
static void keep(struct domain *d)
{
    const struct header *header = d->image;
    const struct segment *segments = (const void *)((const char *)d->image + header->segments);
    unsigned pieces = 0;

    for (unsigned i = 0; i < header->segment_count; i++) {
        const struct segment *s = &segments[i];
        struct sk_microkit_piece piece = {s->vaddr, d->next_address, s->file_size,
                                          s->memory_size - s->file_size};

        if (s->type != LOAD || (s->flags & WRITE) == 0) {
            continue;
        }
        for (uintptr_t at = 0; at < s->file_size; at += STAGE_PAGE) {
            stage_page(d, d->next_address, false, true);
            d->next_address += STAGE_PAGE;
        }
        for (uintptr_t at = 0; at < s->file_size; at++) {
            *here_of(d, piece.from + at) = *here_of(d, s->vaddr + at);
        }
        stage_patch(d, "sk_microkit_restore", pieces++ * sizeof(piece), &piece, sizeof(piece));
    }
}

void stage_start(struct domain *d)
{
    seL4_UserContext registers = sk_arch_thread_registers(NULL, NULL, STAGE_STACK, 0);

    if (d->is_restored) {
        keep(d);
    }
    stage_page(d, STAGE_BUFFER, false, false);
    registers.pc = d->entry;
    sk_assert(seL4_TCB_SetIPCBuffer(d->tcb.cptr, STAGE_BUFFER, d->buffer.cptr) == seL4_NoError);
    sk_assert(seL4_TCB_SetMCPriority(d->tcb.cptr, seL4_CapInitThreadTCB, d->priority) ==
              seL4_NoError);
    sk_assert(seL4_TCB_SetPriority(d->tcb.cptr, seL4_CapInitThreadTCB, d->priority) ==
              seL4_NoError);
    sk_assert(seL4_TCB_WriteRegisters(d->tcb.cptr, 1, 0, SK_ARCH_REGISTER_COUNT, &registers) ==
              seL4_NoError);
}

void stage_be_last(void)
{
    const seL4_CPtr self = seL4_CapInitThreadTCB;

    sk_assert(seL4_TCB_SetPriority(self, self, 1) == seL4_NoError);
    sk_assert(seL4_TCB_SetPriority(self, self, seL4_MaxPrio) == seL4_NoError);
}
