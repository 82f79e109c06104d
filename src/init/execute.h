/*
 * What the files that carry a specification out share.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

#include <selkie/init/execute.h>

/* Make a kernel call and count it: call(in, SK_INIT_UNMAP, frame). */
#define call(in, what, ...) sk_init_call_now(in, what, (const uint64_t[]){__VA_ARGS__})
sk_err sk_init_call_now(struct sk_init *in, enum sk_init_call what, const uint64_t *args);

/* A record of a table is carried out. */
typedef sk_err sk_init_step(struct sk_init *in, const void *record);

sk_init_step sk_init_group;      /* allocate.c */
sk_init_step sk_init_hand_over;  /* hand_over.c */
sk_init_step sk_init_tell_image; /* the image's own info page, unless an untyped's told */
sk_init_step sk_init_hand_image;
sk_init_step sk_init_assign; /* execute_memory.c */
sk_init_step sk_init_map_tables;
sk_init_step sk_init_fill;
sk_init_step sk_init_map;
sk_init_step sk_init_irq; /* execute_threads.c */
sk_init_step sk_init_cap;
sk_init_step sk_init_domain;
sk_init_step sk_init_thread;
sk_init_step sk_init_start;

/* An untyped of RAM at whose mark 2^bits bytes can be made; gaps before it are filled. */
sk_err sk_init_find(struct sk_init *in, unsigned bits, struct sk_init_untyped **ret_untyped);

/* Map a frame of ours at its window, and take it away again. */
sk_err sk_init_show(struct sk_init *in, uint32_t object);
sk_err sk_init_hide(struct sk_init *in, uint32_t object);

/* The contents of the frame that is shown; NULL if nothing is really done. */
uint8_t *sk_init_shown(const struct sk_init *in, uint32_t object);

/* A slot for something that has no number. */
sk_err sk_init_take_slot(struct sk_init *in, uint32_t *ret_slot);

static inline uint32_t init_count(const struct sk_init *in, enum sk_spec_table table)
{
    return in->spec->section[table].count;
}

/* Slots: of objects, then of interrupts' handlers, then one for the moment. */
static inline uint32_t init_object(const struct sk_init *in, uint32_t object)
{
    return in->first_slot + object;
}

static inline uint32_t init_optional(const struct sk_init *in, uint32_t object)
{
    return object == SK_SPEC_NONE ? 0 : init_object(in, object);
}

static inline uint32_t init_irq(const struct sk_init *in, uint32_t irq)
{
    return in->first_slot + in->spec->object_count + irq;
}

static inline uint32_t init_moment(const struct sk_init *in)
{
    return init_irq(in, init_count(in, SK_SPEC_IRQS));
}

static inline uint32_t init_page(const struct sk_init *in, uint32_t page)
{
    return in->image_end - in->spec->blob_page_count + page;
}

static inline uint32_t init_depth(struct sk_init *in, uint32_t cnode)
{
    if (in->depth_of != cnode) {
        in->depth_of = cnode;
        in->depth = sk_spec_group_of(in->spec, cnode)->size_bits;
    }
    return in->depth;
}
