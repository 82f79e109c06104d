/*
 * An address space: which addresses are used for what, the frames mapped there, and the page
 * tables on the way to them.
 *
 *     struct sk_map_options options = {.rights = SK_RX};
 *     uintptr_t code;
 *
 *     SK_TRY(sk_address_space_map_new(&child, size, &options, &code));
 *
 * It works on a VSpace, of the program itself or of a child. Everything that is mapped is in a
 * reservation, a range of whole pages that nothing else is put into. The caller reserves a
 * range at an address of his or of the address space's choice, maps frames of his own into it,
 * or lets one call reserve, make the frames and map them, large ones where alignment and memory
 * allow. Page tables are made where they are missing, and freed when nothing is mapped through
 * them any more; the one that was emptied last is kept until another one is, or until
 * sk_address_space_trim(). A table that was there before is used, and stays.
 *
 * What is mapped can be written or executed, not both, unless the caller insists. A mapping
 * that is both by two addresses is for the caller to avoid: a loader writes code through its
 * own address space and gives the child another mapping of it.
 *
 * Objects, slots, and memory for bookkeeping come from a source. One thread at a time uses an
 * address space; several address spaces can have one source if threads may share that.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <selkie/alloc/record_pool.h>
#include <selkie/base/err.h>
#include <selkie/cap/kinds.h>
#include <selkie/cap/rights.h>
#include <selkie/cap/source.h>

/* The bytes of a record: what a record pool for address spaces is made for, or more. */
#define SK_ADDRESS_SPACE_RECORD 96

struct sk_index_node;

struct sk_address_space {
    sk_vspace vspace;
    struct sk_source *source;
    struct sk_record_pool *records;
    struct sk_record_pool own_records; /* unless the caller has some */
    uintptr_t start;                   /* where ranges of its own choice are */
    uintptr_t end;
    uintptr_t cursor;            /* where it looks first */
    struct sk_index_node *areas; /* reservations, by address */
    struct sk_index_node *runs;  /* mappings, by address */
    struct sk_index_node *names; /* single frames of callers', by capability */
    struct sk_index_node *tables;
    /* Called between steps, before one takes so many slots from the source; may be NULL. */
    sk_err (*prepare)(struct sk_address_space *self, seL4_Word slot_count);
    seL4_Word mapped_bytes;
    seL4_Word table_count; /* tables that were made here */
    uintptr_t warm;        /* a table that may be empty, and is kept */
    unsigned warm_span;    /* its span in bits; 0: there is none */
};

/* How something is mapped. A zero is the choice that its comment says. */
struct sk_map_options {
    enum sk_rights rights;  /* (SK_RW) */
    bool is_code_writable;  /* both SK_WRITE and SK_EXECUTE are meant */
    bool is_device;         /* not cached, each access made once and in order */
    uintptr_t vaddr;        /* where, a multiple of the page size (it is chosen) */
    unsigned max_page_bits; /* no pages larger than that (as large as fit) */
    unsigned min_page_bits; /* no pages smaller than that (seL4_PageBits) */
    seL4_Word guard_size;   /* bytes not mapped on either side (none) */
};

/*
 * Manage vspace. Ranges that the address space chooses itself lie from start, a multiple of the
 * page size, up to end; nothing is mapped there. records, for records of at least
 * SK_ADDRESS_SPACE_RECORD bytes, may be NULL: then it takes pages from source for them.
 */
void sk_address_space_init(struct sk_address_space *as, sk_vspace vspace,
                           struct sk_source *source, uintptr_t start, uintptr_t end,
                           struct sk_record_pool *records);

/*
 * Release all reservations, and the tables made. The VSpace itself may be gone already, with
 * its tables still there to be freed.
 */
void sk_address_space_fini(struct sk_address_space *as);

/*
 * Reserve size bytes, rounded up to pages, at an address of the address space's choice that is
 * a multiple of 1 << align_bits, with guard_size bytes on each side reserved too.
 *
 * SK_ERR_NO_MEMORY: there is no such range, or no memory to write it down.
 * SK_ERR_NO_SLOT: there is none to write it down.
 */
sk_err sk_address_space_reserve(struct sk_address_space *as, seL4_Word size,
                                unsigned align_bits, seL4_Word guard_size,
                                uintptr_t *ret_vaddr);

/*
 * Reserve size bytes at vaddr, anywhere in the VSpace; both are multiples of the page size.
 *
 * SK_ERR_ALIGNMENT: they are not, or size is 0.
 * SK_ERR_DELETE_FIRST: some of it is reserved.
 * SK_ERR_RANGE: it ends behind the last address.
 * SK_ERR_NO_MEMORY, SK_ERR_NO_SLOT: there is no memory to write it down.
 */
sk_err sk_address_space_reserve_at(struct sk_address_space *as, uintptr_t vaddr,
                                   seL4_Word size);

/*
 * Release the reservation whose first address, without the guard, is vaddr. What is mapped in
 * it is unmapped; frames that the address space made or copied are freed. Traps if there is no
 * such reservation.
 */
void sk_address_space_release(struct sk_address_space *as, uintptr_t vaddr);

/* Free tables and memory for bookkeeping that are only kept in case they are wanted again. */
void sk_address_space_trim(struct sk_address_space *as);

/*
 * Map one frame of the caller's, of 1 << size_bits bytes, at options->vaddr, or anywhere if
 * that is 0. If this is not in a reservation, one is made for the mapping, and ends with it.
 * options may be NULL. ret_vaddr may be NULL.
 *
 * The address space knows the frame by its slot only. It is unmapped before the frame is freed
 * or its capability moved: what is in the slot afterwards would be unmapped instead. (Freeing a
 * frame of a manager's unmaps it in the manager's own address space, not in those of others.)
 *
 * SK_ERR_ALIGNMENT: vaddr is not a multiple of the frame's size.
 * SK_ERR_DELETE_FIRST: something is mapped there, or the capability is mapped already.
 * SK_ERR_ILLEGAL_OPERATION: it would be writable and executable.
 * SK_ERR_RANGE: it would be in a reservation in part only, or in a guard, or behind the last
 * address.
 * SK_ERR_INVALID_CAPABILITY: the frame is none, or the VSpace has no ASID.
 * SK_ERR_NO_MEMORY, SK_ERR_FRAGMENTED, SK_ERR_NO_SLOT: there is not enough for a page table.
 */
sk_err sk_address_space_map(struct sk_address_space *as, sk_frame frame, unsigned size_bits,
                            const struct sk_map_options *options, uintptr_t *ret_vaddr);

/*
 * Map the frames of 1 << size_bits bytes that are in slots, one behind the other. As
 * sk_address_space_map(), all or none; they stay the caller's, and are unmapped together.
 *
 * SK_ERR_RANGE: also if there are no slots.
 */
sk_err sk_address_space_map_slots(struct sk_address_space *as, sk_slots slots,
                                  unsigned size_bits, const struct sk_map_options *options,
                                  uintptr_t *ret_vaddr);

/*
 * Unmap what was mapped by one call at vaddr, its first address. A reservation that was made
 * for it is released. Traps if there is no such mapping.
 */
void sk_address_space_unmap(struct sk_address_space *as, uintptr_t vaddr);

/* Is this frame mapped by sk_address_space_map()? */
bool sk_address_space_has_frame(const struct sk_address_space *as, sk_frame frame);

/* The same as sk_address_space_unmap(), of the one mapping of such a frame. */
void sk_address_space_unmap_frame(struct sk_address_space *as, sk_frame frame);

/*
 * Make frames for size bytes, rounded up to pages, and map them in a reservation that is made
 * for it. Their memory is zeroed by the kernel. sk_address_space_release() frees it.
 *
 * SK_ERR_ILLEGAL_OPERATION: it would be writable and executable.
 * SK_ERR_ALIGNMENT: also if there are no pages of min_page_bits, or they are larger than
 * max_page_bits allows.
 * SK_ERR_DELETE_FIRST, SK_ERR_RANGE: as of sk_address_space_reserve_at().
 * SK_ERR_INVALID_CAPABILITY: the VSpace has no ASID.
 * SK_ERR_NO_MEMORY, SK_ERR_FRAGMENTED, SK_ERR_NO_SLOT: there is not enough.
 */
sk_err sk_address_space_map_new(struct sk_address_space *as, seL4_Word size,
                                const struct sk_map_options *options, uintptr_t *ret_vaddr);

/*
 * Map what is mapped in from at [vaddr, vaddr + size) in into as well, in a reservation that is
 * made for it, by copies of the capabilities. The two may be the same. All of the range is
 * mapped; it begins and ends with a frame. When the frames are freed in from, the pages vanish
 * from into; releasing the reservation there gives back the rest.
 *
 * SK_ERR_RANGE: not all of it is mapped, as where frames were freed, or not by whole frames.
 * Other errors are those of sk_address_space_map_new().
 */
sk_err sk_address_space_share(struct sk_address_space *from, uintptr_t vaddr, seL4_Word size,
                              struct sk_address_space *into,
                              const struct sk_map_options *options, uintptr_t *ret_vaddr);

/*
 * Which frame is mapped at vaddr, where it begins, and its size in bits.
 *
 * SK_ERR_RANGE: nothing that was mapped here.
 */
sk_err sk_address_space_frame(const struct sk_address_space *as, uintptr_t vaddr,
                              sk_frame *ret_frame, uintptr_t *ret_start, unsigned *ret_bits);

/* What sk_address_space_sync() does to the caches. */
enum sk_cache {
    SK_CACHE_CLEAN,            /* write back: for devices that read memory */
    SK_CACHE_INVALIDATE,       /* discard: what was not written back is lost */
    SK_CACHE_CLEAN_INVALIDATE, /* both: before and after a device writes memory */
    SK_CACHE_UNIFY,            /* instructions that were written can be fetched */
};

/*
 * Do that for the range, of any addresses, whatever frames it is mapped by.
 *
 * SK_ERR_RANGE: not all of it is mapped here.
 * SK_ERR_ILLEGAL_OPERATION: SK_CACHE_INVALIDATE of what is mapped for reading only.
 * SK_ERR_INVALID_CAPABILITY: the VSpace has no ASID.
 */
sk_err sk_address_space_sync(struct sk_address_space *as, enum sk_cache what, uintptr_t vaddr,
                             seL4_Word size);

/*
 * Say what the address space knows, in order of addresses: a line without newline for each
 * reservation, and for each mapping in it.
 */
void sk_vspace_dump(const struct sk_address_space *as,
                    void (*print)(void *arg, const char *line), void *arg);

/* Look at all of the bookkeeping; false if it contradicts itself. For tests: slow. */
bool sk_address_space_check(const struct sk_address_space *as);
