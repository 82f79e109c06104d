/* SPDX-License-Identifier: BSD-2-Clause */
#include "object/untyped.h"

#include <selkie/gen/objects.h>

#include "core/cspace.h"
#include "core/derive.h"
#include "core/preempt.h"
#include "object/invocation.h"
#include "object/tcb.h"

#define SIZE(name, number, size_bits) [number] = size_bits,
static const uint8_t sizes[] = {SK_OBJECTS(SIZE)};
#undef SIZE

unsigned sk_kuntyped_object_bits(uint64_t type, uint64_t size_bits)
{
    if (type >= sizeof(sizes)) {
        return 0;
    }
    if (sizes[type] != 0) {
        return sizes[type];
    }
    return (unsigned)size_bits + (type == seL4_CapTableObject ? seL4_SlotBits : 0);
}

static bool is_for_devices(uint64_t type)
{
    return type == seL4_UntypedObject || type == seL4_ARM_SmallPageObject ||
           type == seL4_ARM_LargePageObject || type == seL4_ARM_HugePageObject;
}

kcap sk_kuntyped_make(struct kernel *k, uint64_t type, uint64_t paddr, uint64_t size_bits,
                      bool is_device)
{
    void *object = is_device ? 0 : sk_arch_phys(&k->machine, paddr);

    switch (type) {
    case seL4_UntypedObject:
        return cap_untyped(paddr, size_bits, is_device, 0);
    case seL4_TCBObject:
        sk_ktcb_init(k, object);
        return cap_for(CAP_TCB, object, 0);
    case seL4_EndpointObject:
        return cap_for(CAP_ENDPOINT, object, RIGHTS_ALL);
    case seL4_NotificationObject:
        return cap_for(CAP_NOTIFICATION, object, RIGHT_READ | RIGHT_WRITE);
    case seL4_CapTableObject:
        return cap_cnode(object, size_bits, 0, 0);
    case seL4_SchedContextObject:
        return cap_make(CAP_SCHED_CONTEXT, (uintptr_t)object, 0, size_bits);
    case seL4_ReplyObject:
        return cap_for(CAP_REPLY, object, RIGHT_GRANT);
    case seL4_ARM_VSpaceObject:
        return cap_for(CAP_VSPACE, object, 0);
    case seL4_ARM_PageTableObject:
        return cap_for(CAP_PAGE_TABLE, object, 0);
    case seL4_ARM_LargePageObject:
        return cap_frame(paddr, 1, is_device);
    case seL4_ARM_HugePageObject:
        return cap_frame(paddr, 2, is_device);
    default:
        return cap_frame(paddr, 0, is_device);
    }
}

struct retype {
    uint64_t type;
    uint64_t size_bits;
    unsigned object_bits;
    struct slot *slots; /* of the destination: the first to fill */
    uint64_t count;
    uint64_t start; /* where the first object goes, from the start of the untyped */
};

static seL4_Error check_type(struct kernel *k, struct retype *r)
{
    if (r->type >= seL4_ObjectTypeCount) {
        return sk_kerror_argument(k, 0);
    }
    if (r->size_bits >= 64 ||
        sk_kuntyped_object_bits(r->type, r->size_bits) > seL4_MaxUntypedBits) {
        return sk_kerror_range(k, 0, seL4_MaxUntypedBits);
    }
    r->object_bits = sk_kuntyped_object_bits(r->type, r->size_bits);
    if ((r->type == seL4_CapTableObject && r->size_bits == 0) ||
        (r->type == seL4_UntypedObject && r->size_bits < seL4_MinUntypedBits) ||
        (r->type == seL4_SchedContextObject && r->size_bits < seL4_MinSchedContextBits)) {
        return sk_kerror_argument(k, 1);
    }
    return seL4_NoError;
}

/* The CNode that receives the capabilities. */
static seL4_Error find_node(struct kernel *k, struct invocation *i, kcap *ret_node)
{
    uint64_t depth = sk_kinvocation_word(i, 3);
    struct slot *s;
    seL4_Error e;

    if (depth == 0) {
        *ret_node = invocation_cap(i, 0);
    } else {
        e = sk_kcspace_target(k, invocation_cap(i, 0), sk_kinvocation_word(i, 2), depth, 0, &s);
        if (e != seL4_NoError) {
            return e;
        }
        *ret_node = s->cap;
    }
    if (cap_type(*ret_node) != CAP_CNODE) {
        return sk_kerror_lookup(k, 0,
                                (struct lookup_failure){seL4_MissingCapability, depth, {0}});
    }
    return seL4_NoError;
}

static seL4_Error check_window(struct kernel *k, struct invocation *i, struct retype *r)
{
    uint64_t offset = sk_kinvocation_word(i, 4);
    uint64_t slots;
    kcap node;
    seL4_Error e = find_node(k, i, &node);

    if (e != seL4_NoError) {
        return e;
    }
    slots = 1ull << cap_cnode_radix(node);
    r->count = sk_kinvocation_word(i, 5);
    if (offset >= slots) {
        return sk_kerror_range(k, 0, slots - 1);
    }
    if (r->count < 1 || r->count > SK_CFG_RETYPE_FAN_OUT_LIMIT) {
        return sk_kerror_range(k, 1, SK_CFG_RETYPE_FAN_OUT_LIMIT);
    }
    if (r->count > slots - offset) {
        return sk_kerror_range(k, 1, slots - offset);
    }
    r->slots = cap_cnode_slots(node) + offset;
    for (uint64_t n = 0; n < r->count; n++) {
        if (!cap_is_null(r->slots[n].cap)) {
            return sk_kerror(k, seL4_DeleteFirst);
        }
    }
    return seL4_NoError;
}

static seL4_Error check_memory(struct kernel *k, const struct invocation *i, struct retype *r)
{
    uint64_t bytes = 1ull << cap_untyped_size_bits(i->cap);
    uint64_t object_bytes = 1ull << r->object_bits;
    uint64_t mark = derive_has_children(i->slot) ? cap_untyped_watermark(i->cap) : 0;

    r->start = (mark + object_bytes - 1) & ~(object_bytes - 1);
    if (r->start > bytes || r->count > (bytes - r->start) >> r->object_bits) {
        return sk_kerror_memory(k, bytes - mark);
    }
    if (cap_untyped_is_device(i->cap) && !is_for_devices(r->type)) {
        return sk_kerror_argument(k, 1);
    }
    return seL4_NoError;
}

/* Clear the memory of the objects, or some of it: false if an interrupt is pending. */
static bool clear(struct kernel *k, struct slot *s, const struct retype *r)
{
    unsigned char *memory = sk_arch_phys(&k->machine, cap_addr(s->cap));
    uint64_t unit_bits = cap_untyped_unit_bits(s->cap);
    uint64_t chunk =
        1ull << (unit_bits > SK_CFG_RESET_CHUNK_BITS ? unit_bits : SK_CFG_RESET_CHUNK_BITS);
    uint64_t end = r->start + (r->count << r->object_bits);
    uint64_t at = cap_untyped_clear(s->cap);
    uint64_t watermark = cap_untyped_watermark(s->cap);

    /* From the watermark, not from the first object: a later one may lie in the gap before. */
    for (at = at > watermark ? at : watermark; at < end;) {
        uint64_t next = (at & ~(chunk - 1)) + chunk;

        next = next < end ? next : end;
        sk_arch_zero(&k->machine, memory + at, next - at);
        at = next;
        if (at < end && preempt_is_due(k)) {
            s->cap = cap_untyped_with_clear(s->cap, at);
            return false;
        }
    }
    return true;
}

static seL4_Error retype(struct kernel *k, struct invocation *i, const struct retype *r)
{
    bool is_device = cap_untyped_is_device(i->cap);
    uint64_t at = cap_addr(i->cap) + r->start;

    if (cap_untyped_watermark(i->cap) != 0 && !derive_has_children(i->slot)) {
        /* It starts again, and whoever had it may have left anything in it. */
        i->slot->cap =
            cap_untyped(cap_addr(i->cap), cap_untyped_size_bits(i->cap), is_device, 0);
    }
    if (!is_device && r->type != seL4_UntypedObject && !clear(k, i->slot, r)) {
        return preempt_restart(k);
    }
    for (uint64_t n = 0; n < r->count; n++, at += 1ull << r->object_bits) {
        kcap c = sk_kuntyped_make(k, r->type, at, r->size_bits, is_device);

        sk_kderive_insert(i->slot, &r->slots[n], c, true);
    }
    i->slot->cap = cap_untyped(cap_addr(i->cap), cap_untyped_size_bits(i->cap), is_device,
                               at - cap_addr(i->cap));
    return seL4_NoError;
}

/* Words: type, size bits, node index, node depth, node offset, count. */
seL4_Error sk_kuntyped_invoke(struct kernel *k, struct invocation *i)
{
    struct retype r = {.type = sk_kinvocation_word(i, 0),
                       .size_bits = sk_kinvocation_word(i, 1)};
    seL4_Error e;

    if (i->label != UntypedRetype) {
        return sk_kerror(k, seL4_IllegalOperation);
    }
    if (i->length < 6 || i->extra_count < 1) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    e = check_type(k, &r);
    if (e == seL4_NoError) {
        e = check_window(k, i, &r);
    }
    if (e == seL4_NoError) {
        e = check_memory(k, i, &r);
    }
    if (e == seL4_NoError && derive_depth(i->slot) >= DERIVE_DEPTH_MAX) {
        e = sk_kerror(k, seL4_IllegalOperation);
    }
    return e == seL4_NoError ? retype(k, i, &r) : e;
}
