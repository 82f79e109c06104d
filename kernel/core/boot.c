/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/boot.h"

#include <sel4/bootinfo_types.h>
#include <sel4/types.h>

#include "core/boot_memory.h"
#include "core/budget.h"
#include "core/debug.h"
#include "core/derive.h"
#include "core/domain.h"
#include "core/sched.h"
#include "core/vspace.h"
#include "object/cnode.h"
#include "object/tcb.h"
#include "object/untyped.h"

#define PAGE       4096ull
#define ROOT_ASID  1u
#define CNODE_BITS SK_CFG_ROOT_CNODE_SIZE_BITS

/* What is being built. */
struct boot {
    struct kernel *k;
    const struct boot_image *image;
    struct boot_memory memory;
    struct slot *slots; /* of the root CNode */
    uint64_t next_slot;
    seL4_BootInfo *info;
    uint64_t image_start; /* virtual, like the others */
    uint64_t buffer;
    uint64_t info_start;
    uint64_t extra_start;
    uint64_t extra_bytes; /* what the header and the device tree need */
    uint64_t end;
    struct page_table *root;
};

static uint64_t page_up(uint64_t n)
{
    return (n + PAGE - 1) & ~(PAGE - 1);
}

static void plan(struct boot *b)
{
    uint64_t image_end = b->image->user.end - b->image->pv_offset;

    b->image_start = b->image->user.start - b->image->pv_offset;
    b->buffer = image_end;
    b->info_start = b->buffer + PAGE;
    b->extra_start = b->info_start + seL4_BootInfoFrameSize;
    if (b->image->dtb_start != 0 && b->image->dtb_bytes != 0) {
        b->extra_bytes = sizeof(seL4_BootInfoHeader) + b->image->dtb_bytes;
    }
    b->end = b->extra_start + page_up(b->extra_bytes);
}

/* Page tables needed below the root at one level. */
static uint64_t tables_at(const struct boot *b, unsigned level)
{
    unsigned shift = sk_arch_pt_shift(level - 1);

    return ((b->end - 1) >> shift) - (b->image_start >> shift) + 1;
}

static unsigned extra_bits(const struct boot *b)
{
    unsigned bits = seL4_PageBits;

    while (b->extra_bytes > 1ull << bits) {
        bits++;
    }
    return bits;
}

static uint64_t tables(const struct boot *b)
{
    return tables_at(b, 1) + tables_at(b, 2) + tables_at(b, 3);
}

/* Slots that are taken before those of untyped memory, which has to do with what is left. */
static uint64_t slots_needed(const struct boot *b)
{
    uint64_t pages = (b->end - b->image_start) / PAGE;

    return seL4_NumInitialCaps + tables(b) + 1 + pages; /* 1: scheduling control */
}

static uint64_t objects_bytes(const struct boot *b)
{
    return (1ull << (CNODE_BITS + seL4_SlotBits)) +
           (b->extra_bytes != 0 ? 1ull << extra_bits(b) : 0) + (4 + tables(b)) * PAGE +
           (1ull << seL4_TCBBits) + (1ull << seL4_MinSchedContextBits);
}

/* A new object for the first thread; the sizes come in falling order, so all are aligned. */
static kcap make(struct boot *b, uint64_t type, uint64_t size_bits)
{
    uint64_t bytes = 1ull << sk_kuntyped_object_bits(type, size_bits);
    uint64_t paddr = sk_kboot_take(&b->memory, bytes);

    sk_arch_zero(&b->k->machine, sk_arch_phys(&b->k->machine, paddr), bytes);
    return sk_kuntyped_make(b->k, type, paddr, size_bits, false);
}

static void put_at(struct boot *b, struct slot *s, kcap c)
{
    sk_kderive_insert(&b->k->derivations, s, c, true);
}

static struct slot *put(struct boot *b, kcap c)
{
    struct slot *s = &b->slots[b->next_slot++];

    put_at(b, s, c);
    return s;
}

static void map(struct boot *b, kcap frame, uint64_t vaddr)
{
    struct pt_walk w = sk_kvspace_walk(b->k, b->root, vaddr, SK_ARCH_PT_LEAF_LEVEL);

    *w.entry = sk_arch_pte_frame(cap_addr(frame), SK_ARCH_PT_LEAF_LEVEL, false, true, true,
                                 seL4_ARM_Default_VMAttributes);
}

/* A frame of the first thread that is mapped in its VSpace, into a slot. */
static void put_frame(struct boot *b, struct slot *s, uint64_t paddr, uint64_t vaddr)
{
    kcap frame = cap_with_mapping(cap_frame(paddr, 0, false), ROOT_ASID, vaddr);

    map(b, frame, vaddr);
    put_at(b, s, frame);
}

static seL4_SlotRegion region_from(const struct boot *b, uint64_t start)
{
    return (seL4_SlotRegion){start, b->next_slot};
}

/* Page tables from the root down, each level in order of address. */
static void make_tables(struct boot *b)
{
    uint64_t first = b->next_slot;

    for (unsigned level = 1; level <= SK_ARCH_PT_LEAF_LEVEL; level++) {
        unsigned shift = sk_arch_pt_shift(level - 1);
        uint64_t vaddr = b->image_start >> shift << shift;

        for (; vaddr < b->end; vaddr += 1ull << shift) {
            struct pt_walk w = sk_kvspace_walk(b->k, b->root, vaddr, level - 1);
            kcap table = make(b, seL4_ARM_PageTableObject, 0);

            *w.entry = sk_arch_pte_table(sk_arch_paddr(&b->k->machine, cap_object(table)));
            put(b, cap_with_mapping(table, ROOT_ASID, vaddr));
        }
    }
    b->info->userImagePaging = region_from(b, first);
}

static void copy_bytes(unsigned char *to, const unsigned char *from, uint64_t count)
{
    for (; count >= 8 && ((uintptr_t)from & 7) == 0 && ((uintptr_t)to & 7) == 0; count -= 8) {
        *(uint64_t *)to = *(const uint64_t *)from;
        to += 8;
        from += 8;
    }
    for (; count != 0; count--) {
        *to++ = *from++;
    }
}

/* The device tree, behind its header, in pages of its own. */
static void make_extra(struct boot *b, uint64_t paddr)
{
    const struct sk_arch_machine *m = &b->k->machine;
    uint64_t first = b->next_slot;

    if (b->extra_bytes != 0) {
        seL4_BootInfoHeader *header = sk_arch_phys(m, paddr);

        header->id = SEL4_BOOTINFO_HEADER_FDT;
        header->len = b->extra_bytes;
        copy_bytes((unsigned char *)(header + 1), sk_arch_phys(m, b->image->dtb_start),
                   b->image->dtb_bytes);
    }
    for (uint64_t at = 0; at < b->extra_bytes; at += PAGE) {
        put_frame(b, &b->slots[b->next_slot++], paddr + at, b->extra_start + at);
    }
    b->info->extraLen = b->extra_bytes;
    b->info->extraBIPages = region_from(b, first);
}

static void make_image_frames(struct boot *b)
{
    uint64_t first = b->next_slot;
    uint64_t bytes = b->image->user.end - b->image->user.start;

    for (uint64_t at = 0; at < bytes; at += PAGE) {
        put_frame(b, &b->slots[b->next_slot++], b->image->user.start + at, b->image_start + at);
    }
    b->info->userImageFrames = region_from(b, first);
}

static void make_thread(struct boot *b, kcap thread, kcap context)
{
    struct kernel *k = b->k;
    struct tcb *t = cap_object(thread);
    struct sched_context *sc = cap_object(context);
    uint64_t slice = budget_ticks(SK_CFG_BOOT_THREAD_TIME_SLICE * 1000ull);
    static const char name[] = "rootserver";

    put_at(b, &b->slots[seL4_CapInitThreadTCB], thread);
    put_at(b, &b->slots[seL4_CapInitThreadSC], context);
    sk_kcnode_insert(&b->slots[seL4_CapInitThreadCNode], &t->slots[TCB_CSPACE],
                     b->slots[seL4_CapInitThreadCNode].cap);
    sk_kcnode_insert(&b->slots[seL4_CapInitThreadVSpace], &t->slots[TCB_VSPACE],
                     b->slots[seL4_CapInitThreadVSpace].cap);
    sk_kcnode_insert(&b->slots[seL4_CapInitThreadIPCBuffer], &t->slots[TCB_BUFFER],
                     cap_without_mapping(b->slots[seL4_CapInitThreadIPCBuffer].cap));
    copy_bytes((unsigned char *)t->name, (const unsigned char *)name, sizeof(name));
    t->buffer_vaddr = b->buffer;
    t->priority = seL4_MaxPrio;
    t->max_priority = seL4_MaxPrio;
    t->state = THREAD_RUNNING;
    sk_arch_set_pc(&t->context, b->image->entry);
    sk_arch_set_argument(&t->context, b->info_start);
    sk_kbudget_configure(sc, sk_arch_now(&k->machine), slice, slice, 2);
    sc->tcb = t;
    t->sched_context = sc;
    sk_ksched_enqueue_tail(k, t);
}

static void put_untyped(struct boot *b, uint64_t start, unsigned bits, bool is_device)
{
    uint64_t n = b->next_slot - b->info->untyped.start;

    if (n == SK_CFG_MAX_NUM_BOOTINFO_UNTYPED_CAPS || b->next_slot == 1ull << CNODE_BITS) {
        return; /* the rest of the memory stays unused */
    }
    b->info->untypedList[n] =
        (seL4_UntypedDesc){.paddr = start, .sizeBits = (seL4_Uint8)bits, .isDevice = is_device};
    put(b, cap_untyped(start, bits, is_device, 0));
}

/* Cut [start, end) into untypeds, each as large as its alignment allows. */
static void put_untypeds(struct boot *b, struct boot_range r, bool is_device, uint64_t bias)
{
    uint64_t at =
        (r.start + (1u << seL4_MinUntypedBits) - 1) & ~((1ull << seL4_MinUntypedBits) - 1);

    while (at < r.end && r.end - at >= 1u << seL4_MinUntypedBits) {
        unsigned bits = 63 - (unsigned)__builtin_clzll(r.end - at);
        unsigned aligned = at + bias == 0 ? 64 : (unsigned)__builtin_ctzll(at + bias);

        bits = aligned < bits ? aligned : bits;
        bits = bits < seL4_MaxUntypedBits ? bits : seL4_MaxUntypedBits;
        put_untyped(b, at, bits, is_device);
        at += 1ull << bits;
    }
}

static void make_untypeds(struct boot *b, const struct boot_platform *p)
{
    b->info->untyped.start = b->next_slot;
    for (unsigned n = 0; n < p->device_count; n++) {
        put_untypeds(b, p->devices[n], true, p->alignment_bias);
    }
    for (unsigned n = 0; n < b->memory.count; n++) {
        put_untypeds(b, b->memory.free[n], false, p->alignment_bias);
    }
    b->info->untyped.end = b->next_slot;
}

static void make_fixed(struct boot *b, kcap cnode, kcap pool)
{
    struct kernel *k = b->k;
    struct slot *vspace = &b->slots[seL4_CapInitThreadVSpace];

    put_at(b, &b->slots[seL4_CapInitThreadCNode],
           cap_cnode(cap_cnode_slots(cnode), CNODE_BITS, 0, 64 - CNODE_BITS));
    put_at(b, &b->slots[seL4_CapIRQControl], cap_make(CAP_IRQ_CONTROL, 0, 0, 0));
    put_at(b, &b->slots[seL4_CapASIDControl], cap_make(CAP_ASID_CONTROL, 0, 0, 0));
    put_at(b, &b->slots[seL4_CapInitThreadASIDPool], pool);
    put_at(b, &b->slots[seL4_CapDomain], cap_make(CAP_DOMAIN, 0, 0, 0));
    k->asid_pools[0] = cap_object(pool);
    sk_kasid_assign(k, vspace, ROOT_ASID);
}

static void fill_info(struct boot *b)
{
    b->info->numNodes = 1;
    b->info->ipcBuffer = (seL4_IPCBuffer *)(uintptr_t)b->buffer;
    b->info->initThreadCNodeSizeBits = CNODE_BITS;
    b->info->empty = (seL4_SlotRegion){b->next_slot, 1ull << CNODE_BITS};
}

/* Objects in falling order of size, as far as the memory goes; then their capabilities. */
static void build(struct boot *b, const struct boot_platform *p)
{
    struct kernel *k = b->k;
    kcap cnode = make(b, seL4_CapTableObject, CNODE_BITS);
    uint64_t extra = b->extra_bytes != 0 ? sk_kboot_take(&b->memory, 1ull << extra_bits(b)) : 0;
    kcap vspace = make(b, seL4_ARM_VSpaceObject, 0);
    kcap pool = cap_make(CAP_ASID_POOL, cap_addr(make(b, seL4_ARM_PageTableObject, 0)), 0, 0);
    uint64_t buffer = cap_addr(make(b, seL4_ARM_SmallPageObject, 0));
    uint64_t info = cap_addr(make(b, seL4_ARM_SmallPageObject, 0));
    uint64_t first;
    kcap thread, context;

    b->slots = cap_cnode_slots(cnode);
    b->root = cap_object(vspace);
    b->info = sk_arch_phys(&k->machine, info);
    b->next_slot = seL4_NumInitialCaps;
    put_at(b, &b->slots[seL4_CapInitThreadVSpace], vspace);
    make_fixed(b, cnode, pool);
    make_tables(b);
    thread = make(b, seL4_TCBObject, 0);
    context = make(b, seL4_SchedContextObject, seL4_MinSchedContextBits);
    put_frame(b, &b->slots[seL4_CapInitThreadIPCBuffer], buffer, b->buffer);
    put_frame(b, &b->slots[seL4_CapBootInfoFrame], info, b->info_start);
    if (b->extra_bytes != 0) {
        sk_arch_zero(&k->machine, sk_arch_phys(&k->machine, extra), 1ull << extra_bits(b));
    }
    make_extra(b, extra);
    first = b->next_slot;
    put(b, cap_make(CAP_SCHED_CONTROL, 0, 0, 0));
    b->info->schedcontrol = region_from(b, first);
    make_image_frames(b);
    make_untypeds(b, p);
    fill_info(b);
    make_thread(b, thread, context);
}

static bool refuse(struct kernel *k, const char *why)
{
    sk_kdebug_print(k, "Selkie development kernel: cannot boot: ");
    sk_kdebug_print(k, why);
    sk_kdebug_print(k, "\n");
    return false;
}

bool sk_kernel_boot(struct kernel *k, const struct boot_platform *p, const struct boot_image *i)
{
    struct boot b = {.k = k, .image = i};
    struct boot_range dtb = {i->dtb_start, i->dtb_start + i->dtb_bytes};

    if (i->user.start >= i->user.end || ((i->user.start | i->user.end) & (PAGE - 1)) != 0 ||
        (i->pv_offset & (PAGE - 1)) != 0) {
        return refuse(k, "the user image is not whole pages");
    }
    plan(&b);
    if (b.image_start >= b.end || b.end > seL4_UserTop) {
        return refuse(k, "the user image does not fit into the user's address space");
    }
    if (slots_needed(&b) > 1ull << CNODE_BITS) {
        return refuse(k, "the user image has more pages than the root CNode has slots");
    }
    k->ram_start = p->memory[0].start;
    k->ram_end = p->memory[p->memory_count - 1].end;
    b.memory = (struct boot_memory){0};
    for (unsigned n = 0; n < p->memory_count; n++) {
        sk_kboot_add(&b.memory, p->memory[n]);
    }
    sk_kboot_reserve(&b.memory, p->kernel);
    sk_kboot_reserve(&b.memory, dtb);
    sk_kboot_reserve(&b.memory, i->user);
    if (!sk_kboot_take_block(&b.memory, objects_bytes(&b),
                             1ull << (CNODE_BITS + seL4_SlotBits))) {
        return refuse(k, "there is not enough memory for the first thread's objects");
    }
    build(&b, p);
    sk_kdomain_boot(k);
    k->must_choose = 1;
    return true;
}
