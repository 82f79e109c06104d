/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/derive.h"

static uint64_t next_word(const struct slot *next, uint64_t depth, bool is_original)
{
    return (uint64_t)(uintptr_t)next << 16 | (uint64_t)is_original << 20 | depth;
}

static uint64_t prev_word(const struct slot *prev, uint64_t fence)
{
    return (uint64_t)(uintptr_t)prev << 16 | fence;
}

static void set_next(struct slot *s, const struct slot *next)
{
    s->next = next_word(next, derive_depth(s), derive_is_original(s));
}

static void set_prev(struct slot *s, const struct slot *prev)
{
    s->prev = prev_word(prev, derive_fence(s));
}

/* Lower the fence of s to the given one, where zero means none. */
static void add_fence(struct slot *s, uint64_t fence)
{
    uint64_t old = derive_fence(s);

    if (fence != DERIVE_FENCE_NONE && (old == DERIVE_FENCE_NONE || fence < old)) {
        s->prev = prev_word(derive_prev(s), fence);
    }
}

void sk_kderive_root(struct slot *s, kcap c)
{
    s->cap = c;
    s->next = next_word(0, 0, true);
    s->prev = prev_word(0, DERIVE_FENCE_NONE);
}

void sk_kderive_insert(struct slot *src, struct slot *dst, kcap c, bool is_original)
{
    struct slot *next = derive_next(src);
    uint64_t depth = derive_depth(src) + derive_is_original(src);

    dst->cap = c;
    dst->next = next_word(next, depth, is_original);
    dst->prev = prev_word(src, DERIVE_FENCE_NONE);
    set_next(src, dst);
    if (next != 0) {
        set_prev(next, dst);
    }
}

static void relink_neighbours(struct slot *s)
{
    struct slot *next = derive_next(s);
    struct slot *prev = derive_prev(s);

    if (next != 0) {
        set_prev(next, s);
    }
    if (prev != 0) {
        set_next(prev, s);
    }
}

void sk_kderive_move(struct slot *src, struct slot *dst, kcap c)
{
    *dst = *src;
    dst->cap = c;
    relink_neighbours(dst);
    *src = (struct slot){0};
}

void sk_kderive_swap(struct slot *a, struct slot *b)
{
    struct slot old_a = *a;
    struct slot old_b = *b;

    *a = old_b;
    *b = old_a;
    /* Neighbours of each other still point at themselves. */
    if (derive_next(&old_a) == b) {
        set_prev(a, b);
        set_next(b, a);
    } else if (derive_prev(&old_a) == b) {
        set_next(a, b);
        set_prev(b, a);
    }
    relink_neighbours(a);
    relink_neighbours(b);
}

void sk_kderive_remove(struct slot *s)
{
    struct slot *next = derive_next(s);
    struct slot *prev = derive_prev(s);
    uint64_t depth = derive_depth(s);

    if (prev != 0) {
        set_next(prev, next);
    }
    if (next != 0) {
        set_prev(next, prev);
        /* Our fence still holds for whatever was behind it. */
        if (derive_fence(s) != DERIVE_FENCE_NONE && derive_depth(next) + 1 >= derive_fence(s)) {
            add_fence(next, derive_fence(s));
        }
        if (derive_depth(next) > depth) {
            add_fence(next, depth + 1);
        }
    }
    *s = (struct slot){0};
}

bool sk_kderive_is_final(const struct slot *s)
{
    const struct slot *next = derive_next(s);
    const struct slot *prev = derive_prev(s);

    if (next != 0 && cap_same_object(next->cap, s->cap)) {
        return false;
    }
    return prev == 0 || !cap_same_object(prev->cap, s->cap);
}
