/*
 * Carrying out a specification, or predicting what that will take.
 *
 *     struct sk_init in = {.spec = spec, .perform = ..., ...};
 *
 *     sk_init_add_untyped(&in, ...);      // each that boot left
 *     err = sk_init_execute(&in);
 *     in.calls                            // how many kernel calls that took
 *
 * All of it is plain C that includes nothing of seL4's: each kernel call goes through perform.
 * The initialiser's makes it. Without perform and blob nothing is done, and everything counted
 * by the same code: so the composer predicts. A perform of its own sees each call, with
 * physical addresses.
 *
 * The specification must have passed sk_spec_check().
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <selkie/base/err.h>
#include <selkie/init/check.h>
#include <selkie/init/spec.h>

/*
 * Kernel calls. What is named is a slot of the initialiser's CNode; slots of a component's
 * CNode are given by its slot, an index and its size. Zero is no capability where that is
 * allowed.
 */
enum sk_init_call {
    SK_INIT_RETYPE,         /* untyped, type, size_bits, cnode or 0, index, count, paddr */
    SK_INIT_MAKE_POOL,      /* untyped, index */
    SK_INIT_ASSIGN_ASID,    /* pool or 0: boot's, vspace */
    SK_INIT_MAP_TABLE,      /* table, vspace, vaddr */
    SK_INIT_MAP,            /* frame, vspace or 0: own, vaddr, rights, attributes */
    SK_INIT_UNMAP,          /* frame */
    SK_INIT_CLEAN,          /* frame, size_bits: to memory */
    SK_INIT_UNIFY,          /* frame, size_bits: caches of data and of instructions */
    SK_INIT_MINT,           /* cnode or 0, index, depth, source, rights, data */
    SK_INIT_MOVE,           /* cnode, index, depth, source */
    SK_INIT_DELETE,         /* slot */
    SK_INIT_GET_IRQ,        /* irq, is_edge, index */
    SK_INIT_NOTIFY_IRQ,     /* handler, notification */
    SK_INIT_SET_ENTRY,      /* index, domain, duration */
    SK_INIT_SET_START,      /* index */
    SK_INIT_SET_DOMAIN,     /* tcb, domain */
    SK_INIT_CONFIGURE_TIME, /* core, context, budget, period, refills, badge, is_sporadic */
    SK_INIT_CONFIGURE,      /* tcb, cspace, data, vspace, ipc_vaddr, ipc_frame or 0 */
    SK_INIT_SET_SCHEDULE,   /* tcb, max_priority, priority, context or 0, endpoint or 0 */
    SK_INIT_SET_TIMEOUT,    /* tcb, endpoint */
    SK_INIT_BIND,           /* tcb, notification */
    SK_INIT_BIND_TIME,      /* context, notification */
    SK_INIT_NO_FPU,         /* tcb */
    SK_INIT_REGISTERS,      /* tcb, is_started, entry, stack, argument */
    SK_INIT_CALL_COUNT,
};
#define SK_INIT_ARGUMENTS_MAX 7

/* The boot info's list, and what fills gaps. */
#define SK_INIT_UNTYPEDS_MAX 384

struct sk_init_untyped {
    uint64_t paddr;
    uint64_t used; /* bytes from its start */
    uint32_t slot;
    uint8_t size_bits;
    bool is_device;
};

struct sk_init;
typedef sk_err sk_init_perform(struct sk_init *in, enum sk_init_call call,
                               const uint64_t *args);

struct sk_init {
    const struct sk_spec *spec;
    sk_init_perform *perform; /* NULL: nobody; for prediction */
    const uint8_t *blob; /* blob page 0, where it is mapped; NULL: predict, touch no memory */

    uint32_t first_slot; /* empty slots of the initialiser's CNode: boot info's empty */
    uint32_t end_slot;
    uint32_t image_start; /* boot info's userImageFrames */
    uint32_t image_end;
    uint32_t sched_control; /* of core 0, the others behind */

    uint32_t guard;        /* the page of the image at window: it is unmapped first of all */
    uint64_t window;       /* a page of own addresses; frames are shown there */
    uint64_t large_window; /* the same for 2 MiB, where nothing is mapped; 0: there is none */
    /* The chunk of the extra boot info with this id, its header included; NULL: none. */
    const uint8_t *(*chunk)(struct sk_init *in, uint32_t id, uint64_t *ret_size);

    /* From here on it is sk_init_execute()'s. */
    uint32_t next_slot; /* for what has no number */
    uint32_t untyped_count;
    struct sk_init_untyped untypeds[SK_INIT_UNTYPEDS_MAX];

    uint32_t depth_of; /* the CNode that was looked up last, and its size_bits */
    uint32_t depth;

    uint32_t calls;   /* kernel calls so far */
    uint32_t retypes; /* those among them that make objects */

    /* Where it is, and so, after an error, what failed. */
    enum sk_spec_table table;
    uint32_t record;
    enum sk_init_call call; /* SK_INIT_CALL_COUNT: none was made, or it did not fail */
};

/* An untyped that is there at the start; in the boot info's order. */
void sk_init_add_untyped(struct sk_init *in, uint64_t paddr, uint8_t size_bits, bool is_device,
                         uint32_t slot);

/*
 * Carry it all out. On an error in->table, record and call say what was being done:
 *
 * SK_ERR_NO_MEMORY: no untyped has room for an object, or none covers its address.
 * SK_ERR_NO_SLOT: the initialiser's CNode is too small, or untypeds of a given size need more
 *   slots than they have.
 * SK_ERR_RANGE: too many gaps before addresses, or there is no window for a large frame.
 * Others are the kernel's.
 */
sk_err sk_init_execute(struct sk_init *in);

/* The name of a call: "Untyped_Retype". */
const char *sk_init_call_name(enum sk_init_call call);
