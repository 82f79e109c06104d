/*
 * Faults of threads, as the kernel reports them: every field is what it must be.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/fault.h>

#include "cases.h"
#include "victim.h"

static void read_word(seL4_Word address)
{
    (void)*(volatile seL4_Word *)address;
    scene_stop();
}

static void write_word(seL4_Word address)
{
    *(volatile seL4_Word *)address = 1;
    scene_stop();
}

const char *a_vm_fault_says_what_was_accessed(struct scene *s)
{
    struct victim v;
    struct sk_fault f;

    WANT(start_victim(s, &v, read_word, SCENE_UNMAPPED));
    WANT(next_fault(&v, &f) == SK_OK);
    WANT(f.kind == SK_FAULT_VM);
    WANT(f.vm.address == SCENE_UNMAPPED);
    WANT(!f.vm.is_write && !f.vm.is_fetch);
    WANT(f.vm.pc != 0 && f.vm.status != 0);
    WANT(fault_prints(&f, "VM fault: read of 0x7ffe0000 at pc 0x"));

    WANT(start_victim(s, &v, write_word, SCENE_UNMAPPED));
    WANT(next_fault(&v, &f) == SK_OK);
    WANT(f.kind == SK_FAULT_VM);
    WANT(f.vm.address == SCENE_UNMAPPED);
    WANT(f.vm.is_write && !f.vm.is_fetch);
    WANT(fault_prints(&f, "VM fault: write to 0x7ffe0000 at pc 0x"));
    return NULL;
}

static void send_to(seL4_Word cptr)
{
    seL4_Send(cptr, seL4_MessageInfo_new(0, 0, 0, 0));
    scene_stop();
}

static void receive_from(seL4_Word cptr)
{
    sk_caller nobody = sk_caller_of(sk_slot_at((sk_cnode){seL4_CapInitThreadCNode}, 0));
    sk_reader in = sk_reader_receive((sk_endpoint){cptr}, &nobody);

    sk_reader_drop(&in);
    scene_stop();
}

const char *a_capability_fault_says_where_the_lookup_ended(struct scene *s)
{
    seL4_CPtr nowhere = (seL4_CPtr)1 << 40;
    struct victim v;
    struct sk_fault f;

    WANT(start_victim(s, &v, send_to, nowhere));
    WANT(next_fault(&v, &f) == SK_OK);
    WANT(f.kind == SK_FAULT_CAP);
    WANT(f.cap.address == nowhere);
    WANT(!f.cap.is_receive);
    WANT(f.cap.pc != 0);
    WANT(f.cap.lookup.kind == SK_LOOKUP_GUARD_MISMATCH);
    WANT(f.cap.lookup.bits_left == seL4_WordBits);
    WANT(f.cap.lookup.guard == 0);
    WANT(f.cap.lookup.guard_bits == s->node.guard_bits);
    WANT(fault_prints(&f, "capability fault: use of 0x10000000000 at pc 0x"));

    WANT(start_victim(s, &v, receive_from, nowhere));
    WANT(next_fault(&v, &f) == SK_OK);
    WANT(f.kind == SK_FAULT_CAP);
    WANT(f.cap.is_receive);
    WANT(f.cap.address == nowhere);
    WANT(fault_prints(&f, "capability fault: receive on 0x10000000000 at pc 0x"));
    return NULL;
}

static void call_unknown(seL4_Word number)
{
    arm_sys_send(number, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5);
    scene_stop();
}

const char *an_unknown_system_call_comes_with_registers(struct scene *s)
{
    struct victim v;
    struct sk_fault f;

    WANT(start_victim(s, &v, call_unknown, 0x1234));
    WANT(next_fault(&v, &f) == SK_OK);
    WANT(f.kind == SK_FAULT_SYSCALL);
    WANT(f.syscall.number == 0x1234);
    for (seL4_Word n = 0; n < 6; n++) {
        WANT(f.syscall.x[n] == 0xa0 + n);
    }
    WANT(f.syscall.x[7] == 0x1234);
    WANT(f.syscall.pc != 0);
    WANT(fault_prints(&f, "unknown system call 0x1234 at pc 0x"));
    return NULL;
}

static void send_twice(seL4_Word endpoint)
{
    seL4_Send(endpoint, seL4_MessageInfo_new(1234, 0, 0, 0));
    seL4_Send(endpoint, seL4_MessageInfo_new(seL4_Fault_VMFault, 0, 0, 3));
    scene_stop();
}

const char *what_is_no_fault_is_not_taken_for_one(struct scene *s)
{
    struct victim v;
    struct sk_fault f = {.kind = SK_FAULT_VPPI};
    seL4_CPtr endpoint = scene_make(s, SK_BLUEPRINT(Endpoint));

    WANT(start_victim(s, &v, send_twice, endpoint));
    v.faults.cptr = endpoint;
    WANT(next_fault(&v, &f) == SK_ERR_INVALID_ARGUMENT);
    WANT(next_fault(&v, &f) == SK_ERR_TRUNCATED_MESSAGE);
    WANT(f.kind == SK_FAULT_VPPI);
    return NULL;
}
