/*
 * Each of the kernel's errors is provoked, and its details are as they should be.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/error.h>

#include "cases.h"

/* Is the line about e what it should be? It is also cut where the buffer ends. */
static bool prints(const struct sk_error *e, const char *want)
{
    char line[SK_ERROR_LINE];
    char cut[8] = "#######";
    size_t length = sk_error_print(e, line, sizeof(line));
    size_t n = 0;

    for (; want[n] != '\0'; n++) {
        if (line[n] != want[n]) {
            return false;
        }
    }
    return line[n] == '\0' && n == length && sk_error_print(e, cut, 5) == length &&
           cut[3] == want[3] && cut[4] == '\0' && cut[5] == '#';
}

static seL4_Error retype(struct scene *s, seL4_CPtr untyped, seL4_Word type, seL4_Word bits,
                         seL4_Word count)
{
    return seL4_Untyped_Retype(untyped, type, bits, s->cnode, 0, 0, s->next_slot, count);
}

const char *invalid_argument(struct scene *s)
{
    sk_err code = (sk_err)retype(s, s->untyped, 999, 0, 1);
    struct sk_error e = sk_error_last(code);

    WANT(e.code == SK_ERR_INVALID_ARGUMENT);
    WANT(e.argument == 0);
    WANT(prints(&e, "invalid argument 0"));

    code = (sk_err)retype(s, s->untyped, seL4_UntypedObject, 1, 1);
    e = sk_error_last(code);
    WANT(e.code == SK_ERR_INVALID_ARGUMENT);
    WANT(e.argument == 1);
    WANT(e.minimum == 0 && e.maximum == 0 && e.bytes_available == 0);
    WANT(e.lookup.kind == SK_LOOKUP_NO_FAILURE);
    return NULL;
}

const char *invalid_capability(struct scene *s)
{
    sk_err code = (sk_err)retype(s, s->next_slot, seL4_EndpointObject, 0, 1);
    struct sk_error e = sk_error_last(code);

    WANT(e.code == SK_ERR_INVALID_CAPABILITY);
    WANT(e.argument == 0);
    WANT(prints(&e, "invalid capability 0"));

    /* Now it is the argument that is no page table's place. */
    code = (sk_err)seL4_ARM_PageTable_Map(scene_make(s, sk_blueprint_page_table()), s->tcb, 0,
                                          seL4_ARM_Default_VMAttributes);
    e = sk_error_last(code);
    WANT(e.code == SK_ERR_INVALID_CAPABILITY);
    WANT(e.argument == 1);
    WANT(prints(&e, "invalid capability 1"));
    return NULL;
}

const char *illegal_operation(struct scene *s)
{
    sk_err code = (sk_err)seL4_TCB_Suspend(s->cnode);
    struct sk_error e = sk_error_last(code);

    WANT(e.code == SK_ERR_ILLEGAL_OPERATION);
    WANT(e.argument == 0 && e.minimum == 0 && e.maximum == 0 && e.bytes_available == 0);
    WANT(prints(&e, "illegal operation"));
    return NULL;
}

const char *range_error(struct scene *s)
{
    sk_err code = (sk_err)retype(s, s->untyped, seL4_EndpointObject, 0, 0);
    struct sk_error e = sk_error_last(code);

    WANT(e.code == SK_ERR_RANGE);
    WANT(e.minimum == 1);
    WANT(e.maximum == seL4_UntypedRetypeMaxObjects);
    WANT(e.argument == 0 && e.bytes_available == 0);
    WANT(prints(&e, "range error: 1 to 256 is allowed"));
    return NULL;
}

const char *alignment_error(struct scene *s)
{
    seL4_CPtr frame = scene_make(s, sk_blueprint_frame(seL4_PageBits));
    sk_err code;
    struct sk_error e;

    WANT(frame != 0);
    code = (sk_err)seL4_TCB_SetIPCBuffer(s->tcb, 0x10000008, frame);
    e = sk_error_last(code);
    WANT(e.code == SK_ERR_ALIGNMENT);
    WANT(prints(&e, "alignment error"));
    return NULL;
}

const char *truncated_message(struct scene *s)
{
    seL4_MessageInfo_t info =
        seL4_Call(s->untyped, seL4_MessageInfo_new(UntypedRetype, 0, 0, 0));
    struct sk_error e = sk_error_last((sk_err)seL4_MessageInfo_get_label(info));

    WANT(e.code == SK_ERR_TRUNCATED_MESSAGE);
    WANT(prints(&e, "truncated message"));
    return NULL;
}

const char *delete_first(struct scene *s)
{
    sk_err code = (sk_err)seL4_CNode_Copy(s->cnode, s->tcb, seL4_WordBits, s->cnode, s->cnode,
                                          seL4_WordBits, seL4_AllRights);
    struct sk_error e = sk_error_last(code);

    WANT(e.code == SK_ERR_DELETE_FIRST);
    WANT(prints(&e, "something must be deleted first"));
    return NULL;
}

const char *revoke_first(struct scene *s)
{
    seL4_CPtr untyped = scene_make(s, sk_blueprint_untyped(12));
    sk_err code;
    struct sk_error e;

    WANT(untyped != 0);
    WANT(retype(s, untyped, seL4_EndpointObject, 0, 1) == seL4_NoError);
    s->next_slot++;
    code = (sk_err)seL4_CNode_Copy(s->cnode, s->next_slot, seL4_WordBits, s->cnode, untyped,
                                   seL4_WordBits, seL4_AllRights);
    e = sk_error_last(code);
    WANT(e.code == SK_ERR_REVOKE_FIRST);
    WANT(prints(&e, "something must be revoked first"));
    return NULL;
}

const char *not_enough_memory(struct scene *s)
{
    seL4_CPtr untyped = scene_make(s, sk_blueprint_untyped(12));
    sk_err code;
    struct sk_error e;

    WANT(untyped != 0);
    code = (sk_err)retype(s, untyped, seL4_UntypedObject, 13, 1);
    e = sk_error_last(code);
    WANT(e.code == SK_ERR_NO_MEMORY);
    WANT(e.bytes_available == 4096);
    WANT(prints(&e, "not enough memory: 4096 bytes are available"));
    WANT(retype(s, untyped, seL4_UntypedObject, 11, 1) == seL4_NoError);
    s->next_slot++;
    code = (sk_err)retype(s, untyped, seL4_UntypedObject, 12, 1);
    e = sk_error_last(code);
    WANT(e.bytes_available == 2048);
    WANT(e.argument == 0 && e.minimum == 0);
    return NULL;
}

/* Copy the capability at index, of depth bits from root. The lookup of it fails. */
static struct sk_error copy_from(struct scene *s, seL4_CPtr root, seL4_Word index,
                                 seL4_Uint8 depth)
{
    return sk_error_last((sk_err)seL4_CNode_Copy(s->cnode, s->next_slot, seL4_WordBits, root,
                                                 index, depth, seL4_AllRights));
}

/* The same of a slot to copy to. */
static struct sk_error copy_to(struct scene *s, seL4_Word index, seL4_Uint8 depth)
{
    return sk_error_last((sk_err)seL4_CNode_Copy(s->cnode, index, depth, s->cnode, s->tcb,
                                                 seL4_WordBits, seL4_AllRights));
}

const char *failed_lookup(struct scene *s)
{
    struct sk_error e = copy_from(s, s->tcb, 1, seL4_WordBits);

    WANT(e.code == SK_ERR_FAILED_LOOKUP);
    WANT(e.is_source);
    WANT(e.lookup.kind == SK_LOOKUP_INVALID_ROOT);
    WANT(prints(&e, "failed lookup of the source: the root is no CNode"));

    e = copy_from(s, s->cnode, s->next_slot + 1, seL4_WordBits);
    WANT(e.lookup.kind == SK_LOOKUP_MISSING_CAPABILITY);
    WANT(e.lookup.bits_left == seL4_WordBits); /* of both kernels, whatever was resolved */
    WANT(e.lookup.bits_found == 0 && e.lookup.guard_bits == 0);
    WANT(prints(&e, "failed lookup of the source: an empty slot, 64 bits left"));
    return NULL;
}

const char *failed_lookup_guard(struct scene *s)
{
    struct sk_error e = copy_to(s, s->next_slot | (seL4_Word)1 << 63, seL4_WordBits);

    WANT(e.code == SK_ERR_FAILED_LOOKUP);
    WANT(!e.is_source);
    WANT(e.lookup.kind == SK_LOOKUP_GUARD_MISMATCH);
    WANT(e.lookup.bits_left == seL4_WordBits);
    WANT(e.lookup.guard == 0);
    WANT(e.lookup.guard_bits == s->node.guard_bits);
    WANT(e.lookup.bits_found == 0);
    WANT(s->node.guard_bits != 52 ||
         prints(&e, "failed lookup of the destination: a guard 0x0 of 52 bits, 64 bits left"));
    return NULL;
}

const char *failed_lookup_depth(struct scene *s)
{
    /* The guard's 52 bits are there, of the 12 that select a slot only 8. */
    struct sk_error e = copy_to(s, s->next_slot, 60);

    WANT(e.code == SK_ERR_FAILED_LOOKUP);
    WANT(!e.is_source);
    WANT(e.lookup.kind == SK_LOOKUP_DEPTH_MISMATCH);
    WANT(e.lookup.bits_left == 60);
    WANT(e.lookup.bits_found == seL4_WordBits);
    WANT(e.lookup.guard == 0 && e.lookup.guard_bits == 0);
    WANT(prints(
        &e, "failed lookup of the destination: a depth mismatch, 64 bits found, 60 bits left"));
    return NULL;
}
