/*
 * A panic that leaves a drop, while another panic runs it, ends the program.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/rt/catch.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

static void bad_drop(int *owned)
{
    sk_panic("in the drop of %d", *owned);
}

static void fail(void *arg)
{
    __attribute__((cleanup(bad_drop), unused)) int owned = 5;

    (void)arg;
    sk_panic("first");
}

SK_ROOT_TASK(bi)
{
    sk_outcome outcome = sk_catch(fail, NULL);

    sk_printf("this must not be printed: %d\n", (int)outcome.how);
    return 0;
}
