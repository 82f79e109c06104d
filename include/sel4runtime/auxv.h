/*
 * The auxiliary vector of a task, with the numbers that seL4's own C runtime gives them.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#define AT_NULL  0
#define AT_PHDR  3
#define AT_PHENT 4
#define AT_PHNUM 5

#define AT_SYSINFO 32

#define AT_SEL4_BOOT_INFO         64
#define AT_SEL4_CSPACE_DESCRIPTOR 65
#define AT_SEL4_VSYSCALL          66
#define AT_SEL4_IPC_BUFFER_PTR    67
#define AT_SEL4_IPC_BUFFER        68
#define AT_SEL4_TCB               69
#define AT_SEL4_CNODE             70
#define AT_SEL4_VSPACE            71
#define AT_SEL4_ASID_POOL         72

/* More, which that runtime passes over: System V's 16 random bytes, and Selkie's own. */
#define SK_AT_RANDOM        25
#define SK_AT_SCHED_CONTROL 0x5e1c1e

/* What <selkie/task/process.h> tells besides. */
#define SK_AT_PARENT      0x5e1c1f /* the endpoint to call at the end */
#define SK_AT_GRANTS      0x5e1c20 /* the first struct sk_granted */
#define SK_AT_GRANT_COUNT 0x5e1c21
#define SK_AT_CNODE_BITS  0x5e1c22 /* log2 of the slots of the CSpace's one CNode */
#define SK_AT_EMPTY_SLOT  0x5e1c23 /* the first that is empty, as are all behind it */
#define SK_AT_STACK       0x5e1c24 /* the first thread's lowest address, and its size */
#define SK_AT_STACK_SIZE  0x5e1c25

typedef struct {
    int a_type;
    union {
        long a_val;
        void *a_ptr;
        void (*a_fnc)(void);
    } a_un;
} auxv_t;
