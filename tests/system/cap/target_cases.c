/*
 * What a thread can do only on the target: fetch instructions from anywhere, and trap.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../../cap/victim.h"
#include "stage.h"

static void jump(seL4_Word address)
{
    ((void (*)(void))address)();
    scene_stop();
}

static const char *a_vm_fault_says_that_it_was_a_fetch(struct scene *s)
{
    struct victim v;
    struct sk_fault f;

    WANT(start_victim(s, &v, jump, SCENE_UNMAPPED));
    WANT(next_fault(&v, &f) == SK_OK);
    WANT(f.kind == SK_FAULT_VM);
    WANT(f.vm.is_fetch && !f.vm.is_write);
    WANT(f.vm.address == SCENE_UNMAPPED && f.vm.pc == SCENE_UNMAPPED);
    WANT(fault_prints(&f, "VM fault: fetch from 0x7ffe0000 at pc 0x7ffe0000, status 0x"));
    return NULL;
}

static void trap(seL4_Word argument)
{
    (void)argument;
    __builtin_trap();
}

static const char *an_exception_says_where_it_was(struct scene *s)
{
    struct victim v;
    struct sk_fault f;

    WANT(start_victim(s, &v, trap, 0));
    WANT(next_fault(&v, &f) == SK_OK);
    WANT(f.kind == (SK_CFG_HARDWARE_DEBUG_API ? SK_FAULT_DEBUG : SK_FAULT_EXCEPTION));
    WANT(f.exception.pc >= (seL4_Word)trap && f.exception.pc < (seL4_Word)trap + 64);
    WANT(f.exception.sp != 0);
    WANT(f.exception.number >> 26 == 0x3c); /* the exception class of a BRK, in ESR */
    WANT(fault_prints(&f, "exception 0x"));
    return NULL;
}

const struct scene_case stage_cases[] = {
    {"a_vm_fault_says_that_it_was_a_fetch", a_vm_fault_says_that_it_was_a_fetch},
    {"an_exception_says_where_it_was", an_exception_says_where_it_was},
};
const unsigned stage_case_count = sizeof(stage_cases) / sizeof(stage_cases[0]);
