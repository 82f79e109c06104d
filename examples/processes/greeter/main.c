/*
 * A process that does its work and ends: it prints its arguments.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/print.h>

int main(int argc, char **argv);

int main(int argc, char **argv)
{
    sk_printf("hello");
    for (int i = 1; i < argc; i++) {
        sk_printf(" %s", argv[i]);
    }
    sk_puts("");
    return argc - 1;
}
