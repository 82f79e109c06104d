/*
 * What is left when everything else was made: untypeds and pages for components.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "execute.h"

#include "info.h"

/* What is given so far by one record, and its info page, if that is shown. */
struct giving {
    const struct sk_spec_untyped *record;
    struct init_info *info;
    uint32_t count;
    unsigned depth;
};

static bool has_room(const struct giving *g)
{
    return g->count < g->record->slot_count &&
           (g->record->info_frame == SK_SPEC_NONE || g->count < INIT_INFO_UNTYPEDS);
}

/* The piece of 2^bits bytes at u's mark: u itself if that is all of it. */
static sk_err give(struct sk_init *in, struct giving *g, struct sk_init_untyped *u,
                   unsigned bits)
{
    uint64_t start = ((u->used + (1ull << bits) - 1) >> bits) << bits;
    uint32_t cnode = init_object(in, g->record->cnode), slot = g->record->slot + g->count;

    if (!has_room(g)) {
        return SK_ERR_NO_SLOT;
    }
    if (bits == u->size_bits) {
        SK_TRY(call(in, SK_INIT_MOVE, cnode, slot, g->depth, u->slot));
    } else {
        in->retypes++;
        SK_TRY(call(in, SK_INIT_RETYPE, u->slot, SK_SPEC_UNTYPED, bits, cnode, slot, 1,
                    u->paddr + start));
    }
    if (g->info != NULL) {
        g->info->untyped_list[g->count] = (struct init_info_untyped){
            .paddr = u->paddr + start, .size_bits = (uint8_t)bits, .is_device = u->is_device};
    }
    u->used = start + (1ull << bits);
    g->count++;
    return SK_OK;
}

/* Pieces of u, the smallest first. Those that are too small are jumped over. */
static sk_err give_rest(struct sk_init *in, struct giving *g, struct sk_init_untyped *u)
{
    uint64_t at = u->used;

    while (at < 1ull << u->size_bits && has_room(g)) {
        unsigned bits = at == 0 ? u->size_bits : (unsigned)__builtin_ctzll(at);

        if (bits >= g->record->min_bits) {
            SK_TRY(give(in, g, u, bits));
        }
        at += 1ull << bits;
    }
    return SK_OK;
}

static sk_err give_all(struct sk_init *in, struct giving *g, bool is_device)
{
    for (uint32_t n = 0; n < in->untyped_count; n++) {
        if (in->untypeds[n].is_device == is_device) {
            SK_TRY(give_rest(in, g, &in->untypeds[n]));
        }
    }
    return SK_OK;
}

static sk_err give_size(struct sk_init *in, struct giving *g, uint64_t size)
{
    unsigned bits = in->spec->platform.max_untyped_bits;

    while (size > 0) {
        struct sk_init_untyped *u = NULL;
        sk_err err = SK_ERR_NO_MEMORY;

        if (1ull << bits <= size) {
            err = sk_init_find(in, bits, &u);
        }
        if (err == SK_OK) {
            SK_TRY(give(in, g, u, bits));
            size -= 1ull << bits;
        } else if (err != SK_ERR_NO_MEMORY || bits == g->record->min_bits) {
            return err;
        } else {
            bits--;
        }
    }
    return SK_OK;
}

static uint32_t image_pages(const struct sk_init *in)
{
    return in->image_end - in->image_start - in->spec->handed_page_count;
}

/* What the info page says of the image's pages; known before they are given. */
static void tell_image(const struct sk_init *in, struct init_info *info)
{
    const struct sk_spec_image *i = sk_spec_at(in->spec, SK_SPEC_IMAGE);
    uint32_t pages = image_pages(in);

    info->image_frames.start = i->first_cptr;
    info->image_frames.end = i->first_cptr + (pages < i->slot_count ? pages : i->slot_count);
    info->cnode_bits = i->cnode_bits;
}

static bool is_told_of_image(const struct sk_init *in, uint32_t frame)
{
    const struct sk_spec_image *i = sk_spec_at(in->spec, SK_SPEC_IMAGE);

    return init_count(in, SK_SPEC_IMAGE) != 0 && i->info_frame == frame;
}

sk_err sk_init_hand_over(struct sk_init *in, const void *record)
{
    const struct sk_spec_untyped *u = record;
    struct giving g = {.record = u, .depth = init_depth(in, u->cnode)};

    if (u->info_frame != SK_SPEC_NONE) {
        SK_TRY(sk_init_show(in, u->info_frame));
        g.info = (struct init_info *)sk_init_shown(in, u->info_frame);
    }
    if ((u->flags & SK_SPEC_DEVICE) != 0) {
        SK_TRY(give_all(in, &g, true));
    }
    if (u->size == SK_SPEC_REST) {
        SK_TRY(give_all(in, &g, false));
    } else {
        SK_TRY(give_size(in, &g, u->size));
    }
    if (u->info_frame == SK_SPEC_NONE) {
        return SK_OK;
    }
    if (g.info != NULL) {
        g.info->untyped.start = u->first_cptr;
        g.info->untyped.end = u->first_cptr + g.count;
        g.info->empty.start = u->first_cptr + g.count;
        g.info->empty.end = u->first_cptr + u->slot_count;
        g.info->cnode_bits = u->cnode_bits;
        if (is_told_of_image(in, u->info_frame)) {
            tell_image(in, g.info);
        }
    }
    return sk_init_hide(in, u->info_frame);
}

sk_err sk_init_tell_image(struct sk_init *in, const void *record)
{
    const struct sk_spec_untyped *u = sk_spec_at(in->spec, SK_SPEC_UNTYPEDS);
    const struct sk_spec_image *i = record;

    if (i->info_frame == SK_SPEC_NONE) {
        return SK_OK;
    }
    for (uint32_t n = 0; n < init_count(in, SK_SPEC_UNTYPEDS); n++) {
        if (u[n].info_frame == i->info_frame) {
            return SK_OK;
        }
    }
    SK_TRY(sk_init_show(in, i->info_frame));
    if (in->blob != NULL) {
        tell_image(in, (struct init_info *)sk_init_shown(in, i->info_frame));
    }
    return sk_init_hide(in, i->info_frame);
}

/* They stay mapped here, and are used, until the initialiser is suspended. */
sk_err sk_init_hand_image(struct sk_init *in, const void *record)
{
    const struct sk_spec_image *i = record;
    uint32_t pages = image_pages(in);
    uint32_t handed_start = init_page(in, 0);
    uint32_t frame = in->image_start;

    for (uint32_t n = 0; n < pages && n < i->slot_count; n++, frame++) {
        if (frame == handed_start) {
            frame += in->spec->handed_page_count;
        }
        SK_TRY(call(in, SK_INIT_MOVE, init_object(in, i->cnode), i->slot + n,
                    init_depth(in, i->cnode), frame));
    }
    return SK_OK;
}
