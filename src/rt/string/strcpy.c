/* SPDX-License-Identifier: BSD-2-Clause */
#include "plain.h"

char *strcpy(char *restrict to, const char *restrict from)
{
    char *at = to;

    while ((*at++ = *from++) != '\0') {
    }
    return to;
}
