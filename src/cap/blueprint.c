/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/blueprint.h>

/* Delete the capabilities in the first count slots. Deleting what was just made cannot fail. */
static void unmake(sk_slots s, seL4_Word count)
{
    for (seL4_Word n = 0; n < count; n++) {
        sk_slot slot = sk_slots_get(s, n);

        (void)seL4_CNode_Delete(slot.root.cptr, slot.index, slot.depth);
    }
}

/* What the kernel said of the invocation that failed; deleting overwrites it. */
struct words {
    seL4_Word word[5];
};

static struct words save(void)
{
    struct words w;

    for (int n = 0; n < 5; n++) {
        w.word[n] = seL4_GetMR(n);
    }
    return w;
}

static void restore(const struct words *w)
{
    for (int n = 0; n < 5; n++) {
        seL4_SetMR(n, w->word[n]);
    }
}

sk_err sk_blueprint_make(sk_blueprint b, sk_untyped from, sk_slots into, sk_node node)
{
    sk_window w;
    seL4_Word made = 0;

    SK_TRY(sk_slots_window(into, node, &w));
    while (made < w.count) {
        seL4_Word left = w.count - made;
        seL4_Word now =
            left < seL4_UntypedRetypeMaxObjects ? left : seL4_UntypedRetypeMaxObjects;
        sk_err e =
            (sk_err)seL4_Untyped_Retype(from.cptr, b.type, b.size_bits, w.root.cptr,
                                        w.node_index, w.node_depth, w.offset + made, now);

        if (e != SK_OK) {
            struct words detail = save();

            unmake(into, made);
            restore(&detail);
            return e;
        }
        made += now;
    }
    return SK_OK;
}
