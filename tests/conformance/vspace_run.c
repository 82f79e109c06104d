/*
 * Threads in VSpaces of their own. They run two instructions of a page that the test fills:
 * one reads a word, the other is undefined, so that they end in a fault.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/thread.h>

#include "vspace_help.h"

#define DATA WINDOW
#define CODE (WINDOW + PAGE_SIZE)

/* A64 instructions. */
#define LOAD_X1_FROM_X0 0xf9400001u
#define UNDEFINED       0u

/* A VSpace with a page at DATA that holds value, one at CODE, and a thread. */
struct guest {
    seL4_CPtr vspace;
    seL4_CPtr data;
    seL4_CPtr endpoint;
    seL4_CPtr reply;
    struct thread *thread;
};

static void map(seL4_CPtr vspace, seL4_CPtr page, seL4_Word address)
{
    OK(seL4_ARM_Page_Map(page, vspace, address, seL4_AllRights, MAP_ATTRIBUTES));
}

/* Write into a page, seen at DATA of MY_VSPACE for the time. */
static void fill(seL4_CPtr page, seL4_Word value)
{
    OK(page_map(page, DATA));
    *words_at(DATA) = value;
    OK(seL4_ARM_Page_Unify_Instruction(page, 0, PAGE_SIZE));
    OK(seL4_ARM_Page_Unmap(page));
}

/* window_table() must have been called. */
static void guest_init(struct guest *guest, seL4_CPtr pool, seL4_Word value)
{
    seL4_CPtr code = make(seL4_ARM_SmallPageObject);

    *guest = (struct guest){
        .vspace = make(seL4_ARM_VSpaceObject),
        .data = make(seL4_ARM_SmallPageObject),
        .endpoint = make(seL4_EndpointObject),
        .reply = make(seL4_ReplyObject),
        .thread = thread_make(NULL, NULL, TEST_PRIORITY + 1),
    };
    OK(seL4_ARM_ASIDPool_Assign(pool, guest->vspace));
    tables_map(guest->vspace, WINDOW, 3);
    fill(guest->data, value);
    fill(code, (seL4_Word)UNDEFINED << 32 | LOAD_X1_FROM_X0);
    map(guest->vspace, guest->data, DATA);
    map(guest->vspace, code, CODE);
    OK(seL4_TCB_SetSpace(guest->thread->tcb, guest->endpoint, MY_CNODE, 0, guest->vspace, 0));
}

/* Run the guest from its first instruction. Returns the label of the fault it ends in. */
static seL4_Word guest_run(const struct guest *guest)
{
    seL4_UserContext registers = {.pc = CODE, .x0 = DATA};

    OK(seL4_TCB_WriteRegisters(guest->thread->tcb, 1, 0, 4 + 1, &registers));
    return seL4_MessageInfo_get_label(seL4_NBRecv(guest->endpoint, NULL, guest->reply));
}

/* What the guest read. */
static seL4_Word guest_value(const struct guest *guest)
{
    seL4_UserContext registers = {0};

    OK(seL4_TCB_ReadRegisters(guest->thread->tcb, 0, 0, 4 + 1, &registers));
    return registers.x1;
}

TEST(vspace, is_where_its_threads_run, "Hardware Virtual Memory Objects")
{
    struct guest guest;

    window_table();
    guest_init(&guest, ASID_POOL, 0x5e14);
    CHECK_EQ(guest_run(&guest), seL4_Fault_UserException);
    CHECK_EQ(guest_value(&guest), 0x5e14);
}

TEST(vspace, has_its_own_pages_at_an_address, "Hardware Virtual Memory Objects")
{
    struct guest first;
    struct guest second;

    window_table();
    guest_init(&first, ASID_POOL, 1);
    guest_init(&second, ASID_POOL, 2);
    CHECK_EQ(guest_run(&first), seL4_Fault_UserException);
    CHECK_EQ(guest_run(&second), seL4_Fault_UserException);
    CHECK_EQ(guest_value(&first), 1);
    CHECK_EQ(guest_value(&second), 2);
}

TEST(vspace, shows_a_page_mapped_after_its_thread_ran, "Sharing Memory")
{
    struct guest guest;
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    window_table();
    guest_init(&guest, ASID_POOL, 1);
    fill(page, 2);
    CHECK_EQ(guest_run(&guest), seL4_Fault_UserException);
    OK(seL4_ARM_Page_Unmap(guest.data));
    map(guest.vspace, page, DATA);
    CHECK_EQ(guest_run(&guest), seL4_Fault_UserException);
    CHECK_EQ(guest_value(&guest), 2);
}

TEST(vspace, reports_an_unmapped_page_of_another_vspace, "Page Faults")
{
    struct guest guest;

    window_table();
    guest_init(&guest, ASID_POOL, 1);
    CHECK_EQ(guest_run(&guest), seL4_Fault_UserException);
    OK(seL4_ARM_Page_Unmap(guest.data));
    CHECK_EQ(guest_run(&guest), seL4_Fault_VMFault);
    CHECK_EQ(seL4_GetMR(seL4_VMFault_Addr), DATA);
}

TEST(vspace, is_kept_by_its_thread_when_the_given_capability_is_deleted,
     "Deletion and Revocation")
{
    struct guest guest;

    window_table();
    guest_init(&guest, ASID_POOL, 1);
    OK(seL4_CNode_Delete(AT(guest.vspace)));
    CHECK_EQ(guest_run(&guest), seL4_Fault_UserException);
}

TEST(vspace, is_lost_to_its_thread_when_revoked, "Deletion and Revocation")
{
    struct guest guest;

    window_table();
    guest_init(&guest, ASID_POOL, 1);
    CHECK_EQ(guest_run(&guest), seL4_Fault_UserException);
    OK(seL4_CNode_Revoke(AT(guest.vspace)));
    CHECK_EQ(guest_run(&guest), seL4_Fault_VMFault);
}

TEST(asid_pool, takes_the_address_spaces_of_threads_with_it, "ASID Pool")
{
    struct guest guest;
    seL4_SlotPos pool = slot();

    OK(seL4_ARM_ASIDControl_MakePool(
        ASID_CONTROL, make_sized(seL4_UntypedObject, seL4_ASIDPoolBits), AT(pool)));
    window_table();
    guest_init(&guest, pool, 1);
    CHECK_EQ(guest_run(&guest), seL4_Fault_UserException);
    OK(seL4_CNode_Delete(AT(pool)));
    CHECK_EQ(guest_run(&guest), seL4_Fault_VMFault);
}

/* --- a thread that changes its own ----------------------------------------------------- */

struct mover {
    struct thread *thread;
    seL4_CPtr vspace; /* with nothing in it */
    bool is_configure;
    volatile bool has_gone_on;
    volatile bool has_had_a_turn;
};

static void move(void *arg)
{
    struct mover *mover = arg;
    seL4_CPtr tcb = mover->thread->tcb;

    if (mover->is_configure) {
        seL4_TCB_Configure(tcb, MY_CNODE, 0, mover->vspace, 0,
                           (seL4_Word)mover->thread->ipc_buffer,
                           mover->thread->ipc_buffer_page);
    } else {
        seL4_TCB_SetSpace(tcb, seL4_CapNull, MY_CNODE, 0, mover->vspace, 0);
    }
    mover->has_gone_on = true;
    seL4_Yield();
    mover->has_had_a_turn = true;
}

/* Without a fault handler, it is over for the thread when its code is not there any more. */
static void mover_run(struct mover *mover)
{
    mover->thread = thread_make(move, mover, TEST_PRIORITY + 1);
    mover->vspace = vspace_make();
    OK(seL4_TCB_SetSpace(mover->thread->tcb, seL4_CapNull, MY_CNODE, 0, MY_VSPACE, 0));
    thread_start(mover->thread);
}

TEST(vspace, that_a_thread_sets_for_itself_counts_from_its_next_turn, "seL4_TCB_SetSpace")
{
    struct mover mover = {.is_configure = false};

    mover_run(&mover);
    CHECK(mover.has_gone_on);
    CHECK(!mover.has_had_a_turn);
}

TEST(vspace, that_a_thread_configures_for_itself_counts_at_once, "seL4_TCB_Configure")
{
    struct mover mover = {.is_configure = true};

    mover_run(&mover);
    CHECK(!mover.has_gone_on);
}

/* Receives, and answers each call with the word at x9. */
static const uint32_t server_code[] = {
    0xd4000001, /* svc #0: Recv */
    0xf9400122, /* ldr x2, [x9] */
    0xaa0a03e0, /* mov x0, x10 */
    0xaa0b03e7, /* mov x7, x11 */
    0xd4000001, /* svc #0: ReplyRecv */
    0x17fffffc, /* b, to the second instruction */
};

/* Let a guest serve an endpoint, without a scheduling context of its own. */
static void guest_serve(const struct guest *guest, seL4_CPtr endpoint)
{
    seL4_UserContext registers = {
        .pc = CODE,
        .x0 = endpoint,
        .x6 = make(seL4_ReplyObject),
        .x7 = (seL4_Word)seL4_SysRecv,
        .x9 = DATA,
        .x10 = endpoint,
        .x11 = (seL4_Word)seL4_SysReplyRecv,
    };
    seL4_CPtr code = make(seL4_ARM_SmallPageObject);

    OK(page_map(code, DATA));
    for (size_t i = 0; i < sizeof(server_code) / sizeof(server_code[0]); i++) {
        ((volatile uint32_t *)DATA)[i] = server_code[i];
    }
    OK(seL4_ARM_Page_Unify_Instruction(code, 0, PAGE_SIZE));
    OK(seL4_ARM_Page_Unmap(code));
    map(guest->vspace, code, CODE); /* in place of what it runs otherwise */
    OK(seL4_TCB_WriteRegisters(guest->thread->tcb, 1, 0, SK_ARCH_REGISTER_COUNT, &registers));
    settle();
    OK(seL4_SchedContext_Unbind(guest->thread->context));
}

TEST(vspace, is_where_a_server_runs_whoever_calls_it, "Calling and Replying")
{
    struct guest guests[2];
    seL4_CPtr endpoints[2];

    window_table();
    for (int i = 0; i < 2; i++) {
        endpoints[i] = make(seL4_EndpointObject);
        guest_init(&guests[i], ASID_POOL, 11 + (seL4_Word)i);
        guest_serve(&guests[i], endpoints[i]);
    }
    OK(page_map(make(seL4_ARM_SmallPageObject), DATA));
    *words_at(DATA) = 10;
    for (int i = 0; i < 4; i++) {
        seL4_SetMR(0, 0);
        seL4_Call(endpoints[i % 2], seL4_MessageInfo_new(0, 0, 0, 1));
        CHECK_EQ(seL4_GetMR(0), 11 + (seL4_Word)i % 2);
        CHECK_EQ(*words_at(DATA), 10);
    }
}
