/*
 * A manager: a source with everything behind it that a program needs.
 *
 *     static struct sk_manager manager;
 *     static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];
 *
 *     SK_ROOT_TASK(boot_info)
 *     {
 *         sk_err e = sk_manager_init_boot(&manager, boot_info,
 *                                         &(struct sk_manager_options){.memory = memory});
 *         ...
 *         sk_env_set_source(&manager.source);
 *
 * What a program maps at addresses of its own choice is outside of the addresses that the
 * options name.
 *
 * It puts together a slot pool, an untyped pool and the program's own address space, and is a
 * struct sk_source over them, which gives back all that it took. A root task's manager has the
 * memory of the boot info; a spawned task's has what it was handed, one untyped and some slots.
 *
 * Any thread may use it: a lock, on a notification of its own, is held during each call. A
 * thread that is deleted, or suspended for good, in the middle of a call leaves it taken, and
 * the books half written: all others then wait for ever. So threads that use a manager, and
 * those whose heap grows from it, are cancelled and not killed (sk_thread_cancel() of
 * selkie/task/thread.h). A process has a manager of its own, if it has one, and may be killed
 * at any time.
 *
 * An object that is made alone takes three slots in the long run: its own, and a pair for the
 * halves that some piece was split into, of which the other half is somebody else's memory.
 * That pair is what lets it be given back alone, and proves that it is gone; objects that are
 * made together share one (docs/design/007-allocators.md).
 *
 * What it needs to write down what it handed out comes out of its own memory, page by page, and
 * goes back there; the caller's memory is what it starts with. It ends when the memory ends,
 * and not before: with is_two_level even the slots are made as they are needed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/alloc/address_space.h>
#include <selkie/alloc/record_pool.h>
#include <selkie/alloc/slot_pool.h>
#include <selkie/alloc/untyped_pool.h>
#include <selkie/base/err.h>
#include <selkie/cap/mutex.h>
#include <selkie/cap/source.h>

/*
 * The bytes that are always enough to start with. A manager whose CNode has 1 << n slots, n
 * less than SK_SLOT_BLOCK_BITS, does with SK_MANAGER_MEMORY_FOR(n).
 */
#define SK_MANAGER_ALIGN SK_RECORD_CHUNK
#define SK_MANAGER_MEMORY_FOR(radix_bits)                                                 \
    (7 * SK_RECORD_CHUNK + (SK_SLOT_BLOCK_SIZE(radix_bits) + 512 + SK_RECORD_CHUNK - 1) / \
                               SK_RECORD_CHUNK * SK_RECORD_CHUNK)
#define SK_MANAGER_MEMORY SK_MANAGER_MEMORY_FOR(SK_SLOT_BLOCK_BITS)

/* Where a manager puts what it maps, unless the options say so: the second half of the first
 * TiB, where a program's image and its tables are not. */
#define SK_MANAGER_VSPACE_START ((uintptr_t)0x8000000000)
#define SK_MANAGER_VSPACE_END   ((uintptr_t)0x10000000000)

struct sk_manager {
    struct sk_source source; /* first: &m->source is what others are handed */
    struct sk_source inner;  /* the same without the lock, for its own parts */
    struct sk_mutex mutex;
    struct sk_record_pool records;
    struct sk_slot_pool slots;
    struct sk_untyped_pool untypeds;
    struct sk_address_space space;          /* the program's own; between lock and unlock */
    sk_slots all;                           /* the slots it was given */
    sk_node node;                           /* the CNode they are in */
    sk_slot root;                           /* the capability to the root */
    sk_slot lock;                           /* the mutex's notification */
    sk_slot second;                         /* two levels: the new root; null: one level */
    unsigned second_bits;                   /* two levels: log2 of the slots of a new CNode */
    seL4_Word second_count;                 /* two levels: slots of the new root */
    sk_tcb tcb;                             /* two levels: whose CSpace it is */
    seL4_CPtr faults;                       /* two levels: its fault handler */
    sk_node first_node;                     /* two levels: what the first CNode was like */
    seL4_Word first_count;                  /* two levels: entries of the first directory */
    struct sk_slot_block **first_directory; /* two levels: it */
    seL4_Word next_entry;                   /* entries of the directory below have a block */
    seL4_Word entry_end;                    /* entries from here on have none */
    seL4_Word grown_bytes;                  /* of blocks that were added since the start */
    seL4_Word reserve;                      /* slots that are kept for growing */
    seL4_Word splits;                       /* records that one object may take */
    bool is_growing;
};

/* A zero is the choice that its comment says. */
struct sk_manager_options {
    void *memory;           /* bookkeeping to start with, aligned to SK_MANAGER_ALIGN */
    size_t memory_size;     /* its bytes (SK_MANAGER_MEMORY) */
    uintptr_t vspace_start; /* addresses it may map things at (SK_MANAGER_VSPACE_START) */
    uintptr_t vspace_end;   /* (SK_MANAGER_VSPACE_END) */
    bool is_two_level;      /* more CNodes are made when slots run out: see below */
    sk_tcb tcb;             /* two levels: the calling thread (a root task's first one) */
    seL4_CPtr faults;       /* two levels: its fault handler, which it keeps (rt's, or none) */
};

/* What a task was handed to manage. */
struct sk_manager_means {
    sk_slots slots;  /* empty, of the CNode that is the root of the CSpace */
    sk_node node;    /* what this CNode is like */
    sk_slot root;    /* the slot of the capability to it */
    sk_slot untyped; /* with no children; null: memory is added later */
    unsigned bits;   /* of the untyped's size */
    uint64_t paddr;  /* where it is; 0: not known, and the manager's addresses start there */
    sk_vspace vspace;
};

/*
 * Manage what the boot info says. All empty slots and all untypeds of bi are the manager's from
 * now on: bi->empty has none, and sk_boot_source() takes no more. What that took stays taken.
 *
 * With is_two_level, the CSpace gets a second level at once, and the manager then makes CNodes
 * from its memory when slots run out; slots that are there keep their addresses. The root
 * capability in its usual slot becomes one to a new CNode, whose first slot leads to the old
 * one: from then on a slot is said with depth 64, not as an offset into the root. To be called
 * before other threads are started; threads that run already keep to the first CNode.
 *
 * SK_ERR_INVALID_ARGUMENT: there is no memory to start with, or too little of it.
 * SK_ERR_NO_MEMORY, SK_ERR_NO_SLOT: the boot info has not enough. Nothing is managed then, and
 * the slots are the boot info's again, though sk_boot_source() stays stopped.
 */
sk_err sk_manager_init_boot(struct sk_manager *m, seL4_BootInfo *bi,
                            const struct sk_manager_options *options);

/*
 * Manage what a spawned task was handed. Errors are those of sk_manager_init_boot().
 */
sk_err sk_manager_init(struct sk_manager *m, const struct sk_manager_means *means,
                       const struct sk_manager_options *options);

/*
 * End. All that was taken from the manager is to have been given back. Its slots are empty and
 * its untypeds without children afterwards; but a boot info says no more that these slots are
 * empty: who begins a second time from it sets bi->empty to what it was. Two levels of CSpace
 * become one again: so it is called by the thread that began, and others that began later have
 * ended. If a slot of the second level is still taken, this level stays, with the memory that
 * it is in.
 */
void sk_manager_fini(struct sk_manager *m);

/*
 * More memory to manage: an untyped without children. As sk_untyped_pool_add().
 *
 * SK_ERR_NO_MEMORY: there is no memory to write it down.
 */
sk_err sk_manager_add_untyped(struct sk_manager *m, sk_slot untyped, uint64_t paddr,
                              unsigned bits, bool is_device);

/*
 * Make an object, a frame as a rule, at a physical address: of a device, or of RAM that must be
 * this. The source's free_object() frees it.
 *
 * Errors are those of sk_untyped_pool_take_at(), and SK_ERR_INVALID_ARGUMENT: device memory
 * cannot become such an object.
 */
sk_err sk_manager_make_at(struct sk_manager *m, sk_blueprint what, uint64_t paddr,
                          sk_slot into);

/*
 * Where an object is that this manager made, alone or with others.
 *
 * SK_ERR_INVALID_ARGUMENT: this slot has none.
 */
sk_err sk_manager_paddr(struct sk_manager *m, sk_slot object, uint64_t *ret_paddr);

/*
 * Memory for a device to read and write: size bytes, rounded up to a power of two of whole
 * pages, at physical addresses one behind the other from *ret_paddr on, which is a multiple of
 * the size. options as for sk_address_space_map_new(), with pages of the smallest size. Caches
 * are the caller's business: sk_address_space_sync().
 *
 * The frames are in a row of slots, one for each page: so 1 << SK_SLOT_BLOCK_BITS pages,
 * 16 MiB, are the most, and less where CNodes are smaller. More than that is one large frame,
 * by sk_manager_make_at() or the source's make_object().
 *
 * SK_ERR_NO_MEMORY, SK_ERR_FRAGMENTED: there is not enough.
 * SK_ERR_NO_SLOT: there are not so many slots in a row.
 * Other errors are those of sk_address_space_map_new().
 */
sk_err sk_manager_take_dma(struct sk_manager *m, seL4_Word size,
                           const struct sk_map_options *options, uintptr_t *ret_vaddr,
                           uint64_t *ret_paddr);

/* Give back what sk_manager_take_dma() took. */
void sk_manager_give_dma(struct sk_manager *m, uintptr_t vaddr);

/*
 * The program's own address space, for what the source has no function for. It is used while
 * the guard is held, and the source is not:
 *
 *     SK_AUTO(sk_mutex_guard) guard = sk_manager_lock(m);
 *
 *     SK_TRY(sk_address_space_map_new(&m->space, size, &options, &vaddr));
 */
SK_MUST_USE static inline sk_mutex_guard sk_manager_lock(struct sk_manager *m)
{
    return sk_mutex_guard_take(&m->mutex);
}

/* The CNode that a slot of this manager is in, for seL4_Untyped_Retype()'s window. */
sk_node sk_manager_node(struct sk_manager *m, sk_slot slot);

struct sk_manager_stats {
    seL4_Word free_bytes;  /* of RAM */
    seL4_Word total_bytes; /* of RAM */
    seL4_Word free_slots;  /* idle halves' included; some are kept to grow with */
    seL4_Word total_slots; /* with two levels, more can be made */
    seL4_Word bookkeeping; /* bytes of RAM that bookkeeping has taken beyond the start */
};

/*
 * Tell what there is, when bookkeeping that is not needed has been given back. Taking things
 * and giving them back leaves these figures as they were. Takes time in proportion to the
 * pieces that memory is in.
 */
void sk_manager_stats(struct sk_manager *m, struct sk_manager_stats *ret_stats);

/* Look at all of the bookkeeping; false if it contradicts itself. For tests: slow. */
bool sk_manager_check(struct sk_manager *m);
