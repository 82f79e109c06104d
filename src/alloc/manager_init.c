/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>
#include <selkie/cap/cnode.h>

#include "manager_parts.h"
#include "untyped_pair.h"

/* Bytes of the directory that a manager starts with: of 64 blocks. */
#define DIRECTORY_BYTES 512
#define DIRECTORY_COUNT (DIRECTORY_BYTES / sizeof(struct sk_slot_block *))

/* Chunks that it cannot do without. */
#define LEAST_CHUNKS 3

/* Let the memory of the caller's be chunks, then a block, then the directory. */
struct layout {
    char *chunks;
    seL4_Word chunk_count;
    char *block;
    struct sk_slot_block **directory;
};

static sk_err lay_out(const struct sk_manager_options *options, unsigned block_bits,
                      struct layout *ret_layout)
{
    size_t size = options->memory_size != 0 ? options->memory_size : SK_MANAGER_MEMORY;
    size_t rest = SK_SLOT_BLOCK_SIZE(block_bits) + DIRECTORY_BYTES;
    char *memory = (char *)options->memory;

    if (memory == NULL || (uintptr_t)memory % SK_MANAGER_ALIGN != 0 ||
        size < rest + LEAST_CHUNKS * SK_RECORD_CHUNK) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    ret_layout->chunks = memory;
    ret_layout->chunk_count = (size - rest) / SK_RECORD_CHUNK;
    ret_layout->block = memory + ret_layout->chunk_count * SK_RECORD_CHUNK;
    ret_layout->directory =
        (struct sk_slot_block **)(void *)(ret_layout->block + SK_SLOT_BLOCK_SIZE(block_bits));
    return SK_OK;
}

/* The slots that the first block has: those of the same entry as the first. */
static sk_slots first_slots(const struct sk_manager *m)
{
    seL4_Word size = (seL4_Word)1 << m->slots.block_bits;
    seL4_Word left = size - (sk_slot_pool_number(&m->slots, m->all.first) & (size - 1));

    return (sk_slots){m->all.first, left < m->all.count ? left : m->all.count};
}

static sk_err begin_slots(struct sk_manager *m, const struct layout *l, unsigned block_bits)
{
    seL4_Word blocks = (seL4_Word)1 << (m->node.radix_bits - block_bits);
    sk_slot base = m->all.first;

    base.index = base.index >> m->node.radix_bits << m->node.radix_bits;
    sk_slot_pool_init(&m->slots, base, block_bits, l->directory,
                      blocks < DIRECTORY_COUNT ? blocks : DIRECTORY_COUNT);
    return sk_slot_pool_add(&m->slots, first_slots(m), m->node, l->block) == SK_OK
               ? SK_OK
               : SK_ERR_INVALID_ARGUMENT;
}

static sk_err prepare_space(struct sk_address_space *space, seL4_Word slot_count)
{
    struct sk_manager *m =
        (struct sk_manager *)(void *)((char *)space - offsetof(struct sk_manager, space));

    sk_manager_prepare(m, slot_count, 1);
    return SK_OK;
}

sk_err sk_manager_begin(struct sk_manager *m, const struct sk_manager_means *means,
                        const struct sk_manager_options *options)
{
    unsigned block_bits = means->node.radix_bits < SK_SLOT_BLOCK_BITS ? means->node.radix_bits
                                                                      : SK_SLOT_BLOCK_BITS;
    uintptr_t start =
        options->vspace_start != 0 ? options->vspace_start : SK_MANAGER_VSPACE_START;
    uintptr_t end = options->vspace_end != 0 ? options->vspace_end : SK_MANAGER_VSPACE_END;
    struct layout l;

    SK_TRY(lay_out(options, block_bits, &l));
    *m = (struct sk_manager){
        .all = means->slots,
        .node = means->node,
        .root = means->root,
    };
    sk_manager_set_sources(m);
    sk_record_pool_init(&m->records, SK_UNTYPED_RECORD, &m->inner);
    for (seL4_Word n = 0; n < l.chunk_count; n++) {
        sk_record_pool_add(&m->records, l.chunks + n * SK_RECORD_CHUNK);
    }
    SK_TRY(begin_slots(m, &l, block_bits));
    sk_untyped_pool_init(&m->untypeds, &m->slots, &m->records);
    sk_address_space_init(&m->space, means->vspace, &m->inner, start, end, &m->records);
    m->space.prepare = prepare_space;
    return SK_OK;
}

/* The largest piece of RAM that was added, in bits; 0 if there is none. */
static unsigned largest_bits(const struct sk_manager *m)
{
    unsigned bits = 0;

    for (const struct sk_untyped_pair *root = m->untypeds.roots; root != NULL;
         root = root->next_root) {
        if (!root->is_device && root->bits > bits) {
            bits = root->bits;
        }
    }
    return bits;
}

/* What growing may take at worst: a page, a few more, and tables on the way to them. */
void sk_manager_set_reserves(struct sk_manager *m)
{
    unsigned largest = largest_bits(m);
    seL4_Word splits = largest > seL4_PageBits ? largest - seL4_PageBits : 0;

    /* For one object, or one run: its halves, and tables on the way. */
    m->splits = largest + 8;
    m->records.reserve = 2 * splits + 16;
    /* A small CNode has nothing to grow for but records. */
    m->reserve = 2 * splits + 8;
    m->untypeds.slot_reserve = m->reserve;
}

sk_err sk_manager_finish(struct sk_manager *m, const struct sk_manager_options *options)
{
    sk_slots slots;

    SK_TRY(sk_slot_pool_take(&m->slots, 1, &slots));
    SK_TRY(sk_manager_make(m, SK_BLUEPRINT(Notification), slots.first));
    m->lock = slots.first;
    sk_mutex_init(&m->mutex, (sk_notification){sk_slot_cptr(m->lock)});
    if (options->is_two_level) {
        SK_TRY(sk_manager_widen(m, options));
    }
    sk_manager_set_reserves(m);
    /* Bookkeeping that is always needed is taken now, and not counted as somebody's. */
    sk_manager_settle(m);
    return SK_OK;
}

sk_err sk_manager_init(struct sk_manager *m, const struct sk_manager_means *means,
                       const struct sk_manager_options *options)
{
    sk_err err;

    SK_TRY(sk_manager_begin(m, means, options));
    if (!sk_slot_is_null(means->untyped)) {
        SK_TRY(sk_untyped_pool_add(&m->untypeds, means->untyped, means->paddr, means->bits,
                                   false));
    }
    err = sk_manager_finish(m, options);
    if (err != SK_OK) {
        sk_manager_fini(m);
    }
    return err;
}

/* Untypeds that were made for the manager, and are in slots of its own. */
static void drop_own_roots(struct sk_manager *m)
{
    for (const struct sk_untyped_pair *root = m->untypeds.roots; root != NULL;
         root = root->next_root) {
        if (sk_slots_has(m->all, root->root)) {
            /* Fails only where there is no slot. */
            (void)sk_slot_delete(root->root);
            sk_slot_pool_give(&m->slots, (sk_slots){root->root, 1});
        }
    }
}

void sk_manager_fini(struct sk_manager *m)
{
    if (!sk_slot_is_null(m->lock)) {
        sk_mutex_fini(&m->mutex);
        sk_manager_free(m, m->lock);
    }
    sk_manager_tidy(m, false);
    if (!sk_slot_is_null(m->second)) {
        sk_manager_narrow(m);
        sk_manager_tidy(m, false);
    }
    drop_own_roots(m);
    *m = (struct sk_manager){0};
}
