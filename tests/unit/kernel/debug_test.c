/*
 * What the kernel prints for those who debug with it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <string.h>

#include <sel4/syscall.h>

#include "play.h"

#define ENDPOINT 1000ull

/* What is printed from now on. */
static const char *console(struct kernel *k)
{
    return k->machine.console;
}

static void clear_console(struct kernel *k)
{
    memset(k->machine.console, 0, sizeof(k->machine.console));
    k->machine.console_bytes = 0;
}

static void expect(struct kernel *k, const char *text)
{
    if (strstr(console(k), text) == NULL) {
        fail_msg("\"%s\" is not in:\n%s", text, console(k));
    }
}

static void a_failed_invocation_is_explained(void **state)
{
    struct kernel *k = *state;

    clear_console(k);
    (void)play_call(k, ROOT_TCB,
                    (struct message){.label = TCBSetPriority,
                                     .length = 1,
                                     .words = {300},
                                     .cap_count = 1,
                                     .caps = {ROOT_TCB}});
    expect(k, "[TCBSetPriority T0x");
    expect(k, "\"rootserver\" @400");
    expect(k, "range error: not from 0 to 255.>>");
}

static void each_error_has_its_words(void **state)
{
    struct kernel *k = *state;

    clear_console(k);
    (void)play_copy(k, ENDPOINT, ENDPOINT + 1, 15, 0);
    expect(k, "failed lookup of the source: the slot is empty, with bits left: 64.>>");
    (void)play_call(k, ENDPOINT, (struct message){.label = UntypedRetype});
    expect(k, "[on an empty slot T");
    expect(k, "invalid capability 0.>>");
    (void)play_call(k, play_untyped(k, 23),
                    (struct message){.label = UntypedRetype,
                                     .length = 6,
                                     .words = {seL4_UntypedObject, 40, 0, 0, ENDPOINT, 1},
                                     .cap_count = 1,
                                     .caps = {ROOT_CNODE}});
    expect(k, "not enough memory: bytes left: 8388608.>>");
}

static void a_snapshot_shows_objects_capabilities_and_mappings(void **state)
{
    struct kernel *k = *state;

    play_make(k, seL4_EndpointObject, 0, ENDPOINT);
    assert_int_equal(play_copy(k, ENDPOINT, ENDPOINT + 1, 1, 77), seL4_NoError);
    clear_console(k);
    sk_host_syscall(k, seL4_SysDebugSnapshot);
    /* The console keeps the start only; the untypeds of the boot are before the rest. */
    expect(k, "arch aarch64\nobjects {\n");
    expect(k, " = tcb (addr: 0x4");
    expect(k, ", prio: 255, max_prio: 255, dom: 0) -- rootserver\n");
    expect(k, " = ep\n");
    expect(k, " = cnode (12 bits)\n");
    expect(k, "cspace: cnode_0x");
    expect(k, "(RWX, cached)\n");
}

static void the_scheduler_dump_lists_threads(void **state)
{
    struct kernel *k = *state;

    play_thread(k, ENDPOINT, 7, false);
    clear_console(k);
    sk_host_syscall(k, seL4_SysDebugDumpScheduler);
    expect(k, "rootserver                                 running");
    expect(k, "child of: 'rootserver'                     restart");
    expect(k, "   7   no\n");
}

#define WITH_KERNEL(test) cmocka_unit_test_setup_teardown(test, play_open, play_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KERNEL(a_failed_invocation_is_explained),
        WITH_KERNEL(each_error_has_its_words),
        WITH_KERNEL(a_snapshot_shows_objects_capabilities_and_mappings),
        WITH_KERNEL(the_scheduler_dump_lists_threads),
    };

    return cmocka_run_group_tests_name("kernel/debug", tests, NULL, NULL);
}
