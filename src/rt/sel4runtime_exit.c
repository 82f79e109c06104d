/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4runtime.h>

#include <selkie/rt/exit.h>

#include "args.h"
#include "start.h"

static sel4runtime_pre_exit_cb *before;
static sel4runtime_exit_cb *last;

sel4runtime_pre_exit_cb *sel4runtime_set_pre_exit(sel4runtime_pre_exit_cb *cb)
{
    sel4runtime_pre_exit_cb *old = before;

    before = cb;
    return old;
}

sel4runtime_exit_cb *sel4runtime_set_exit(sel4runtime_exit_cb *cb)
{
    sel4runtime_exit_cb *old = last;

    last = cb;
    return old;
}

void sel4runtime_exit(int code)
{
    if (before != NULL) {
        code = before(code);
    }
    sk_run_ends();
    if (last != NULL) {
        last(code);
    }
    sk_exit(code);
}

int sk_runtime_end_main(int status)
{
    sel4runtime_exit(status);
    return status;
}
