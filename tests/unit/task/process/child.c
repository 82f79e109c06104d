/* SPDX-License-Identifier: BSD-2-Clause */
#include "child.h"

struct child child;

const struct sk_process_options child_usual = {.name = "child", .priority = 100};

/* The code of the child. Its own slot 1 is the parent's endpoint. */
__attribute__((aligned(16))) static void exit_3(seL4_Word unused)
{
    seL4_Word status = 3;

    (void)unused;
    (void)seL4_CallWithMRs(1, seL4_MessageInfo_new(SK_PARENT_EXIT, 0, 0, 1), &status, NULL,
                           NULL, NULL);
}

void child_program(void)
{
    environment_program(&child.program, exit_3);
}

void child_open(void)
{
    environment_open();
    child_program();
}

sk_err child_spawn(struct sk_process *p, const struct sk_process_options *options)
{
    return sk_process_spawn(&child.parent, p, &child.program, sizeof(child.program), options);
}

void child_run(const struct sk_process_options *options)
{
    struct sk_process p;

    assert_int_equal(child_spawn(&p, options), SK_OK);
    sk_process_wait(&p);
    assert_int_equal(p.end.how, SK_PROCESS_EXITED);
    assert_int_equal(p.end.status, 3);
    sk_process_reap(&p);
}

int child_end(void **state)
{
    (void)state;
    host_kernel_end();
    return 0;
}
