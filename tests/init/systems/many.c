/*
 * One of many clients, which says its number to the server; or the server, which ends when it
 * has heard of each.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

#include "end.h"

#define SERVER 0

static unsigned char has_called[COUNT];
static unsigned call_count;

/* The n of "cn". */
static seL4_Word number(void)
{
    seL4_Word n = 0;

    for (const char *c = microkit_name + 1; *c != '\0'; c++) {
        n = 10 * n + (seL4_Word)(*c - '0');
    }
    return n;
}

void init(void)
{
    if (microkit_name[0] == 'c') {
        microkit_mr_set(0, number());
        (void)microkit_ppcall(SERVER, microkit_msginfo_new(0, 1));
    }
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    (void)msginfo;
    if (microkit_mr_get(0) != ch || ch >= COUNT || has_called[ch]) {
        end(1);
    }
    has_called[ch] = 1;
    if (++call_count == COUNT) {
        microkit_dbg_puts("all clients have called\n");
        end(0);
    }
    return microkit_msginfo_new(0, 0);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
