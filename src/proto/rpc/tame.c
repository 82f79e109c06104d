/*
 * Is what arrived safe to invoke? The kernel does not say what kind of capability it is; but a
 * Mutate gives no endpoint or notification a badge that it was not made with, and so refuses
 * them, whatever the badge.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/proto/rpc.h>

#include <selkie/arch/cap/object.h>

/* No guard of a CNode: its lowest six bits say how long that is. */
#define BADGE ((seL4_Word)1 << 6)

enum kind { KIND_FRAME, KIND_REPLY, KIND_OTHER };

/*
 * What objects of the kernel say when they are asked where they lie: a frame says it; a reply
 * object, like all that messages go through, obeys whatever it is told, without a word; others
 * know no such thing.
 */
static enum kind kind_of(seL4_CPtr cptr)
{
    const struct sk_arch_message ask = {
        .info = seL4_MessageInfo_new(SK_ARCH_FRAME_GET_ADDRESS, 0, 0, 0).words[0],
    };
    seL4_MessageInfo_t answer = {
        {sk_arch_ipc_exchange((seL4_Word)seL4_SysCall, cptr, ask, seL4_CapNull).info}};

    if (seL4_MessageInfo_get_label(answer) != seL4_NoError) {
        return KIND_OTHER;
    }
    return seL4_MessageInfo_get_length(answer) == 0 ? KIND_REPLY : KIND_FRAME;
}

static bool is_mutated(sk_slot to, sk_slot from)
{
    return seL4_CNode_Mutate(to.root.cptr, to.index, to.depth, from.root.cptr, from.index,
                             from.depth, BADGE) == seL4_NoError;
}

/* A copy hands nothing on. */
static bool is_copied(sk_slot to, sk_slot from)
{
    return seL4_CNode_Copy(to.root.cptr, to.index, to.depth, from.root.cptr, from.index,
                           from.depth, seL4_CapRights_new(0, 0, 1, 1)) == seL4_NoError;
}

static sk_err tame(struct sk_source *source, const sk_owned_slot *gift, enum kind *ret_kind)
{
    SK_AUTO(sk_owned_slot) spare = {0};
    sk_slot at = sk_owned_slot_get(gift);

    SK_TRY(sk_owned_slot_take(source, &spare));
    if (!is_mutated(sk_owned_slot_get(&spare), at) ||
        !is_copied(at, sk_owned_slot_get(&spare))) {
        return SK_ERR_MALFORMED;
    }
    *ret_kind = kind_of(sk_slot_cptr(at));
    return *ret_kind == KIND_REPLY ? SK_ERR_MALFORMED : SK_OK;
}

sk_err sk_rpc_tame(struct sk_source *source, const sk_owned_slot *gift)
{
    enum kind kind;

    return tame(source, gift, &kind);
}

sk_err sk_rpc_tame_frame(struct sk_source *source, const sk_owned_slot *gift)
{
    enum kind kind;

    SK_TRY(tame(source, gift, &kind));
    return kind == KIND_FRAME ? SK_OK : SK_ERR_MALFORMED;
}
