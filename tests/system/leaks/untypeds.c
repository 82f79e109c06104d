/* SPDX-License-Identifier: BSD-2-Clause */
#include "untypeds.h"

#include <selkie/cap/blueprint.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/panic.h>

#define CNODE seL4_CapInitThreadCNode

static bool is_ram(const struct untypeds *u, seL4_Word n)
{
    const seL4_UntypedDesc *desc = &u->bi->untypedList[n];

    return !desc->isDevice && desc->sizeBits >= seL4_PageBits;
}

static bool make(const struct untypeds *u, seL4_Word n, sk_blueprint what, seL4_Word count)
{
    return seL4_Untyped_Retype(u->bi->untyped.start + n, what.type, what.size_bits, CNODE, 0, 0,
                               u->slots, count) == seL4_NoError;
}

static void delete_all(const struct untypeds *u, seL4_Word count)
{
    for (seL4_Word i = 0; i < count; i++) {
        sk_assert(seL4_CNode_Delete(CNODE, u->slots + i, seL4_WordBits) == seL4_NoError);
    }
}

void untypeds_look(struct untypeds *u, const seL4_BootInfo *bi, seL4_CPtr slots)
{
    struct sk_boot_rest rest;

    sk_boot_source_stop(&rest);
    *u = (struct untypeds){.bi = bi, .slots = slots};
    for (seL4_Word n = 0; n < bi->untyped.end - bi->untyped.start; n++) {
        u->is_used[n] = sk_boot_rest_has_used(&rest, &bi->untypedList[n], n) ||
                        (n == rest.index && rest.used != 0);
        u->used_count += u->is_used[n];
    }
}

/* The largest frames that fit, so that they are 256 at most. */
static unsigned frame_bits(unsigned size_bits)
{
    unsigned found = 0;

#define LARGEST(type, bits)                      \
    if ((bits) <= size_bits && (bits) > found) { \
        found = (bits);                          \
    }
    SK_ARCH_FRAMES(LARGEST)
    return found;
}

struct untypeds_found untypeds_retype(const struct untypeds *u)
{
    struct untypeds_found found = {0};

    for (seL4_Word n = 0; n < u->bi->untyped.end - u->bi->untyped.start; n++) {
        unsigned size_bits = u->bi->untypedList[n].sizeBits;

        if (!is_ram(u, n) || u->is_used[n]) {
            continue;
        }
        unsigned bits = frame_bits(size_bits);
        seL4_Word count = (seL4_Word)1 << (size_bits - bits);

        if (make(u, n, sk_blueprint_frame(bits), count)) {
            found.whole++;
            found.frames += count;
            delete_all(u, count);
        } else {
            found.broken++;
        }
    }
    return found;
}
