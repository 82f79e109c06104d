/* SPDX-License-Identifier: BSD-2-Clause */
#include "vspace_help.h"

seL4_CPtr vspace_make(void)
{
    seL4_CPtr vspace = make(seL4_ARM_VSpaceObject);

    OK(seL4_ARM_ASIDPool_Assign(ASID_POOL, vspace));
    return vspace;
}

seL4_CPtr pool_untyped(void)
{
    return make_sized(seL4_UntypedObject, seL4_ASIDPoolBits);
}

seL4_CPtr pool_make(void)
{
    seL4_SlotPos pool = slot();

    OK(seL4_ARM_ASIDControl_MakePool(ASID_CONTROL, pool_untyped(), AT(pool)));
    return pool;
}

seL4_CPtr vspace_orphan(void)
{
    seL4_CPtr pool = pool_make();
    seL4_CPtr vspace = make(seL4_ARM_VSpaceObject);

    OK(seL4_ARM_ASIDPool_Assign(pool, vspace));
    OK(seL4_CNode_Delete(AT(pool)));
    return vspace;
}

void tables_map(seL4_CPtr vspace, seL4_Word address, int count)
{
    for (int i = 0; i < count; i++) {
        OK(seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject), vspace, address,
                                  MAP_ATTRIBUTES));
    }
}

seL4_CPtr window_table(void)
{
    seL4_CPtr table = make(seL4_ARM_PageTableObject);

    tables_map(MY_VSPACE, WINDOW, 1);
    OK(seL4_ARM_PageTable_Map(table, MY_VSPACE, WINDOW, MAP_ATTRIBUTES));
    return table;
}

seL4_Error page_map(seL4_CPtr page, seL4_Word address)
{
    return seL4_ARM_Page_Map(page, MY_VSPACE, address, seL4_AllRights, MAP_ATTRIBUTES);
}

seL4_CPtr window_page(void)
{
    seL4_CPtr page = make(seL4_ARM_SmallPageObject);

    window_table();
    OK(page_map(page, WINDOW));
    return page;
}

static void make_access(void *arg)
{
    struct prober *prober = arg;

    switch (prober->access) {
    case READ:
        (void)*words_at(prober->address);
        break;
    case WRITE:
        *words_at(prober->address) = 1;
        break;
    case EXECUTE:
        ((void (*)(void))prober->address)();
        break;
    }
}

void prober_make(struct prober *prober)
{
    *prober = (struct prober){
        .thread = thread_make(make_access, NULL, TEST_PRIORITY + 1),
        .endpoint = make(seL4_EndpointObject),
        .reply = make(seL4_ReplyObject),
    };
    OK(seL4_TCB_SetSpace(prober->thread->tcb, badged(prober->endpoint, 1), MY_CNODE, 0,
                         MY_VSPACE, 0));
}

/* The fault that waits at an endpoint, which a thread's faults reach with a badge. */
static seL4_Word fault_receive(const struct thread *thread, seL4_CPtr endpoint, seL4_CPtr reply)
{
    seL4_Word badge = 0;
    seL4_MessageInfo_t info = seL4_NBRecv(endpoint, &badge, reply);

    /* Without a message, only the badge is written. */
    if (badge == 0) {
        CHECK(thread->is_done);
        return seL4_Fault_NullFault;
    }
    return seL4_MessageInfo_get_label(info);
}

seL4_Word probe(struct prober *prober, enum access access, seL4_Word address)
{
    prober->access = access;
    prober->address = address;
    prober->thread->arg = prober; /* It may have been copied. */
    prober->thread->is_done = false;
    thread_start(prober->thread);
    return fault_receive(prober->thread, prober->endpoint, prober->reply);
}

seL4_Word fault_of(void (*body)(void *arg), void *arg)
{
    struct thread *thread = thread_make(body, arg, TEST_PRIORITY + 1);
    seL4_CPtr endpoint = make(seL4_EndpointObject);

    OK(seL4_TCB_SetSpace(thread->tcb, badged(endpoint, 1), MY_CNODE, 0, MY_VSPACE, 0));
    thread_start(thread);
    return fault_receive(thread, endpoint, make(seL4_ReplyObject));
}
