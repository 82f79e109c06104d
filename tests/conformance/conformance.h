/*
 * What a conformance test is written with.
 *
 * A test is one statement about the kernel, and a function whose name says it:
 *
 *     TEST(cnode_copy, refuses_an_occupied_slot, "CNode Methods")
 *     {
 *         seL4_CPtr from = make(seL4_EndpointObject);
 *         seL4_CPtr to = make(seL4_EndpointObject);
 *
 *         REFUSED(seL4_CNode_Copy(AT(to), AT(from), seL4_AllRights), seL4_DeleteFirst);
 *     }
 *
 * Each test runs in a thread of its own, in a CSpace of its own, with memory of its own.
 * The first check that does not hold ends the test, from whichever thread. So do a fault, a
 * panic, and half a second without an end. Afterwards all that the test made is revoked:
 * there is nothing to clean up.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sel4/sel4.h>
#include <selkie/base/attr.h>

/*
 * The CNode a test starts with: 2^MY_CNODE_BITS slots, and a guard of zeros, so that slot n
 * is n at depth 64. Slots below 16 hold what a root task has in the same place (MY_TCB is
 * the test's own thread, and so on).
 */
enum my_slot {
    MY_TCB = seL4_CapInitThreadTCB,
    MY_CNODE = seL4_CapInitThreadCNode,
    MY_VSPACE = seL4_CapInitThreadVSpace, /* shared with the supervisor */
    IRQ_CONTROL = seL4_CapIRQControl,     /* the original: put it back if you move it */
    ASID_CONTROL = seL4_CapASIDControl,
    ASID_POOL = seL4_CapInitThreadASIDPool,
    MY_IPC_BUFFER = seL4_CapInitThreadIPCBuffer,
    DOMAIN = seL4_CapDomain,
    MY_CONTEXT = seL4_CapInitThreadSC,
    UNTYPED = 16,   /* 2^UNTYPED_BITS bytes, unused; make() takes from it */
    SPARE_UNTYPED,  /* 2^SPARE_UNTYPED_BITS bytes, unused, for tests of Retype itself */
    DEVICE_UNTYPED, /* unused, of at least 2^30 bytes */
    SCHED_CONTROL,
    ROOT_CNODE,          /* the supervisor's, with everything in boot_info() */
    SUPERVISOR,          /* where tests and faults are reported */
    FIRST_FREE_SLOT = 32 /* slot() counts from here */
};

#define MY_CNODE_BITS      9
#define UNTYPED_BITS       22
#define SPARE_UNTYPED_BITS 14

/* Nobody in a test may have a higher priority than TEST_MCP. */
#define TEST_PRIORITY 100
#define TEST_MCP      200

/* A slot of MY_CNODE, as the three arguments that CNode methods take. */
#define AT(slot) MY_CNODE, (slot), seL4_WordBits

/* The boot info that the supervisor was started with. Its slots are those of ROOT_CNODE. */
const seL4_BootInfo *boot_info(void);

/* --- statements ------------------------------------------------------------------------ */

struct test {
    const char *object;
    const char *name;
    const char *section; /* of the seL4 manual: its title, or a function of its API part */
    const char *file;
    int line;
    void (*body)(void);
};

/* Defines a test and enters it in the list. object groups tests, and comes first in names. */
#define TEST(object, sentence, manual_section)                                        \
    static void object##_##sentence(void);                                            \
    SK_USED static const struct test object##_##sentence##_test = {                   \
        #object, #sentence, manual_section, __FILE__, __LINE__, object##_##sentence}; \
    SK_USED TEST_LIST static const struct test *const object##_##sentence##_entry =   \
        &object##_##sentence##_test;                                                  \
    static void object##_##sentence(void)

/* The linker's list of tests is this section. */
#define TEST_LIST __attribute__((section("conformance_tests")))

/* --- checks ---------------------------------------------------------------------------- */

/* cond holds. */
#define CHECK(cond) ((cond) ? (void)0 : fail(__FILE__, __LINE__, "%s does not hold", #cond))

/* Two words are equal. */
#define CHECK_EQ(actual, expected) \
    check_words(__FILE__, __LINE__, #actual, (seL4_Word)(actual), (seL4_Word)(expected))

/* An invocation succeeds. */
#define OK(call) check_error(__FILE__, __LINE__, #call, (seL4_Error)(call), seL4_NoError)

/* An invocation returns error. */
#define REFUSED(call, error) check_error(__FILE__, __LINE__, #call, (seL4_Error)(call), error)

/* An invocation returns error, and then these words from message register 0 on. */
#define REFUSED_WITH(call, error, ...)                              \
    do {                                                            \
        REFUSED(call, error);                                       \
        const seL4_Word words__[] = {__VA_ARGS__};                  \
        check_message(__FILE__, __LINE__, #call, words__,           \
                      (int)(sizeof(words__) / sizeof(words__[0]))); \
    } while (0)

/* End the test, as failed, with a reason. */
SK_NORETURN SK_PRINTF(3, 4) void fail(const char *file, int line, const char *format, ...);

/* Leave the test as skipped: the configuration lacks what it is about. */
SK_NORETURN void skip(const char *why);

void check_words(const char *file, int line, const char *what, seL4_Word actual,
                 seL4_Word expected);
void check_error(const char *file, int line, const char *call, seL4_Error actual,
                 seL4_Error expected);
void check_message(const char *file, int line, const char *call, const seL4_Word *expected,
                   int count);

/* --- objects --------------------------------------------------------------------------- */

/* An empty slot of MY_CNODE. */
seL4_SlotPos slot(void);

/* count empty slots in a row; returns the first. */
seL4_SlotPos slots(seL4_Word count);

/* A new object from UNTYPED, in a new slot. */
seL4_CPtr make(seL4_Word type);

/* The same for types that come in sizes: the meaning of size_bits is Retype's. */
seL4_CPtr make_sized(seL4_Word type, seL4_Word size_bits);

/* A CNode of 2^radix slots whose capability has no guard. */
seL4_CPtr make_cnode(seL4_Word radix);

/* A CNode capability to the same CNode as cnode, with this guard, in a new slot. */
seL4_CPtr with_guard(seL4_CPtr cnode, seL4_Word guard, seL4_Word guard_bits);

/* A copy in a new slot of MY_CNODE. */
seL4_CPtr copy_of(seL4_CPtr cap);
seL4_CPtr copy_with_rights(seL4_CPtr cap, seL4_CapRights_t rights);
seL4_CPtr badged(seL4_CPtr cap, seL4_Word badge);

/* A copy of what the supervisor's CNode has in slot. */
seL4_CPtr copy_from_root(seL4_SlotPos slot);

/* The words of a CNode capability's data: for Mint, Mutate, Rotate and SetSpace. */
seL4_Word guard_word(seL4_Word guard, seL4_Word guard_bits);

/*
 * Does a slot of MY_CNODE hold a capability? Tried by moving it onto itself, which nothing
 * comes of: it is refused, for one reason or for the other.
 */
bool is_empty(seL4_SlotPos slot);
bool is_empty_in(seL4_CPtr cnode, seL4_Word index, seL4_Word depth);

/* Bytes of an untyped that are not taken; it must be no larger than 2^46 bytes. */
seL4_Word bytes_left(seL4_CPtr untyped);

/*
 * Signal through one capability to a notification and poll another: the badge that arrives,
 * or 0. It shows whether both are to one object, and what rights and badge the first has.
 */
seL4_Word signal_through(seL4_CPtr sender, seL4_CPtr receiver);

/*
 * Invoke with a message made by hand: label, so many capabilities of the IPC buffer, and so
 * many message registers, as they are set. Returns the error. Set them last: make() and its
 * like use them too.
 */
seL4_Error invoke(seL4_CPtr service, seL4_Word label, seL4_Word caps, seL4_Word length);

/* --- threads --------------------------------------------------------------------------- */

/*
 * Another thread of the test. It has the test's VSpace and CSpace, and its own scheduling
 * context of full time. Its faults end the test unless its fault handler is set otherwise.
 */
struct thread {
    seL4_CPtr tcb;
    seL4_CPtr context;
    seL4_CPtr ipc_buffer_page;
    seL4_IPCBuffer *ipc_buffer;
    void (*body)(void *arg);
    void *arg;
    uintptr_t stack_top;
    uintptr_t thread_pointer;
    volatile bool is_done; /* body has returned */
};

#define MAX_THREADS 8

/*
 * Make a thread that will run body(arg), and do not start it: it is as a new TCB, with
 * spaces, IPC buffer, priority and context set. A test can have MAX_THREADS.
 */
struct thread *thread_make(void (*body)(void *arg), void *arg, seL4_Word priority);

/* Write the first registers of a thread and let it go. */
void thread_start(struct thread *thread);

/* Both in one. */
struct thread *thread_run(void (*body)(void *arg), void *arg, seL4_Word priority);

/*
 * Let every other thread of the test run until none can: each waits, or has ended. Then the
 * test goes on with TEST_PRIORITY.
 */
void settle(void);
