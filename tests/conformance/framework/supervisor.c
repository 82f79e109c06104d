/*
 * Runs the tests, one after the other, and prints TAP. The supervisor has the highest
 * priority and sleeps while a test runs, until the test's last message, its fault or the
 * watchdog wakes it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/thread.h>
#include <selkie/base/assert.h>
#include <selkie/rt/exit.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/tls.h>

#include "arguments.h"
#include "coverage.h"
#include "sandbox.h"
#include "verdict.h"

#define TIME_OUT_US     500000
#define WATCHDOG_BUDGET 1000 /* us */
#define MAX_TESTS       2000

/* The linker's list of tests. */
extern const struct test *const __start_conformance_tests[];
extern const struct test *const __stop_conformance_tests[];

/*
 * Giving up its time, it sleeps until its next period, which is the time-out. Nothing of
 * the machine's timers is used, so that tests can have them.
 */
static void watchdog(void *arg)
{
    seL4_Yield();
    for (;;) { /* It has no IPC buffer. */
        seL4_SendWithMRs((seL4_CPtr)(uintptr_t)arg, seL4_MessageInfo_new(0, 0, 0, 0), NULL,
                         NULL, NULL, NULL);
    }
}

static void watchdog_init(const struct lab *lab)
{
    MUST(seL4_TCB_SetSpace(lab->watchdog, seL4_CapNull, seL4_CapInitThreadCNode, 0,
                           seL4_CapInitThreadVSpace, 0));
    MUST(seL4_TCB_SetPriority(lab->watchdog, seL4_CapInitThreadTCB, seL4_MaxPrio));
    MUST(seL4_SchedContext_Bind(lab->watchdog_context, lab->watchdog));
}

static void watchdog_start(const struct lab *lab, seL4_CPtr endpoint)
{
    struct room *room = &rooms[ROOM_WATCHDOG];
    uintptr_t top = (uintptr_t)(room + 1) - sk_tls_size();
    seL4_UserContext registers = sk_arch_thread_registers(watchdog, (void *)(uintptr_t)endpoint,
                                                          top, sk_tls_init((void *)top));

    MUST(seL4_SchedControl_ConfigureFlags(lab->bi->schedcontrol.start, lab->watchdog_context,
                                          WATCHDOG_BUDGET, TIME_OUT_US, 0, 0,
                                          seL4_SchedContext_NoFlag));
    MUST(seL4_TCB_WriteRegisters(lab->watchdog, 1, 0, SK_ARCH_REGISTER_COUNT, &registers));
}

static void watchdog_stop(const struct lab *lab)
{
    MUST(seL4_TCB_Suspend(lab->watchdog));
}

static void print_result(int number, const struct test *test, const char *result,
                         const char *remark)
{
    sk_printf("%s %d - %s/%s%s\n", result, number, test->object, test->name, remark);
}

static void print_fault(seL4_MessageInfo_t info, seL4_Word badge)
{
    static const char *const names[] = {
        [seL4_Fault_NullFault] = "message of no fault",
        [seL4_Fault_CapFault] = "cap fault",
        [seL4_Fault_UnknownSyscall] = "unknown syscall",
        [seL4_Fault_UserException] = "user exception",
        [seL4_Fault_Timeout] = "timeout fault",
        [seL4_Fault_VMFault] = "VM fault",
    };
    seL4_Word label = seL4_MessageInfo_get_label(info);

    sk_printf("# fault: %s in ",
              label < sizeof(names) / sizeof(names[0]) ? names[label] : "of unknown kind");
    if (badge == BADGE_TEST) {
        sk_printf("the test's thread:");
    } else {
        sk_printf("thread %lu:", badge - BADGE_THREAD);
    }
    for (int i = 0; i < (int)seL4_MessageInfo_get_length(info); i++) {
        sk_printf(" 0x%lx", seL4_GetMR(i));
    }
    sk_printf("\n");
}

/* Run one test and print its line. True if it passed, or was skipped. */
static bool run_test(const struct lab *lab, seL4_CPtr watchdog_endpoint, int number,
                     const struct test *test)
{
    seL4_Word badge;

    sandbox_open(lab, test);
    watchdog_start(lab, watchdog_endpoint);
    seL4_MessageInfo_t info = seL4_Recv(lab->endpoint, &badge, lab->reply);
    watchdog_stop(lab);

    seL4_Word end = seL4_MessageInfo_get_label(info);
    bool is_passed = badge != BADGE_WATCHDOG && (end == END_PASSED || end == END_SKIPPED);
    if (is_passed && end == END_SKIPPED) {
        print_result(number, test, "ok", " # SKIP ");
        sk_printf("# %s\n", end_reason);
    } else {
        print_result(number, test, is_passed ? "ok" : "not ok", "");
    }
    if (badge == BADGE_WATCHDOG) {
        sk_printf("# hang: no end after %d us\n", TIME_OUT_US);
    } else if (end < END_PASSED) {
        print_fault(info, badge);
    } else if (end == END_FAILED || end == END_PANIC) {
        sk_printf("# %s\n", end_reason);
    }

    const char *damage = sandbox_close(lab);
    if (!is_passed || damage != NULL) {
        sk_printf("# see \"%s\" in the seL4 manual\n", test->section);
    }
    if (damage != NULL) {
        sk_printf("# %s\nBail out! %s/%s: %s\n", damage, test->object, test->name, damage);
        sk_exit(SK_EXIT_FAIL);
    }
    return is_passed;
}

static bool is_later(const struct test *a, const struct test *b)
{
    const char *x = a->file;
    const char *y = b->file;

    while (*x != '\0' && *x == *y) {
        x++;
        y++;
    }
    return *x == *y && a->line > b->line;
}

/*
 * The tests asked for: files in the order of linking, tests in that of their file (which
 * compilers do not keep). Returns how many.
 */
static int select_tests(const struct arguments *arguments, const struct test **ret_tests)
{
    const struct test *const *next = __start_conformance_tests;
    int count = 0;

    for (; next < __stop_conformance_tests; next++) {
        if (!arguments_match(arguments, *next)) {
            continue;
        }
        sk_assert(count < MAX_TESTS);
        int at = count++;
        for (; at > 0 && is_later(ret_tests[at - 1], *next); at--) {
            ret_tests[at] = ret_tests[at - 1];
        }
        ret_tests[at] = *next;
    }
    return count;
}

SK_ROOT_TASK(bi)
{
    static const struct test *tests[MAX_TESTS];
    struct arguments arguments;
    int failures = 0;

    arguments_read(&arguments);
    int count = select_tests(&arguments, tests);
    if (arguments.is_list) {
        for (int i = 0; i < count; i++) {
            sk_printf("%s/%s: %s\n", tests[i]->object, tests[i]->name, tests[i]->section);
        }
        return SK_EXIT_PASS;
    }
    struct lab lab = lab_init(bi);
    seL4_CPtr watchdog_endpoint = lab.next_slot++;

    MUST(seL4_CNode_Mint(seL4_CapInitThreadCNode, watchdog_endpoint, seL4_WordBits,
                         seL4_CapInitThreadCNode, lab.endpoint, seL4_WordBits, seL4_AllRights,
                         BADGE_WATCHDOG));
    threads_init(lab.endpoint);
    watchdog_init(&lab);
    sk_printf("1..%d\n", count);
    for (int i = 0; i < count; i++) {
        failures += run_test(&lab, watchdog_endpoint, i + 1, tests[i]) ? 0 : 1;
    }
    if (arguments.is_cover) {
        coverage_print();
    }
    sk_printf("# %d passed, %d failed\n", count - failures, failures);
    return failures == 0 ? SK_EXIT_PASS : SK_EXIT_FAIL;
}
