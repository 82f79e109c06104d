/*
 * Blueprints: what seL4_Untyped_Retype() is to make, and how much memory that takes.
 *
 * A blueprint is a type of this kernel's configuration and, where the maker chooses a size,
 * that size. Size and alignment of what it describes are the same power of two and known
 * without asking the kernel; for a constant blueprint the compiler knows them:
 *
 *     SK_BLUEPRINT(TCB)                  an object type of fixed size, by the manual's name
 *     sk_blueprint_untyped(20)           1 MiB of untyped memory
 *     sk_blueprint_cnode(12)             a CNode of 4096 slots
 *     sk_blueprint_frame(seL4_PageBits)  a page
 *
 * The names and sizes are those of <selkie/gen/objects.h>.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/arch/cap/object.h>
#include <selkie/base/assert.h>
#include <selkie/base/attr.h>
#include <selkie/base/err.h>
#include <selkie/cap/kinds.h>
#include <selkie/cap/slot.h>
#include <selkie/config.h>
#include <selkie/gen/objects.h>

typedef struct sk_blueprint {
    seL4_Word type;
    seL4_Word size_bits; /* as the kernel is told it; 0 where the type has one size only */
} sk_blueprint;

#define SK_OBJECT_CONSTANTS(name, number, bits) \
    SK_OBJECT_TYPE_##name = (number), SK_OBJECT_BITS_##name = (bits),

/*
 * Of each object type: its number, and log2 of an object's size in bytes (0: the maker
 * chooses).
 */
enum sk_object_constants { SK_OBJECTS(SK_OBJECT_CONSTANTS) };

/* The blueprint of a type that has one size only. Constant, so that it can be initialised. */
#define SK_BLUEPRINT(name)                                                    \
    ((sk_blueprint){                                                          \
        SK_OBJECT_TYPE_##name,                                                \
        0 * sizeof(struct {                                                   \
            _Static_assert(SK_OBJECT_BITS_##name != 0,                        \
                           "objects of this type have no size of their own"); \
            int unused;                                                       \
        }),                                                                   \
    })

/* Memory that is not typed yet. */
static SK_ALWAYS_INLINE sk_blueprint sk_blueprint_untyped(unsigned size_bits)
{
    return (sk_blueprint){seL4_UntypedObject, size_bits};
}

/* A CNode of 1 << slot_bits slots. */
static SK_ALWAYS_INLINE sk_blueprint sk_blueprint_cnode(unsigned slot_bits)
{
    return (sk_blueprint){seL4_CapTableObject, slot_bits};
}

/* A page, of a size that the machine has; traps for any other. */
static SK_ALWAYS_INLINE sk_blueprint sk_blueprint_frame(unsigned size_bits)
{
#define SK_BLUEPRINT_FRAME(frame_type, frame_bits) \
    if (size_bits == (frame_bits)) {               \
        return (sk_blueprint){(frame_type), 0};    \
    }

    SK_ARCH_FRAMES(SK_BLUEPRINT_FRAME)
    __builtin_trap();
}

static SK_ALWAYS_INLINE sk_blueprint sk_blueprint_page_table(void)
{
    return (sk_blueprint){SK_ARCH_PAGE_TABLE_OBJECT, 0};
}

static SK_ALWAYS_INLINE sk_blueprint sk_blueprint_vspace(void)
{
    return (sk_blueprint){SK_ARCH_VSPACE_OBJECT, 0};
}

/*
 * A scheduling context, whose memory limits its refills. Like a reply object it is of MCS
 * kernels only: elsewhere this is the blueprint of no object, of 0 bits.
 */
static SK_ALWAYS_INLINE sk_blueprint sk_blueprint_sched_context(unsigned size_bits)
{
    /* The two types follow those that every kernel has. */
    return SK_CFG_KERNEL_MCS ? (sk_blueprint){seL4_CapTableObject + 1, size_bits}
                             : (sk_blueprint){~(seL4_Word)0, 0};
}

static SK_ALWAYS_INLINE sk_blueprint sk_blueprint_reply(void)
{
    return (sk_blueprint){SK_CFG_KERNEL_MCS ? seL4_CapTableObject + 2 : ~(seL4_Word)0, 0};
}

/*
 * log2 of the bytes that the object takes, which is its alignment too. 0 if this kernel's
 * configuration has no such type.
 */
static SK_ALWAYS_INLINE unsigned sk_blueprint_bits(sk_blueprint b)
{
    static const seL4_Uint8 bits[] = {
#define SK_BLUEPRINT_BITS(name, number, size_bits) [(number)] = (size_bits),
        SK_OBJECTS(SK_BLUEPRINT_BITS)};

    if (b.type >= sizeof(bits)) {
        return 0;
    }
    if (bits[b.type] != 0) {
        return bits[b.type];
    }
    return (unsigned)b.size_bits + (b.type == seL4_CapTableObject ? seL4_SlotBits : 0);
}

/* The same in bytes. */
static SK_ALWAYS_INLINE seL4_Word sk_blueprint_size(sk_blueprint b)
{
    sk_require(sk_blueprint_bits(b) < seL4_WordBits);
    return (seL4_Word)1 << sk_blueprint_bits(b);
}

/*
 * Make an object of this blueprint in each of the slots, which are empty and all in one CNode
 * like node. However many slots there are: the kernel makes
 * seL4_UntypedRetypeMaxObjects at once, and is asked as often as it takes. Either all objects
 * are made or none is left; the memory of those that were deleted again comes back when from
 * has no other child.
 *
 * SK_ERR_NO_MEMORY: from is too small for what is missing.
 * SK_ERR_DELETE_FIRST: a slot is not empty.
 * SK_ERR_FAILED_LOOKUP, SK_ERR_INVALID_CAPABILITY: there are no such slots, or no such untyped.
 * SK_ERR_INVALID_ARGUMENT: from is device memory, which can become frames and untypeds only.
 * SK_ERR_RANGE: the size is not one that the type can have, or the slots are not in one CNode:
 * then the range is the number of slots that are.
 */
sk_err sk_blueprint_make(sk_blueprint b, sk_untyped from, sk_slots into, sk_node node);
