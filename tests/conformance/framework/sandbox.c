/* SPDX-License-Identifier: BSD-2-Clause */
#include "sandbox.h"

#include <selkie/arch/rt/thread.h>
#include <selkie/base/assert.h>
#include <selkie/rt/tls.h>

#include "verdict.h"

#define KIT_BITS     16
#define LAB_BITS     23 /* all that lab_init makes */
#define CONTEXT_BITS 8
#define TIME_SLICE   10000 /* us */

struct room rooms[MAX_THREADS + 2];

static const seL4_BootInfo *the_boot_info;

const seL4_BootInfo *boot_info(void)
{
    return the_boot_info;
}

seL4_CPtr image_page(const void *address)
{
    /* The image is a row of pages, and the IPC buffer's page comes right after it. */
    uintptr_t end = (uintptr_t)the_boot_info->ipcBuffer;

    return the_boot_info->userImageFrames.end - ((end - (uintptr_t)address) >> seL4_PageBits);
}

void must(int line, const char *call, seL4_Error error)
{
    if (error != seL4_NoError) {
        sk_panic_at("supervisor", line, "%s returned %d", call, (int)error);
    }
}

static seL4_CPtr find_untyped(const seL4_BootInfo *bi, seL4_Uint8 is_device, seL4_Word bits)
{
    for (seL4_Word i = 0; i < bi->untyped.end - bi->untyped.start; i++) {
        const seL4_UntypedDesc *untyped = &bi->untypedList[i];

        if (untyped->isDevice == is_device && untyped->sizeBits >= bits) {
            return bi->untyped.start + i;
        }
    }
    sk_panic_at("supervisor", __LINE__, "no untyped of 2^%lu bytes", bits);
}

static seL4_CPtr lab_make(struct lab *lab, seL4_Word type, seL4_Word size_bits)
{
    MUST(seL4_Untyped_Retype(lab->untyped, type, size_bits, seL4_CapInitThreadCNode, 0, 0,
                             lab->next_slot, 1));
    return lab->next_slot++;
}

struct lab lab_init(const seL4_BootInfo *bi)
{
    struct lab lab = {
        .bi = bi,
        .next_slot = bi->empty.start,
        .untyped = find_untyped(bi, 0, LAB_BITS),
        .device = find_untyped(bi, 1, seL4_HugePageBits),
    };

    the_boot_info = bi;
    lab.memory = lab_make(&lab, seL4_UntypedObject, UNTYPED_BITS);
    lab.kit = lab_make(&lab, seL4_UntypedObject, KIT_BITS);
    lab.spare_memory = lab_make(&lab, seL4_UntypedObject, SPARE_UNTYPED_BITS);
    lab.watchdog = lab_make(&lab, seL4_TCBObject, 0);
    lab.watchdog_context = lab_make(&lab, seL4_SchedContextObject, seL4_MinSchedContextBits);
    lab.endpoint = lab_make(&lab, seL4_EndpointObject, 0);
    lab.reply = lab_make(&lab, seL4_ReplyObject, 0);
    lab.tcb = lab.next_slot++;
    lab.context = lab.next_slot++;
    lab.cnode = lab.next_slot++;
    lab.marked_endpoint = lab.next_slot++;
    return lab;
}

/* Give the test a copy of one of our capabilities. */
static void give(const struct lab *lab, seL4_Word to, seL4_CPtr cap, seL4_Word badge)
{
    MUST(seL4_CNode_Mint(lab->cnode, to, MY_CNODE_BITS, seL4_CapInitThreadCNode, cap,
                         seL4_WordBits, seL4_AllRights, badge));
}

static void fill_cnode(const struct lab *lab)
{
    give(lab, MY_TCB, lab->tcb, 0);
    give(lab, MY_CNODE, lab->cnode, guard_word(0, seL4_WordBits - MY_CNODE_BITS));
    give(lab, MY_VSPACE, seL4_CapInitThreadVSpace, 0);
    give(lab, ASID_CONTROL, seL4_CapASIDControl, 0);
    give(lab, ASID_POOL, seL4_CapInitThreadASIDPool, 0);
    give(lab, MY_IPC_BUFFER, image_page(&rooms[ROOM_TEST]), 0);
    give(lab, DOMAIN, seL4_CapDomain, 0);
    give(lab, MY_CONTEXT, lab->context, 0);
    give(lab, UNTYPED, lab->memory, 0);
    give(lab, SPARE_UNTYPED, lab->spare_memory, 0);
    give(lab, DEVICE_UNTYPED, lab->device, 0);
    give(lab, SCHED_CONTROL, lab->bi->schedcontrol.start, 0);
    give(lab, SUPERVISOR, lab->endpoint, BADGE_TEST);
    /* Copied, not minted: the guard stays. */
    MUST(seL4_CNode_Copy(lab->cnode, ROOT_CNODE, MY_CNODE_BITS, seL4_CapInitThreadCNode,
                         seL4_CapInitThreadCNode, seL4_WordBits, seL4_AllRights));
    /* It cannot be copied, so it is lent. */
    MUST(seL4_CNode_Move(lab->cnode, IRQ_CONTROL, MY_CNODE_BITS, seL4_CapInitThreadCNode,
                         seL4_CapIRQControl, seL4_WordBits));
}

static void make_kit(const struct lab *lab)
{
    MUST(seL4_Untyped_Retype(lab->kit, seL4_CapTableObject, MY_CNODE_BITS,
                             seL4_CapInitThreadCNode, 0, 0, lab->cnode, 1));
    MUST(seL4_Untyped_Retype(lab->kit, seL4_TCBObject, 0, seL4_CapInitThreadCNode, 0, 0,
                             lab->tcb, 1));
    MUST(seL4_Untyped_Retype(lab->kit, seL4_SchedContextObject, CONTEXT_BITS,
                             seL4_CapInitThreadCNode, 0, 0, lab->context, 1));
    MUST(seL4_CNode_Mint(seL4_CapInitThreadCNode, lab->marked_endpoint, seL4_WordBits,
                         seL4_CapInitThreadCNode, lab->endpoint, seL4_WordBits, seL4_AllRights,
                         BADGE_TEST));
}

/* The first function of a test's first thread. */
static void test_start(void *arg)
{
    const struct test *test = arg;

    seL4_SetIPCBuffer(&rooms[ROOM_TEST].ipc_buffer);
    verdict_supervise();
    test->body();
    verdict_end(END_PASSED);
}

void sandbox_open(const struct lab *lab, const struct test *test)
{
    struct room *room = &rooms[ROOM_TEST];
    uintptr_t top = (uintptr_t)(room + 1) - sk_tls_size();

    objects_reset();
    threads_reset();
    __builtin_memset(&room->ipc_buffer, 0, sizeof(room->ipc_buffer));
    make_kit(lab);
    fill_cnode(lab);
    MUST(seL4_SchedControl_ConfigureFlags(lab->bi->schedcontrol.start, lab->context, TIME_SLICE,
                                          TIME_SLICE, 0, 0, seL4_SchedContext_NoFlag));
    MUST(seL4_TCB_Configure(lab->tcb, lab->cnode, guard_word(0, seL4_WordBits - MY_CNODE_BITS),
                            seL4_CapInitThreadVSpace, 0, (seL4_Word)room, image_page(room)));
    MUST(seL4_TCB_SetSchedParams(lab->tcb, seL4_CapInitThreadTCB, TEST_MCP, TEST_PRIORITY,
                                 lab->context, lab->marked_endpoint));

    seL4_UserContext registers = sk_arch_thread_registers(test_start, (void *)(uintptr_t)test,
                                                          top, sk_tls_init((void *)top));
    MUST(seL4_TCB_WriteRegisters(lab->tcb, 1, 0, SK_ARCH_REGISTER_COUNT, &registers));
}

/* Are all bytes of one of our untypeds to be had again? */
static bool is_whole(seL4_CPtr untyped, seL4_Word bits)
{
    /* The answer to a demand for too much says how much there is. */
    return seL4_Untyped_Retype(untyped, seL4_UntypedObject, bits + 1, seL4_CapInitThreadCNode,
                               0, 0, the_boot_info->empty.end - 1, 1) == seL4_NotEnoughMemory &&
           seL4_GetMR(0) == (seL4_Word)1 << bits;
}

static seL4_Error revoke(seL4_CPtr cap)
{
    return seL4_CNode_Revoke(seL4_CapInitThreadCNode, cap, seL4_WordBits);
}

const char *sandbox_close(const struct lab *lab)
{
    seL4_Error lost = seL4_CNode_Move(seL4_CapInitThreadCNode, seL4_CapIRQControl,
                                      seL4_WordBits, lab->cnode, IRQ_CONTROL, MY_CNODE_BITS);

    (void)seL4_TCB_Suspend(lab->tcb);
    if (revoke(lab->kit) != seL4_NoError || revoke(lab->memory) != seL4_NoError ||
        revoke(lab->spare_memory) != seL4_NoError || revoke(lab->device) != seL4_NoError) {
        return "memory cannot be revoked";
    }
    MUST(seL4_CNode_Delete(seL4_CapInitThreadCNode, lab->marked_endpoint, seL4_WordBits));
    if (!is_whole(lab->kit, KIT_BITS) || !is_whole(lab->memory, UNTYPED_BITS) ||
        !is_whole(lab->spare_memory, SPARE_UNTYPED_BITS)) {
        return "memory is not whole again after a revoke";
    }
    return lost == seL4_NoError ? NULL : "the test did not put IRQControl back";
}
