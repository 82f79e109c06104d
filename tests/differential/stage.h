/*
 * What a seed's operations run in: a CSpace, actors and memory, made for it and revoked
 * after it.
 *
 * A capability address of an actor is 12 bits below 52 zeros. The upper four choose a CNode:
 *
 *   0  the space: 256 slots for the operations to do with as they like. Slots 16 * k to
 *      16 * k + 15 are the region of kind k, where capabilities of that kind usually are.
 *   1  the fixed part: what all operations need, and none can delete, because no actor
 *      has a CNode capability to it;
 *   2  roots: the CNode capabilities to the fixed part and to the actors' CSpace itself,
 *      used as the source of copies and in SetSpace, and for nothing else.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <sel4/sel4.h>

/* Kinds of capabilities. The first twelve are numbered as the objects of Retype are. */
enum kind {
    KIND_UNTYPED = seL4_UntypedObject,
    KIND_TCB = seL4_TCBObject,
    KIND_ENDPOINT = seL4_EndpointObject,
    KIND_NOTIFICATION = seL4_NotificationObject,
    KIND_CNODE = seL4_CapTableObject,
    KIND_CONTEXT = seL4_SchedContextObject,
    KIND_REPLY = seL4_ReplyObject,
    KIND_HUGE_PAGE = seL4_ARM_HugePageObject,
    KIND_VSPACE = seL4_ARM_VSpaceObject,
    KIND_PAGE = seL4_ARM_SmallPageObject,
    KIND_LARGE_PAGE = seL4_ARM_LargePageObject,
    KIND_PAGE_TABLE = seL4_ARM_PageTableObject,
    KIND_IRQ_HANDLER,
    KIND_ASID_POOL,
    KIND_SPARE,
    KIND_NONE, /* the region that is usually empty */
    KIND_IRQ_CONTROL,
    KIND_ASID_CONTROL,
    KIND_SCHED_CONTROL,
    KIND_DOMAIN,
    KIND_COUNT
};

#define ACTORS       4
#define REGION_COUNT 16
#define REGION_SLOTS 16
#define SPACE_BITS   8
#define PAGE_UNTYPED 3  /* from this slot of its region on, untypeds usually have a page */
#define MEMORY_BITS  22 /* of the untyped that operations take objects from */

/* Slots of the fixed part. */
enum fixed {
    FIXED_IRQ_CONTROL = 1,
    FIXED_ASID_CONTROL,
    FIXED_SCHED_CONTROL,
    FIXED_DOMAIN,
    FIXED_VSPACE,
    FIXED_ASID_POOL,
    FIXED_HANDLER, /* the endpoint on which the stage hears of faults; to send only */
    FIXED_SPACE,   /* the space, without a guard */
    FIXED_UNTYPED, /* the seed's memory */
    FIXED_DEVICE,  /* device memory of at least 2^30 bytes */
    FIXED_ACTOR,   /* ACTORS slots: TCBs */
    FIXED_CONTEXT = FIXED_ACTOR + ACTORS, /* ACTORS slots */
    FIXED_COUNT = FIXED_CONTEXT + ACTORS,
};

#define AT_FIXED(slot)    (0x100u + (slot))
#define ROOT_OF_FIXED     0x200u
#define ROOT_OF_ACTORS    0x201u
#define FIXED_DEPTH       8
#define BADGE_OF_ACTOR(n) (16u + (n))
#define BADGE_OF_HANDLER  99u

/* Make what lives for the whole run. */
void stage_init(const seL4_BootInfo *bi);

/* Make the space and the actors. */
void stage_open(void);

/* Trace which slots of the space are taken. */
void stage_census(void);

/* Revoke everything that a seed has made, and put back what it may have changed. */
void stage_close(void);

/* Capabilities of the stage itself, in its own CSpace. */
seL4_CPtr stage_actor(unsigned actor);
seL4_CPtr stage_context(unsigned actor);
seL4_CPtr stage_endpoint_for(unsigned actor);
seL4_CPtr stage_endpoint(void);
seL4_CPtr stage_reply(void);
seL4_CPtr stage_cspace(void);
seL4_CPtr stage_sched_control(void);

/* The capability to a page of the program. */
seL4_CPtr stage_image_page(const void *address);

/* Panic if an invocation of the stage's own failed. */
#define MUST(call) must(__LINE__, #call, call)
void must(int line, const char *call, seL4_Error error);
