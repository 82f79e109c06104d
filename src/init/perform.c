/* SPDX-License-Identifier: BSD-2-Clause */
#include "perform.h"

#include <stddef.h>

#include <sel4/sel4.h>
#include <selkie/arch/init/calls.h>

#include "info.h"

_Static_assert(sizeof(struct init_info) == sizeof(seL4_BootInfo) &&
                   offsetof(struct init_info, untyped) == offsetof(seL4_BootInfo, untyped) &&
                   offsetof(struct init_info, empty) == offsetof(seL4_BootInfo, empty) &&
                   offsetof(struct init_info, cnode_bits) ==
                       offsetof(seL4_BootInfo, initThreadCNodeSizeBits) &&
                   offsetof(struct init_info, image_frames) ==
                       offsetof(seL4_BootInfo, userImageFrames) &&
                   sizeof(struct init_info_untyped) == sizeof(seL4_UntypedDesc),
               "info pages are boot infos");

const struct sk_spec_platform sk_init_platform = {
    .user_end = SK_ARCH_INIT_USER_END,
    .fan_out_limit = CONFIG_RETYPE_FAN_OUT_LIMIT,
    .domain_count = CONFIG_NUM_DOMAINS,
    .domain_schedule_count = CONFIG_NUM_DOMAIN_SCHEDULES,
    .core_count = CONFIG_MAX_NUM_NODES,
    .asid_pool_entries = 1 << seL4_ASIDPoolIndexBits,
    .tcb_bits = seL4_TCBBits,
    .endpoint_bits = seL4_EndpointBits,
    .notification_bits = seL4_NotificationBits,
    .reply_bits = seL4_ReplyBits,
    .slot_bits = seL4_SlotBits,
    .min_sched_context_bits = seL4_MinSchedContextBits,
    .page_table_bits = seL4_PageTableBits,
    .vspace_bits = seL4_VSpaceBits,
    .frame_bits = {seL4_PageBits, seL4_LargePageBits, seL4_HugePageBits},
    .table_index_bits = seL4_PageTableIndexBits,
    .vspace_span_bits = SK_ARCH_INIT_VSPACE_SPAN_BITS,
    .min_untyped_bits = seL4_MinUntypedBits,
    .max_untyped_bits = seL4_MaxUntypedBits,
    .asid_pool_bits = seL4_ASIDPoolBits,
};

static seL4_Word type_of(uint64_t type, uint64_t size_bits)
{
    static const uint8_t types[SK_SPEC_TYPE_COUNT] = {
        [SK_SPEC_UNTYPED] = seL4_UntypedObject,
        [SK_SPEC_TCB] = seL4_TCBObject,
        [SK_SPEC_ENDPOINT] = seL4_EndpointObject,
        [SK_SPEC_NOTIFICATION] = seL4_NotificationObject,
        [SK_SPEC_CNODE] = seL4_CapTableObject,
        [SK_SPEC_SCHED_CONTEXT] = seL4_SchedContextObject,
        [SK_SPEC_REPLY] = seL4_ReplyObject,
        [SK_SPEC_FRAME] = SK_ARCH_INIT_SMALL_FRAME,
        [SK_SPEC_PAGE_TABLE] = SK_ARCH_INIT_PAGE_TABLE,
        [SK_SPEC_VSPACE] = SK_ARCH_INIT_VSPACE,
    };

    if (type == SK_SPEC_FRAME && size_bits != seL4_PageBits) {
        return size_bits == seL4_LargePageBits ? SK_ARCH_INIT_LARGE_FRAME
                                               : SK_ARCH_INIT_HUGE_FRAME;
    }
    return types[type];
}

/* Our own CNode is not walked to: its capability is the root, and no bits are left. */
static seL4_Error retype(const uint64_t *a)
{
    seL4_CNode root = a[3] != 0 ? a[3] : seL4_CapInitThreadCNode;

    return seL4_Untyped_Retype(a[0], type_of(a[1], a[2]), a[2], root, 0, 0, a[4], a[5]);
}

static seL4_CapRights_t rights_of(uint64_t rights)
{
    return (seL4_CapRights_t){{rights}};
}

static seL4_Error mint(const uint64_t *a)
{
    seL4_CNode root = a[0] != 0 ? a[0] : seL4_CapInitThreadCNode;
    seL4_Uint8 depth = a[0] != 0 ? (seL4_Uint8)a[2] : seL4_WordBits;

    if (a[5] == 0) {
        return seL4_CNode_Copy(root, a[1], depth, seL4_CapInitThreadCNode, a[3], seL4_WordBits,
                               rights_of(a[4]));
    }
    return seL4_CNode_Mint(root, a[1], depth, seL4_CapInitThreadCNode, a[3], seL4_WordBits,
                           rights_of(a[4]), a[5]);
}

static seL4_Error configure_time(const struct sk_init *in, const uint64_t *a)
{
    return seL4_SchedControl_ConfigureFlags(
        in->sched_control + a[0], a[1], a[2], a[3], a[4], a[5],
        a[6] != 0 ? seL4_SchedContext_Sporadic : seL4_SchedContext_NoFlag);
}

static seL4_Error perform_space(enum sk_init_call what, const uint64_t *a)
{
    switch (what) {
    case SK_INIT_RETYPE:
        return retype(a);
    case SK_INIT_MINT:
        return mint(a);
    case SK_INIT_MOVE:
        return seL4_CNode_Move(a[0], a[1], (seL4_Uint8)a[2], seL4_CapInitThreadCNode, a[3],
                               seL4_WordBits);
    case SK_INIT_DELETE:
        return seL4_CNode_Delete(seL4_CapInitThreadCNode, a[0], seL4_WordBits);
    default:
        return sk_arch_init_call(what, a);
    }
}

static seL4_Error perform_thread(const struct sk_init *in, enum sk_init_call what,
                                 const uint64_t *a)
{
    switch (what) {
    case SK_INIT_NOTIFY_IRQ:
        return seL4_IRQHandler_SetNotification(a[0], a[1]);
    case SK_INIT_SET_ENTRY:
        return seL4_DomainSet_ScheduleConfigure(seL4_CapDomain, a[0], (seL4_Uint8)a[1], a[2]);
    case SK_INIT_SET_START:
        return seL4_DomainSet_ScheduleSetStart(seL4_CapDomain, a[0]);
    case SK_INIT_SET_DOMAIN:
        return seL4_DomainSet_Set(seL4_CapDomain, (seL4_Uint8)a[1], a[0]);
    case SK_INIT_CONFIGURE_TIME:
        return configure_time(in, a);
    case SK_INIT_CONFIGURE:
        return seL4_TCB_Configure(a[0], a[1], a[2], a[3], 0, a[4], a[5]);
    case SK_INIT_SET_SCHEDULE:
        return seL4_TCB_SetSchedParams(a[0], seL4_CapInitThreadTCB, a[1], a[2], a[3], a[4]);
    case SK_INIT_SET_TIMEOUT:
        return seL4_TCB_SetTimeoutEndpoint(a[0], a[1]);
    case SK_INIT_BIND:
        return seL4_TCB_BindNotification(a[0], a[1]);
    case SK_INIT_BIND_TIME:
        return seL4_SchedContext_Bind(a[0], a[1]);
    case SK_INIT_NO_FPU:
        return (seL4_Error)seL4_TCB_SetFlags(a[0], 0, seL4_TCBFlag_fpuDisabled).error;
    default:
        return perform_space(what, a);
    }
}

sk_err sk_init_perform_call(struct sk_init *in, enum sk_init_call what, const uint64_t *args)
{
    return (sk_err)perform_thread(in, what, args);
}
