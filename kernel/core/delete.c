/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/delete.h"

#include "core/derive.h"
#include "core/preempt.h"
#include "core/vspace.h"
#include "object/endpoint.h"
#include "object/irq.h"
#include "object/notification.h"
#include "object/reply.h"
#include "object/sched_context.h"
#include "object/tcb.h"

static bool is_container(kcap c)
{
    return cap_type(c) == CAP_CNODE || cap_type(c) == CAP_TCB;
}

/* Destroy what s alone names, if it is not a container. */
static void destroy(struct kernel *k, const struct slot *s)
{
    void *object = cap_object(s->cap);

    switch (cap_type(s->cap)) {
    case CAP_ENDPOINT:
        sk_kendpoint_cancel_all(k, object);
        break;
    case CAP_NOTIFICATION:
        sk_knotification_destroy(k, object);
        break;
    case CAP_REPLY:
        sk_kreply_destroy(k, object);
        break;
    case CAP_SCHED_CONTEXT:
        sk_ksched_context_destroy(k, object);
        break;
    case CAP_IRQ_HANDLER:
        sk_kirq_destroy(k, cap_irq(s->cap));
        break;
    case CAP_PAGE_TABLE:
        sk_kpage_table_unmap(k, s->cap);
        break;
    case CAP_VSPACE:
        sk_kvspace_destroy(k, s->cap);
        break;
    case CAP_ASID_POOL:
        sk_kasid_pool_destroy(k, s->cap);
        break;
    default:
        break;
    }
}

void sk_kdelete_plain(struct kernel *k, struct slot *s)
{
    if (cap_type(s->cap) == CAP_FRAME) {
        sk_kframe_unmap(k, s->cap); /* each capability has its own mapping */
    } else if (sk_kderive_is_final(s)) {
        destroy(k, s);
    }
    sk_kderive_remove(s);
}

/* The last capability to a container becomes its zombie. */
static void make_zombie(struct kernel *k, struct slot *s)
{
    if (cap_type(s->cap) == CAP_TCB) {
        struct tcb *t = cap_object(s->cap);

        sk_ktcb_destroy(k, t);
        s->cap = cap_zombie(t->slots, TCB_SLOT_COUNT);
    } else {
        s->cap = cap_zombie(cap_cnode_slots(s->cap), 1ull << cap_cnode_radix(s->cap));
    }
}

/* Empty the last slot of the zombie in z, or part of it. Returns where the zombie is now. */
static struct slot *shrink(struct kernel *k, struct slot *z)
{
    struct slot *slots = cap_object(z->cap);
    uint64_t count = z->cap.w1;
    struct slot *last = &slots[count - 1];

    if (last == z) {
        /* It lies in what it stands for: it goes last, so it moves to the front. */
        if (count == 1) {
            sk_kderive_remove(z);
            return 0;
        }
        sk_kderive_swap(z, slots);
        return slots;
    }
    if (cap_is_null(last->cap)) {
        z->cap = cap_zombie(slots, count - 1);
        return z;
    }
    if (is_container(last->cap) && sk_kderive_is_final(last)) {
        make_zombie(k, last);
    }
    if (cap_type(last->cap) == CAP_ZOMBIE) {
        /* Not deeper: the inner container keeps its own zombie, in its first slot. */
        sk_kderive_swap(last, cap_object(last->cap));
        return z;
    }
    sk_kdelete_plain(k, last);
    return z;
}

bool sk_kdelete(struct kernel *k, struct slot *s)
{
    struct slot *z = s;

    if (cap_is_null(s->cap)) {
        return true;
    }
    if (is_container(s->cap) && sk_kderive_is_final(s)) {
        make_zombie(k, s);
    }
    if (cap_type(s->cap) != CAP_ZOMBIE) {
        sk_kdelete_plain(k, s);
        return true;
    }
    while (z != 0 && cap_type(z->cap) == CAP_ZOMBIE) {
        if (z->cap.w1 == 0) {
            sk_kderive_remove(z);
            return true;
        }
        z = shrink(k, z);
        if (preempt_is_due(k)) {
            return false;
        }
    }
    return true;
}

bool sk_krevoke(struct kernel *k, struct slot *s)
{
    while (derive_has_children(s)) {
        if (!sk_kdelete(k, derive_next(s)) || preempt_is_due(k)) {
            return false;
        }
    }
    return true;
}
