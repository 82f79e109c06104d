/* SPDX-License-Identifier: BSD-2-Clause */
#include <microkit.h>
#include <selkie/rt/heap.h>
#include <selkie/rt/print.h>
#include <selkie/rt/string.h>

static _Thread_local int number = 40;

void init(void)
{
    char *text = malloc(16);

    strcpy(text, "on a heap");
    number += 2;
    sk_printf("%s is %s, %d\n", microkit_name, text, number);
    free(text);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
