/*
 * Ownership.
 *
 * A type with SK_OWNED(type, drop) is dropped when its scope ends, panics included:
 *
 *     SK_AUTO(sk_owned_object) tcb = {0};
 *     SK_TRY(sk_owned_object_make(source, SK_BLUEPRINT(TCB), &tcb));
 *     SK_TRY(set_up(sk_owned_object_cptr(&tcb)));    // an error frees the TCB
 *     *ret_tcb = SK_MOVE(tcb);                       // now the caller owns it
 *
 * A zeroed value owns nothing, and dropping it does nothing. The first word of an owned type
 * is zero exactly when the value owns nothing: that is how it is seen whether there is
 * something to drop, to move or to use.
 *
 * Moving a value that owns nothing, and using one where the type's functions check it with
 * sk_own_check(), is a mistake. Where the optimiser (-O2) knows the value, if only on one of
 * several paths, it does not compile: "a value is used that was moved or never set". Everywhere
 * else it traps. Functions of an owned type that are inline, and do not let the variable's
 * address escape, keep the optimiser's knowledge; that is why SK_AUTO drops a copy.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <selkie/base/attr.h>

typedef uintptr_t __attribute__((may_alias)) sk_own_word;

SK_COMPILE_ERROR("a value is used that was moved or never set")
void sk_own_used_after_move(void);

static SK_ALWAYS_INLINE bool sk_own_is_empty(const void *owned)
{
    return *(const sk_own_word *)owned == 0;
}

/* Traps, or does not compile, if *owned owns nothing. */
static SK_ALWAYS_INLINE void sk_own_check(const void *owned)
{
    bool is_empty = sk_own_is_empty(owned);

    if (__builtin_constant_p(is_empty) && is_empty) {
        sk_own_used_after_move();
    }
    if (is_empty) {
        __builtin_trap();
    }
}

/* After the type and its drop function, which takes a pointer and cannot fail. */
#define SK_OWNED(type, drop)                                                                 \
    _Static_assert(sizeof(type) >= sizeof(sk_own_word), "an owned type starts with a word"); \
    static SK_ALWAYS_INLINE void type##_auto__(type *self)                                   \
    {                                                                                        \
        if (!sk_own_is_empty(self)) {                                                        \
            type last__ = *self;                                                             \
            drop(&last__);                                                                   \
        }                                                                                    \
    }                                                                                        \
    SK_KEEPER(type)

#define SK_AUTO(type) __attribute__((cleanup(type##_auto__), unused)) type

/* As SK_MOVE(), of a value whose type has no drop: nobody is to blame if it is not kept. */
#define SK_TAKE(var)                       \
    ({                                     \
        __typeof__(var) *from__ = &(var);  \
        __typeof__(var) moved__ = *from__; \
        sk_own_check(&moved__);            \
        *from__ = (__typeof__(var)){};     \
        moved__;                           \
    })

/*
 * The value, which var no longer owns; var is evaluated once. Does not compile as a statement:
 * nobody would own the value then. Its type is one with SK_OWNED().
 */
#define SK_MOVE(var) SK_KEPT(__typeof__(var), SK_TAKE(var))
