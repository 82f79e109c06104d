/* SPDX-License-Identifier: BSD-2-Clause */
#include "generate.h"

#include <sel4/bootinfo_types.h>
#include <sel4/config.h>
#include <sel4/invocation.h>
#include <selkie/gen/invocations.h>

#include "world.h"

#define TRIES    40u
#define COUNT(a) (sizeof(a) / sizeof(*(a)))

uint64_t random_draw(struct random *r, uint64_t bound)
{
    r->state ^= r->state << 13;
    r->state ^= r->state >> 7;
    r->state ^= r->state << 17;
    return (r->state >> 11) % bound;
}

/* A slot of a CNode that may be interesting: the first one's is mostly empty. */
static uint64_t draw_slot(struct random *r, kcap cnode)
{
    uint64_t slots = 1ull << cap_cnode_radix(cnode);
    uint64_t recent = r->recent[random_draw(r, RANDOM_RECENT)];

    if (random_draw(r, 3) == 0 && recent < slots) {
        return recent;
    }
    if (slots > WORLD_OBJECTS + WORLD_SLOTS) {
        return random_draw(r, 6) == 0 ? random_draw(r, 64)
                                      : WORLD_OBJECTS + random_draw(r, WORLD_SLOTS);
    }
    return random_draw(r, slots);
}

/* The address of a slot, seen from a CNode capability: its guard, then the index. */
static uint64_t address_in(kcap cnode, uint64_t slot, uint64_t *ret_depth)
{
    *ret_depth = cap_cnode_guard_bits(cnode) + cap_cnode_radix(cnode);
    return cap_badge(cnode) << cap_cnode_radix(cnode) | slot;
}

/* The same as a capability address of a thread, of which all 64 bits count. */
static uint64_t cptr_in(kcap root, uint64_t slot)
{
    uint64_t depth;
    uint64_t address = address_in(root, slot, &depth);

    return depth == 0 || depth >= 64 ? address : address << (64 - depth);
}

/* The slot of an address in the running thread's CSpace, one CNode deep; null if none. */
static const struct slot *slot_at(kcap root, uint64_t slot)
{
    return cap_type(root) == CAP_CNODE ? cap_cnode_slots(root) + slot : NULL;
}

uint64_t generate_cptr(struct random *r, const struct kernel *k, enum cap_type type)
{
    kcap root = k->current->slots[TCB_CSPACE].cap;

    if (cap_type(root) != CAP_CNODE) {
        return random_draw(r, 64);
    }
    for (unsigned n = 0; n < TRIES; n++) {
        uint64_t slot = draw_slot(r, root);

        if (cap_type(slot_at(root, slot)->cap) == type) {
            r->recent[r->next++ % RANDOM_RECENT] = slot;
            return cptr_in(root, slot);
        }
    }
    return cptr_in(root, draw_slot(r, root));
}

struct generated_place generate_place(struct random *r, const struct kernel *k, bool is_full)
{
    kcap root = k->current->slots[TCB_CSPACE].cap;
    struct generated_place p = {.cnode = generate_cptr(r, k, CAP_CNODE)};
    uint64_t depth;
    kcap cnode;

    if (cap_type(root) != CAP_CNODE) {
        return p;
    }
    for (unsigned n = 0; n < TRIES; n++) {
        uint64_t slot = draw_slot(r, root);

        cnode = slot_at(root, slot)->cap;
        if (cap_type(cnode) == CAP_CNODE) {
            p.cnode = cptr_in(root, slot);
            p.offset = draw_slot(r, cnode);
            p.index = address_in(cnode, p.offset, &depth);
            p.depth = depth;
            if (cap_is_null(slot_at(cnode, p.offset)->cap) != is_full) {
                break;
            }
        }
    }
    return p;
}

struct target {
    uint8_t label;
    uint8_t type;
};

#define KIND_Untyped                     CAP_UNTYPED
#define KIND_TCB                         CAP_TCB
#define KIND_CNode                       CAP_CNODE
#define KIND_IRQControl                  CAP_IRQ_CONTROL
#define KIND_IRQHandler                  CAP_IRQ_HANDLER
#define KIND_DomainSet                   CAP_DOMAIN
#define KIND_SchedControl                CAP_SCHED_CONTROL
#define KIND_SchedContext                CAP_SCHED_CONTEXT
#define KIND_VSpace                      CAP_VSPACE
#define KIND_SMC                         CAP_NULL
#define KIND_PageTable                   CAP_PAGE_TABLE
#define KIND_Page                        CAP_FRAME
#define KIND_ASIDControl                 CAP_ASID_CONTROL
#define KIND_ASIDPool                    CAP_ASID_POOL
#define TARGET(label, kind, words, caps) {label, KIND_##kind},
static const struct target targets[] = {SK_INVOCATIONS(TARGET)};
#undef TARGET

enum cap_type generate_target(uint64_t label)
{
    return label - 1 < COUNT(targets) ? (enum cap_type)targets[label - 1].type : CAP_NULL;
}

static struct operation draw_invocation(struct random *r, const struct kernel *k)
{
    const struct target *t = &targets[random_draw(r, COUNT(targets))];
    struct operation o = {
        .number = random_draw(r, 20) == 0 ? seL4_SysNBSend : seL4_SysCall,
        .label = t->label,
    };

    /* What makes and moves things leads to more than what fails. */
    if (random_draw(r, 4) == 0) {
        o.label = random_draw(r, 2) == 0 ? UntypedRetype : CNodeRevoke + random_draw(r, 8);
        t = &targets[o.label - 1];
    }
    o.cptr = generate_cptr(r, k, (enum cap_type)t->type);
    generate_arguments(r, k, &o);
    return o;
}

static struct operation draw_message(struct random *r, const struct kernel *k)
{
    static const int8_t numbers[] = {
        seL4_SysCall,   seL4_SysCall,       seL4_SysReplyRecv,  seL4_SysReplyRecv, seL4_SysSend,
        seL4_SysRecv,   seL4_SysNBSend,     seL4_SysNBSendRecv, seL4_SysNBRecv,    seL4_SysWait,
        seL4_SysNBWait, seL4_SysNBSendWait, seL4_SysRecv,
    };
    enum cap_type type = random_draw(r, 3) == 0   ? CAP_NOTIFICATION
                         : random_draw(r, 6) == 0 ? CAP_REPLY
                                                  : CAP_ENDPOINT;
    struct generated_place p = generate_place(r, k, false);
    struct operation o = {
        .number = numbers[random_draw(r, COUNT(numbers))],
        .cptr = generate_cptr(r, k, type),
        .label = random_draw(r, 3),
        .length = random_draw(r, 8),
        .cap_count = random_draw(r, 8) < 6 ? 0 : random_draw(r, 4),
        .reply = generate_cptr(r, k, CAP_REPLY),
        .dest = generate_cptr(r, k, CAP_ENDPOINT),
        .receive = {p.cnode, p.index, p.depth},
    };

    if (o.number == seL4_SysNBSendWait) {
        o.reply = o.dest;
    }
    for (unsigned n = 0; n < OPERATION_CAPS; n++) {
        o.extra[n] = generate_cptr(r, k, (enum cap_type)random_draw(r, CAP_TYPE_COUNT));
    }
    for (unsigned n = 0; n < 8; n++) {
        o.words[n] = random_draw(r, 1000);
    }
    return o;
}

static struct operation draw_other(struct random *r)
{
    static const int8_t numbers[] = {seL4_SysYield, seL4_SysYield, seL4_SysDebugCapIdentify, 99,
                                     0};
    uint64_t magnitude = random_draw(r, 20);

    switch (random_draw(r, 4)) {
    case 0:
        return (struct operation){.kind = OPERATION_IRQ, .number = random_draw(r, 128)};
    case 1:
        return (struct operation){.kind = OPERATION_FAULT, .number = random_draw(r, 1 << 20)};
    case 2:
        return (struct operation){.number = numbers[random_draw(r, COUNT(numbers))]};
    default:
        return (struct operation){.kind = OPERATION_TIME,
                                  .number = (int64_t)random_draw(r, 2ull << magnitude)};
    }
}

static uint64_t draw_garbage(struct random *r)
{
    switch (random_draw(r, 5)) {
    case 0:
        return 0;
    case 1:
        return random_draw(r, 70);
    case 2:
        return WORLD_OBJECTS + random_draw(r, WORLD_SLOTS);
    case 3:
        return 1ull << random_draw(r, 64);
    default:
        return random_draw(r, UINT64_MAX) << random_draw(r, 12);
    }
}

/* Put something else in one place. */
static void damage(struct random *r, struct operation *o)
{
    uint64_t *const places[] = {&o->cptr,     &o->label,    &o->length,   &o->cap_count,
                                &o->reply,    &o->dest,     &o->words[0], &o->words[1],
                                &o->words[2], &o->words[3], &o->words[4], &o->words[5],
                                &o->words[6], &o->extra[0], &o->extra[1], &o->extra[2]};

    *places[random_draw(r, COUNT(places))] = draw_garbage(r);
    o->length &= 0x7f;
    o->cap_count &= 3;
    o->label &= (1ull << 52) - 1;
}

struct operation generate_operation(struct random *r, const struct kernel *k)
{
    uint64_t choice = random_draw(r, 100);
    struct operation o = choice < 60   ? draw_invocation(r, k)
                         : choice < 90 ? draw_message(r, k)
                                       : draw_other(r);

    if (o.kind == OPERATION_SYSCALL && random_draw(r, 8) == 0) {
        damage(r, &o);
    }
    return o;
}
