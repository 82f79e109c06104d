/*
 * Arguments that an invocation may succeed with.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <string.h>

#include <sel4/bootinfo_types.h>
#include <sel4/config.h>
#include <sel4/invocation.h>
#include <selkie/gen/invocations.h>

#include "generate.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Few addresses, so that mappings meet: some share tables, one is not aligned. */
static uint64_t draw_vaddr(struct random *r)
{
    static const uint64_t places[] = {0x400000,   0x410000,     0x600000,      0x20000000,
                                      0x20001000, 0x40000000,   0x8000000000,  0x20000800,
                                      0x1000,     0xfffffff000, 0xfffffffff000};

    return places[random_draw(r, COUNT(places))];
}

static uint64_t draw_badge(struct random *r)
{
    return random_draw(r, 3) == 0 ? 0 : random_draw(r, 8);
}

static void add_cap(struct random *r, const struct kernel *k, struct operation *o,
                    enum cap_type type)
{
    o->extra[o->cap_count++] =
        random_draw(r, 10) == 0 && type != CAP_CNODE ? 0 : generate_cptr(r, k, type);
}

static void add_words(struct operation *o, unsigned count, const uint64_t *words)
{
    memcpy(o->words + o->length, words, count * sizeof(*words));
    o->length += count;
}

#define ADD(o, ...)                                                    \
    add_words(o, sizeof((uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t), \
              (uint64_t[]){__VA_ARGS__})

static void retype(struct random *r, const struct kernel *k, struct operation *o)
{
    static const uint8_t sizes[] = {4, 5, 8, 9, 12, 13};
    uint64_t type = random_draw(r, seL4_ObjectTypeCount);
    struct generated_place p = generate_place(r, k, false);
    uint64_t bits = type == seL4_CapTableObject ? 1 + random_draw(r, 5)
                                                : sizes[random_draw(r, COUNT(sizes))];

    ADD(o, type, bits, 0, 0, p.offset, 1 + random_draw(r, 3) * random_draw(r, 2));
    o->extra[o->cap_count++] = p.cnode;
}

static uint64_t draw_cnode_data(struct random *r)
{
    return random_draw(r, 3) == 0 ? random_draw(r, 64) | random_draw(r, 4) << 6 : 64 - 6;
}

/* Copy, Mint, Move, Mutate: destination in o->cptr, source elsewhere. */
static void transfer(struct random *r, const struct kernel *k, struct operation *o)
{
    struct generated_place to = generate_place(r, k, false);
    struct generated_place from = generate_place(r, k, true);
    uint64_t badge = random_draw(r, 4) == 0 ? draw_cnode_data(r) : draw_badge(r);
    uint64_t rights = random_draw(r, 2) == 0 ? 15 : random_draw(r, 16);

    o->cptr = to.cnode;
    ADD(o, to.index, to.depth, from.index, from.depth);
    if (o->label == CNodeCopy || o->label == CNodeMint) {
        ADD(o, rights);
    }
    if (o->label == CNodeMint || o->label == CNodeMutate) {
        ADD(o, badge);
    }
    o->extra[o->cap_count++] = from.cnode;
}

static void rotate(struct random *r, const struct kernel *k, struct operation *o)
{
    struct generated_place to = generate_place(r, k, random_draw(r, 2) == 0);
    struct generated_place pivot = generate_place(r, k, true);
    struct generated_place from = generate_place(r, k, true);

    o->cptr = to.cnode;
    ADD(o, to.index, to.depth, draw_badge(r), pivot.index, pivot.depth, draw_badge(r),
        from.index, from.depth);
    o->extra[0] = pivot.cnode;
    o->extra[1] = from.cnode;
    o->cap_count = 2;
}

static void in_cnode(struct random *r, const struct kernel *k, struct operation *o)
{
    struct generated_place p = generate_place(r, k, random_draw(r, 8) != 0);

    switch (o->label) {
    case CNodeRevoke:
    case CNodeDelete:
    case CNodeCancelBadgedSends:
        o->cptr = p.cnode;
        ADD(o, p.index, p.depth);
        break;
    case CNodeRotate:
        rotate(r, k, o);
        break;
    default:
        transfer(r, k, o);
        break;
    }
}

static void spaces(struct random *r, const struct kernel *k, struct operation *o)
{
    ADD(o, draw_cnode_data(r), 0);
    add_cap(r, k, o, CAP_CNODE);
    add_cap(r, k, o, CAP_VSPACE);
}

static void of_thread(struct random *r, const struct kernel *k, struct operation *o)
{
    switch (o->label) {
    case TCBReadRegisters:
        ADD(o, random_draw(r, 4) == 0, 1 + random_draw(r, 36));
        break;
    case TCBWriteRegisters:
        ADD(o, random_draw(r, 2), random_draw(r, 8), 0x400000, 0x500000, 0, 1, 2, 3, 4, 5);
        break;
    case TCBCopyRegisters:
        ADD(o, random_draw(r, 16));
        add_cap(r, k, o, CAP_TCB);
        break;
    case TCBConfigure:
        spaces(r, k, o);
        ADD(o, draw_vaddr(r));
        add_cap(r, k, o, CAP_FRAME);
        break;
    case TCBSetSpace:
        spaces(r, k, o);
        o->extra[2] = o->extra[1];
        o->extra[1] = o->extra[0];
        o->extra[0] = generate_cptr(r, k, CAP_ENDPOINT);
        o->cap_count = 3;
        break;
    case TCBSetPriority:
    case TCBSetMCPriority:
        ADD(o, random_draw(r, 3) == 0 ? random_draw(r, 256) : 255);
        add_cap(r, k, o, CAP_TCB);
        break;
    case TCBSetSchedParams:
        ADD(o, 255, random_draw(r, 3) == 0 ? random_draw(r, 256) : 255);
        add_cap(r, k, o, CAP_TCB);
        add_cap(r, k, o, CAP_SCHED_CONTEXT);
        add_cap(r, k, o, CAP_ENDPOINT);
        break;
    case TCBSetTimeoutEndpoint:
        add_cap(r, k, o, CAP_ENDPOINT);
        break;
    case TCBSetIPCBuffer:
        ADD(o, draw_vaddr(r));
        add_cap(r, k, o, CAP_FRAME);
        break;
    case TCBBindNotification:
        add_cap(r, k, o, CAP_NOTIFICATION);
        break;
    default: /* flags, TLS base; or nothing */
        ADD(o, random_draw(r, 2), random_draw(r, 2));
        break;
    }
}

static void of_time(struct random *r, const struct kernel *k, struct operation *o)
{
    static const enum cap_type bound[] = {CAP_TCB, CAP_NOTIFICATION};
    uint64_t period = 20 + random_draw(r, 4000);

    switch (o->label) {
    case SchedControlConfigureFlags:
        ADD(o, random_draw(r, 2) == 0 ? period : 20 + random_draw(r, period), period,
            random_draw(r, 6), draw_badge(r), random_draw(r, 2));
        add_cap(r, k, o, CAP_SCHED_CONTEXT);
        break;
    case SchedContextBind:
    case SchedContextUnbindObject:
        add_cap(r, k, o, bound[random_draw(r, 2)]);
        break;
    case DomainSetSet:
        ADD(o, 0);
        add_cap(r, k, o, CAP_TCB);
        break;
    case DomainScheduleConfigure:
        ADD(o, random_draw(r, 3), random_draw(r, 2), random_draw(r, 1000));
        break;
    case DomainScheduleSetStart:
        ADD(o, random_draw(r, 3));
        break;
    default:
        break;
    }
}

static void of_memory(struct random *r, const struct kernel *k, struct operation *o)
{
    uint64_t start = random_draw(r, 2) * 64;
    struct generated_place p = generate_place(r, k, false);

    switch (o->label) {
    case ARMPageTableMap:
        ADD(o, draw_vaddr(r), random_draw(r, 8));
        add_cap(r, k, o, CAP_VSPACE);
        break;
    case ARMPageMap:
        ADD(o, draw_vaddr(r), random_draw(r, 4), random_draw(r, 8));
        add_cap(r, k, o, CAP_VSPACE);
        break;
    case ARMASIDControlMakePool:
        ADD(o, p.index, p.depth);
        add_cap(r, k, o, CAP_UNTYPED);
        o->extra[o->cap_count++] = p.cnode;
        break;
    case ARMASIDPoolAssign:
        add_cap(r, k, o, CAP_VSPACE);
        break;
    case ARMVSpaceClean_Data:
    case ARMVSpaceInvalidate_Data:
    case ARMVSpaceCleanInvalidate_Data:
    case ARMVSpaceUnify_Instruction:
        start += draw_vaddr(r);
        ADD(o, start, start + 1 + random_draw(r, 64));
        break;
    default: /* cache maintenance of a page; or nothing */
        ADD(o, start, start + 1 + random_draw(r, 4096));
        break;
    }
}

static void of_interrupts(struct random *r, const struct kernel *k, struct operation *o)
{
    struct generated_place p = generate_place(r, k, false);

    switch (o->label) {
    case IRQIssueIRQHandler:
        ADD(o, random_draw(r, 64), p.index, p.depth);
        o->extra[o->cap_count++] = p.cnode;
        break;
    case ARMIRQIssueIRQHandlerTrigger:
        ADD(o, random_draw(r, 64), random_draw(r, 2), p.index, p.depth);
        o->extra[o->cap_count++] = p.cnode;
        break;
    case ARMIRQIssueSGISignal:
        ADD(o, random_draw(r, 16), random_draw(r, 2), p.index, p.depth);
        o->extra[o->cap_count++] = p.cnode;
        break;
    case IRQSetIRQHandler:
        add_cap(r, k, o, CAP_NOTIFICATION);
        break;
    default:
        break;
    }
}

void generate_arguments(struct random *r, const struct kernel *k, struct operation *o)
{
    if (o->label == UntypedRetype) {
        retype(r, k, o);
    } else if (o->label >= CNodeRevoke && o->label <= CNodeRotate) {
        in_cnode(r, k, o);
    } else if (o->label >= TCBReadRegisters && o->label <= TCBSetFlags) {
        of_thread(r, k, o);
    } else if (o->label >= DomainSetSet && o->label <= SchedContextYieldTo) {
        of_time(r, k, o);
    } else if ((o->label >= IRQIssueIRQHandler && o->label <= IRQClearIRQHandler) ||
               o->label >= ARMIRQIssueIRQHandlerTrigger) {
        of_interrupts(r, k, o);
    } else {
        of_memory(r, k, o);
    }
}
