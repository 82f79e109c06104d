/*
 * What a program for seL4's own C runtime sets for the end of main() is called, on kernels
 * without a console too: the status says it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4runtime.h>

int main(void);

static int change_status(int code)
{
    return code + 5;
}

int main(void)
{
    sel4runtime_set_pre_exit(change_status);
    return 7;
}
