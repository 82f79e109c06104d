/* SPDX-License-Identifier: BSD-2-Clause */
#include "arguments.h"

#include <selkie/arch/rt/semihosting.h>

void arguments_read(uint64_t *values, int count)
{
    char text[256] = "";
    struct {
        char *text;
        uintptr_t size;
    } block = {text, sizeof(text)};
    const char *next = text;

    if (sk_arch_semihosting_call(SK_ARCH_SEMIHOSTING_GET_CMDLINE, &block) != 0) {
        return;
    }
    while (*next != '\0' && *next != ' ') { /* the program's name */
        next++;
    }
    for (int i = 0; i < count; i++) {
        while (*next == ' ') {
            next++;
        }
        if (*next < '0' || *next > '9') {
            return;
        }
        values[i] = 0;
        for (; *next >= '0' && *next <= '9'; next++) {
            values[i] = values[i] * 10 + (uint64_t)(*next - '0');
        }
    }
}
