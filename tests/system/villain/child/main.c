/*
 * A process that has all that a process can be given, and does with it what it likes: its only
 * argument says what. It comes with untyped memory.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>
#include <stdint.h>

#include <sel4/sel4.h>
#include <selkie/cap/blueprint.h>
#include <selkie/config.h>
#include <selkie/rt/env.h>
#include <selkie/rt/grant.h>
#include <selkie/rt/parent.h>
#include <selkie/rt/string.h>

int main(int argc, char **argv);

static struct sk_env env;
static seL4_CPtr memory;

static seL4_CPtr end_of_slots(void)
{
    return (seL4_CPtr)1 << env.cnode_bits;
}

static int copy(seL4_CPtr to, seL4_CPtr from)
{
    return seL4_CNode_Copy(env.cnode.cptr, to, seL4_WordBits, env.cnode.cptr, from,
                           seL4_WordBits, seL4_AllRights);
}

static void delete (seL4_CPtr slot)
{
    (void)seL4_CNode_Delete(env.cnode.cptr, slot, seL4_WordBits);
}

static int retype(sk_blueprint what, seL4_CPtr to)
{
    return seL4_Untyped_Retype(memory, what.type, what.size_bits, env.cnode.cptr, 0, 0, to, 1);
}

static int fault(void)
{
    volatile uintptr_t nowhere = 8;

    return *(volatile int *)nowhere;
}

static seL4_CPtr empty(void)
{
    return env.empty.first.index;
}

/* Copies of all that it has, in all its slots. */
static int fill_slots(void)
{
    for (seL4_CPtr slot = empty(); slot < end_of_slots(); slot++) {
        if (copy(slot, 1 + slot % (memory - 1)) != seL4_NoError) {
            return 1;
        }
    }
    return copy(empty(), 1) == seL4_NoError ? 2 : 0;
}

static int fill_memory(void)
{
    seL4_CPtr slot = empty();

    while (slot < end_of_slots() &&
           retype(sk_blueprint_frame(seL4_PageBits), slot) == seL4_NoError) {
        slot++;
    }
    return slot == end_of_slots() ? 1 : 0;
}

/* Address spaces in its parent's ASID pool, as many as there is memory for. */
static int fill_asids(void)
{
    seL4_CPtr slot = empty();

    while (slot < end_of_slots() && retype(sk_blueprint_vspace(), slot) == seL4_NoError &&
           seL4_ARM_ASIDPool_Assign(env.asid_pool.cptr, slot) == seL4_NoError) {
        slot++;
    }
    return slot - empty() > 8 ? 0 : 1;
}

/* Messages with every label and length that the kernel's and rt's have, and some others. */
static int forge(void)
{
    for (seL4_Word label = 0; label < 16; label++) {
        for (seL4_Word length = 0; length < 2; length++) {
            seL4_NBSend(env.parent.cptr, seL4_MessageInfo_new(label, 0, 0, length));
            seL4_Send(env.parent.cptr, seL4_MessageInfo_new(0x5e12 + label, 7, 0, 120));
        }
    }
    seL4_Send(env.parent.cptr, seL4_MessageInfo_new(SK_PARENT_EXIT, 0, 0, 0));
    return 0;
}

/* A fault that never happened. */
static int forge_fault(void)
{
    for (int n = 0; n < seL4_VMFault_Length; n++) {
        seL4_SetMR(n, 0x666);
    }
    (void)seL4_Call(env.parent.cptr,
                    seL4_MessageInfo_new(seL4_Fault_VMFault, 0, 0, seL4_VMFault_Length));
    return 1;
}

/* Its name would be a line of its own, and a command to the terminal. */
static int forge_refusal(void)
{
    for (int n = 0; n < 5; n++) {
        seL4_SetMR(n, n == 0 ? SK_REFUSAL_SIZE : 0x4a325b1b0a0d80ff);
    }
    (void)seL4_Call(env.parent.cptr, seL4_MessageInfo_new(SK_PARENT_REFUSED, 0, 0, 5));
    return 1;
}

static int exit_twice(void)
{
    seL4_SetMR(0, 3);
    seL4_Send(env.parent.cptr, seL4_MessageInfo_new(SK_PARENT_EXIT, 0, 0, 1));
    return 4;
}

static int suspend(void)
{
    return seL4_TCB_Suspend(env.tcb.cptr) == seL4_NoError ? 1 : 2;
}

/* All capabilities, and the one that deletes them last. */
static int delete_all(void)
{
    for (seL4_CPtr slot = 1; slot < end_of_slots(); slot++) {
        if (slot != env.cnode.cptr) {
            delete (slot);
        }
    }
    delete (env.cnode.cptr);
    return fault();
}

static int rise(void)
{
    if (seL4_TCB_SetPriority(env.tcb.cptr, env.tcb.cptr, 100) != seL4_NoError) {
        return 3;
    }
    if (seL4_TCB_SetMCPriority(env.tcb.cptr, env.tcb.cptr, 255) == seL4_NoError ||
        seL4_TCB_SetPriority(env.tcb.cptr, env.tcb.cptr, 101) == seL4_NoError) {
        return 1;
    }
    return seL4_TCB_SetPriority(env.tcb.cptr, env.tcb.cptr, 0) == seL4_NoError ? 0 : 2;
}

/* Whoever is to hear of its faults is itself; and then it faults. */
static int hide(void)
{
    if (retype(SK_BLUEPRINT(Endpoint), empty()) != seL4_NoError ||
        seL4_TCB_SetSpace(env.tcb.cptr, empty(), env.cnode.cptr, 0, env.vspace.cptr, 0) !=
            seL4_NoError) {
        return 1;
    }
    return fault();
}

/* A CSpace without the guard that every address needs, and nobody who hears of faults. */
static int lose_space(void)
{
    (void)seL4_TCB_SetSpace(env.tcb.cptr, seL4_CapNull, env.cnode.cptr, 1, env.vspace.cptr, 0);
    return fault();
}

/* Nobody to tell of its end, and nothing to end itself with: it is to stand still. */
static int forget(void)
{
    delete (env.parent.cptr);
    delete (env.tcb.cptr);
    return retype(SK_BLUEPRINT(Notification), env.parent.cptr) +
           copy(env.tcb.cptr, env.cnode.cptr);
}

static int receive(seL4_CPtr endpoint)
{
    seL4_Word badge;

    /* Waiting at a notification is the same call, with either kernel. */
    seL4_Wait(endpoint, &badge);
    return 1;
}

/* What its siblings say to their parent. */
static int listen(void)
{
    return receive(env.parent.cptr);
}

/* What others say to a server of which it is a client. */
static int listen_to_server(void)
{
    return receive(sk_grant_find("server", "endpoint"));
}

static const struct {
    const char *name;
    int (*run)(void);
} deeds[] = {
    {"fill slots", fill_slots},
    {"fill memory", fill_memory},
    {"fill asids", fill_asids},
    {"forge", forge},
    {"forge fault", forge_fault},
    {"forge refusal", forge_refusal},
    {"exit twice", exit_twice},
    {"suspend", suspend},
    {"delete all", delete_all},
    {"rise", rise},
    {"hide", hide},
    {"lose space", lose_space},
    {"forget", forget},
    {"listen", listen},
    {"listen to server", listen_to_server},
};

int main(int argc, char **argv)
{
    sk_env_get(&env);
    memory = sk_grant_find("memory", "untyped");
    for (size_t n = 0; argc == 2 && n < sizeof(deeds) / sizeof(deeds[0]); n++) {
        if (strcmp(argv[1], deeds[n].name) == 0) {
            return deeds[n].run();
        }
    }
    return argc == 2 ? 99 : 8;
}
