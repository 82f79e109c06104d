/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/proto/ring.h>

#include "ring.h"

/* The words that say what a ring of ours is: a mark and a version, and its dimensions. */
#define FORMAT       0x31524b53u /* "SKR1" */
#define FORMAT_WORDS 3

size_t sk_ring_queue_size(const struct sk_ring_layout *layout, bool has_entries)
{
    size_t end =
        layout->format == SK_RING_NOWHERE ? 0 : (size_t)layout->format + FORMAT_WORDS * 4;
    const size_t ends[] = {
        (size_t)layout->tail + layout->index_size,
        (size_t)layout->head + layout->index_size,
        layout->consumer_signalled == SK_RING_NOWHERE ? 0
                                                      : (size_t)layout->consumer_signalled + 4,
        layout->producer_signalled == SK_RING_NOWHERE ? 0
                                                      : (size_t)layout->producer_signalled + 4,
        has_entries ? layout->entries + (size_t)layout->count * layout->size : 0,
    };

    for (unsigned n = 0; n < sizeof(ends) / sizeof(ends[0]); n++) {
        end = ends[n] > end ? ends[n] : end;
    }
    return end;
}

static bool is_aligned(const struct sk_ring_layout *layout, const struct sk_ring_memory *memory)
{
    bool is_good = (uintptr_t)memory->queue % 8 == 0 &&
                   layout->tail % layout->index_size == 0 &&
                   layout->head % layout->index_size == 0;

    /* SK_RING_NOWHERE is no multiple of 4. */
    is_good = is_good && (layout->consumer_signalled % 4 == 0 ||
                          layout->consumer_signalled == SK_RING_NOWHERE);
    is_good = is_good && (layout->producer_signalled % 4 == 0 ||
                          layout->producer_signalled == SK_RING_NOWHERE);
    return is_good && (layout->format % 4 == 0 || layout->format == SK_RING_NOWHERE);
}

sk_err sk_ring_check(const struct sk_ring_layout *layout, const struct sk_ring_memory *memory)
{
    bool has_entries = memory->entries == NULL;

    if ((layout->index_size != 2 && layout->index_size != 4) || layout->size == 0 ||
        layout->count == 0 || (layout->count & (layout->count - 1)) != 0 ||
        layout->count > (uint32_t)1 << (layout->index_size * 8 - 1) ||
        layout->spare >= layout->count || (has_entries && layout->entries == SK_RING_NOWHERE)) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    if (!is_aligned(layout, memory)) {
        return SK_ERR_ALIGNMENT;
    }
    if (memory->queue_size < sk_ring_queue_size(layout, has_entries)) {
        return SK_ERR_NO_MEMORY;
    }
    if (!has_entries && memory->entries_size < (size_t)layout->count * layout->size) {
        return SK_ERR_NO_MEMORY;
    }
    return SK_OK;
}

static uint32_t *word_at(const struct sk_ring_memory *memory, uint32_t offset)
{
    return (uint32_t *)((char *)memory->queue + offset);
}

static void format_words(const struct sk_ring_layout *layout, uint32_t words[FORMAT_WORDS])
{
    words[0] = FORMAT;
    words[1] = layout->count;
    words[2] = layout->size;
}

bool sk_ring_has_format(const struct sk_ring_layout *layout,
                        const struct sk_ring_memory *memory)
{
    uint32_t words[FORMAT_WORDS];
    bool is_same = true;

    if (layout->format == SK_RING_NOWHERE) {
        return true;
    }
    format_words(layout, words);
    for (unsigned n = 0; n < FORMAT_WORDS; n++) {
        /* Relaxed: whoever wrote it did so before we were told of the memory. */
        is_same = is_same && __atomic_load_n(word_at(memory, layout->format + n * 4),
                                             __ATOMIC_RELAXED) == words[n];
    }
    return is_same;
}

sk_err sk_ring_clear(const struct sk_ring_layout *layout, const struct sk_ring_memory *memory)
{
    uint32_t words[FORMAT_WORDS];

    SK_TRY(sk_ring_check(layout, memory));
    ring_store_index((char *)memory->queue + layout->tail, layout->index_size, 0);
    ring_store_index((char *)memory->queue + layout->head, layout->index_size, 0);
    if (layout->consumer_signalled != SK_RING_NOWHERE) {
        __atomic_store_n(word_at(memory, layout->consumer_signalled), 0, __ATOMIC_RELAXED);
    }
    if (layout->producer_signalled != SK_RING_NOWHERE) {
        __atomic_store_n(word_at(memory, layout->producer_signalled), 0, __ATOMIC_RELAXED);
    }
    if (layout->format != SK_RING_NOWHERE) {
        format_words(layout, words);
        for (unsigned n = 0; n < FORMAT_WORDS; n++) {
            __atomic_store_n(word_at(memory, layout->format + n * 4), words[n],
                             __ATOMIC_RELAXED);
        }
    }
    return SK_OK;
}
