/*
 * A program of 20 MiB and a little, nearly all of it zeros.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#define SIZE (20ul << 20)
#define STEP 4096

int main(int argc, char **argv, char **envp);

static volatile char zeros[SIZE];

int main(int argc, char **argv, char **envp)
{
    size_t pages = 0;

    (void)argc;
    (void)argv;
    (void)envp;
    for (size_t at = 0; at < SIZE; at += STEP) {
        pages += zeros[at] == 0;
        zeros[at] = 1;
    }
    return pages == SIZE / STEP && zeros[SIZE - 1] == 0 ? 20 : 1;
}
