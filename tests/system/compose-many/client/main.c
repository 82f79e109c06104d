/*
 * One of many clients.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

#include "../talk.h"

static seL4_Bool is_right;

/* The n of "clientn". */
static seL4_Word number(void)
{
    seL4_Word n = 0;

    for (const char *c = microkit_name + 6; *c != '\0'; c++) {
        n = 10 * n + (seL4_Word)(*c - '0');
    }
    return n;
}

void init(void)
{
    microkit_mr_set(0, number());
    (void)microkit_ppcall(CHANNEL_SERVER, microkit_msginfo_new(ASK, 1));
    is_right = microkit_mr_get(0) == number();
    microkit_notify(CHANNEL_SERVER);
}

void notified(microkit_channel ch)
{
    is_right &= ch == CHANNEL_SERVER;
    (void)microkit_ppcall(CHANNEL_SERVER, microkit_msginfo_new(is_right ? HEARD : WRONG, 0));
}
