/*
 * Budgets of slots and of untyped memory, which cannot be overspent.
 *
 * A static budget has its amount in its type: who takes more than there is left gets no
 * program, but "the slot budget is overspent". It costs nothing, as amounts are constants:
 *
 *     SK_SLOT_BUDGET(8) all = {.first = first};
 *     SK_SLOT_BUDGET_TAKE(mine, rest, all, 5);      // declares mine and rest
 *     SK_SLOT_BUDGET_TAKE(more, none, rest, 4);     // error: 3 are left
 *
 *     SK_UNTYPED_BUDGET(16) memory = {.untyped = untyped};
 *     SK_UNTYPED_BUDGET_TAKE(left, memory, SK_OBJECT_BITS_TCB, 4);
 *
 * Taking from a budget consumes it, as does handing its slots over: using it again is caught as
 * <selkie/base/own.h> says. So the untyped of a budget is that of the last rest. Where amounts
 * are not constants, the same is done at run time by sk_slots_take() of <selkie/cap/slot.h> and
 * by struct sk_untyped_budget, which answer SK_ERR_NO_SLOT and SK_ERR_NO_MEMORY where the
 * static ones do not compile.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/base/err.h>
#include <selkie/base/own.h>
#include <selkie/cap/blueprint.h>
#include <selkie/cap/kinds.h>
#include <selkie/cap/slot.h>

/* A constant 0 that does not compile unless cond holds. */
#define SK_BUDGET_CHECK(cond, text)  \
    (0 * sizeof(struct {             \
         _Static_assert(cond, text); \
         int unused;                 \
     }))

/* --- slots */

/* count slots of one CNode, from first on; initialise it with {.first = it}. */
#define SK_SLOT_BUDGET(count) \
    struct {                  \
        sk_slot first;        \
        char (*left)[count];  \
    }

/* The first slot of a budget that is consumed. */
static SK_ALWAYS_INLINE sk_slot sk_budget_spend(sk_slot *first)
{
    return SK_TAKE(*first);
}

/* How many there are, and whether count of them can be taken: constants. */
#define SK_SLOT_BUDGET_LEFT(budget)       sizeof(*(budget).left)
#define SK_SLOT_BUDGET_HAS(budget, count) ((count) <= SK_SLOT_BUDGET_LEFT(budget))

/* Take count slots: declares taken, a budget of count, and rest, a budget of the others. */
#define SK_SLOT_BUDGET_TAKE(taken, rest, budget, count)                         \
    SK_SLOT_BUDGET((count) + SK_BUDGET_CHECK(SK_SLOT_BUDGET_HAS(budget, count), \
                                             "the slot budget is overspent"))   \
    taken = {sk_budget_spend(&(budget).first), 0};                              \
    SK_SLOT_BUDGET(SK_SLOT_BUDGET_LEFT(budget) - (count))                       \
    rest = {sk_slot_plus(taken.first, count), 0}

/* The same slots as a value, for functions; the budget is consumed. */
#define SK_SLOT_BUDGET_SLOTS(budget) \
    ((sk_slots){sk_budget_spend(&(budget).first), SK_SLOT_BUDGET_LEFT(budget)})

/* --- untyped memory */

/* An untyped of 1 << size_bits bytes, all free; initialise it with {.untyped = it}. */
#define SK_UNTYPED_BUDGET(size_bits) SK_UNTYPED_BUDGET_USED(size_bits, 0)

#define SK_UNTYPED_BUDGET_USED(size_bits, bytes)   \
    struct {                                       \
        sk_untyped untyped;                        \
        char (*size)[(seL4_Word)1 << (size_bits)]; \
        char (*used)[bytes];                       \
    }

/* The bytes used after count objects of 1 << bits more: each is aligned to its size. */
#define SK_UNTYPED_BUDGET_AFTER(used, bits, count)                                       \
    ((count) == 0                                                                        \
         ? (used)                                                                        \
         : (((used) + ((seL4_Word)1 << (bits)) - 1) & ~(((seL4_Word)1 << (bits)) - 1)) + \
               ((seL4_Word)(count) << (bits)))

/* Can count objects of 1 << bits bytes be made? A constant. */
#define SK_UNTYPED_BUDGET_HAS(budget, bits, count)  \
    ((count) <= sizeof(*(budget).size) >> (bits) && \
     SK_UNTYPED_BUDGET_AFTER(sizeof(*(budget).used), bits, count) <= sizeof(*(budget).size))

/* Is it an object's size? No object is smaller than the smallest untyped. */
#define SK_UNTYPED_BUDGET_IS_SIZE(bits) ((bits) >= seL4_MinUntypedBits)

/*
 * Take the memory of count objects of 1 << bits bytes, bits being SK_OBJECT_BITS_x or what the
 * maker chose. Declares rest.
 */
#define SK_UNTYPED_BUDGET_TAKE(rest, budget, bits, count)                                \
    struct {                                                                             \
        sk_untyped untyped;                                                              \
        char (*size)[sizeof(*(budget).size) +                                            \
                     SK_BUDGET_CHECK(SK_UNTYPED_BUDGET_IS_SIZE(bits),                    \
                                     "objects of this type have no size of their own") + \
                     SK_BUDGET_CHECK(SK_UNTYPED_BUDGET_HAS(budget, bits, count),         \
                                     "the untyped budget is overspent")];                \
        char (*used)[SK_UNTYPED_BUDGET_AFTER(sizeof(*(budget).used), bits, count)];      \
    } rest = {.untyped = SK_TAKE((budget).untyped)}

/* The same at run time. */
struct sk_untyped_budget {
    sk_untyped untyped;
    unsigned size_bits;
    seL4_Word used;
};

/*
 * Take the memory of count objects.
 *
 * SK_ERR_NO_MEMORY: there is not so much left; nothing is taken.
 * SK_ERR_RANGE: what is of no type, or of a size that no object has.
 */
sk_err sk_untyped_budget_take(struct sk_untyped_budget *b, sk_blueprint what, seL4_Word count);
