/*
 * Faults in the window are messages to the thread's handler; what cannot go on says why.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "host_kernel.h"

#define BUFFER 0x30000ul
#define PAGE   0x40000ul

static volatile seL4_Word seen;

static void read_page(seL4_Word vaddr)
{
    seen = *(volatile seL4_Word *)vaddr;
    seL4_TCB_Suspend(seL4_CapNull);
}

static void write_page(seL4_Word vaddr)
{
    *(volatile seL4_Word *)vaddr = 5;
}

struct handler {
    seL4_CPtr faults;
    seL4_CPtr reply;
};

static struct handler make_handler(struct host_kernel *k)
{
    return (struct handler){.faults = host_kernel_make(k, seL4_EndpointObject, 0),
                            .reply = host_kernel_make(k, seL4_ReplyObject, 0)};
}

static void check_fault(struct handler h, seL4_Word vaddr, seL4_Word status)
{
    seL4_Word badge;
    seL4_MessageInfo_t info = seL4_Recv(h.faults, &badge, h.reply);

    assert_int_equal(seL4_MessageInfo_get_label(info), seL4_Fault_VMFault);
    assert_int_equal(seL4_GetMR(seL4_VMFault_Addr), vaddr);
    assert_int_equal(seL4_GetMR(seL4_VMFault_PrefetchFault), 0);
    assert_int_equal(seL4_GetMR(seL4_VMFault_FSR), status);
}

static void a_handler_maps_the_page_and_the_access_is_made_again(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct handler h = make_handler(&k);
    seL4_Word badge;

    (void)state;
    host_kernel_thread(&k, read_page, PAGE + 8, 100, BUFFER, h.faults);
    check_fault(h, PAGE + 8, 0x92000007);
    assert_int_equal(seL4_ARM_Page_Map(k.frame, k.vspace, PAGE, seL4_ReadWrite, 0),
                     seL4_NoError);
    *(volatile seL4_Word *)(PAGE + 8) = 0xabcdef;
    seen = 0;
    seL4_Send(h.reply, seL4_MessageInfo_new(0, 0, 0, 0));
    (void)seL4_Recv(h.faults, &badge, h.reply); /* until it has gone on, and faults again */
    assert_int_equal(seen, 0xabcdef);
}

static void writing_a_page_that_may_be_read_is_a_permission_fault(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct handler h = make_handler(&k);

    (void)state;
    assert_int_equal(seL4_ARM_Page_Map(k.frame, k.vspace, PAGE, seL4_CanRead, 0), seL4_NoError);
    assert_int_equal(*(volatile seL4_Word *)PAGE, 0);
    host_kernel_thread(&k, write_page, PAGE, 100, BUFFER, h.faults);
    check_fault(h, PAGE, 0x9200004f);
}

static void without_a_table_the_fault_names_a_higher_level(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct handler h = make_handler(&k);

    (void)state;
    host_kernel_thread(&k, write_page, 0x40000000, 100, BUFFER, h.faults);
    check_fault(h, 0x40000000, 0x92000045);
}

static void unmapping_takes_effect_at_once(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct handler h = make_handler(&k);

    (void)state;
    assert_int_equal(seL4_ARM_Page_Map(k.frame, k.vspace, PAGE, seL4_ReadWrite, 0),
                     seL4_NoError);
    *(volatile seL4_Word *)PAGE = 1;
    assert_int_equal(seL4_CNode_Delete(k.cnode, k.frame, 64), seL4_NoError);
    host_kernel_thread(&k, write_page, PAGE, 100, BUFFER, h.faults);
    check_fault(h, PAGE, 0x92000047);
}

/* Run what in a process of its own, and keep what it says. Returns the signal that ended it. */
static int said(void (*what)(void), char *text, size_t size)
{
    size_t length = 0;
    ssize_t n;
    int ends[2], status = 0;
    pid_t child;

    host_kernel_end(); /* a new process would not have its threads */
    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_int_not_equal(child, -1);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        signal(SIGABRT, SIG_DFL); /* cmocka would go on to the next test */
        signal(SIGSEGV, SIG_DFL);
        what();
        _exit(0);
    }
    close(ends[1]);
    while ((n = read(ends[0], text + length, size - 1 - length)) > 0) {
        length += (size_t)n;
    }
    text[length] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void wait_alone(void)
{
    struct host_kernel k = host_kernel_boot();

    seL4_Wait(host_kernel_make(&k, seL4_NotificationObject, 0), NULL);
}

static void when_all_threads_wait_the_process_says_so(void **state)
{
    char text[2000];

    (void)state;
    assert_int_equal(said(wait_alone, text, sizeof(text)), SIGABRT);
    assert_non_null(strstr(text, "no thread can ever run again"));
    assert_non_null(strstr(text, "rootserver"));
    assert_non_null(strstr(text, "waits for a signal"));
}

static void halt(void)
{
    (void)host_kernel_boot();
    seL4_DebugHalt();
}

static void a_halted_kernel_says_so(void **state)
{
    char text[2000];

    (void)state;
    assert_int_equal(said(halt, text, sizeof(text)), SIGABRT);
    assert_non_null(strstr(text, "the kernel was halted"));
}

static void call_nobody(void)
{
    host_kernel_end();
    seL4_Yield();
}

static void a_system_call_without_a_kernel_says_so(void **state)
{
    char text[2000];

    (void)state;
    assert_int_equal(said(call_nobody, text, sizeof(text)), SIGABRT);
    assert_non_null(strstr(text, "not the kernel's"));
}

static void touch_elsewhere(void)
{
    volatile seL4_Word nowhere = 8;

    (void)host_kernel_boot();
    write_page(nowhere);
}

static void a_fault_outside_the_window_is_the_processs_own(void **state)
{
    char text[2000];

    (void)state;
    assert_int_equal(said(touch_elsewhere, text, sizeof(text)), SIGSEGV);
    assert_null(strstr(text, "host kernel"));
}

static int end(void **state)
{
    (void)state;
    host_kernel_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_handler_maps_the_page_and_the_access_is_made_again),
        cmocka_unit_test(writing_a_page_that_may_be_read_is_a_permission_fault),
        cmocka_unit_test(without_a_table_the_fault_names_a_higher_level),
        cmocka_unit_test(unmapping_takes_effect_at_once),
        cmocka_unit_test(when_all_threads_wait_the_process_says_so),
        cmocka_unit_test(a_halted_kernel_says_so),
        cmocka_unit_test(a_system_call_without_a_kernel_says_so),
        cmocka_unit_test(a_fault_outside_the_window_is_the_processs_own),
    };

    return cmocka_run_group_tests_name("host/fault", tests, NULL, end);
}
