/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-123: an offset from outside is added to a pointer that was passed in */
/* EXPECT: nothing */
#include "../safety.h"

/* BAD */
__attribute__((noinline)) static void set(unsigned char *memory, long offset)
{
    memory[offset] = 1;
}

BAD
{
    unsigned char memory[64] = {0};

    set(memory, given(200));
    use(memory, sizeof(memory));
}

/* GOOD */
__attribute__((noinline)) static void set_within(unsigned char *memory, size_t size,
                                                 long offset)
{
    if (offset >= 0 && (size_t)offset < size) {
        memory[offset] = 1;
    }
}

GOOD
{
    unsigned char memory[64] = {0};

    set_within(memory, sizeof(memory), given(200));
    use(memory, sizeof(memory));
}
