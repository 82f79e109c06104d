/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/exit.h>
#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

static char *kept;

/* What a program frees at its end is no leak. */
static void end(void)
{
    free(kept);
}

SK_ROOT_TASK(bi)
{
    kept = malloc(40);
    sk_puts(atexit(end) == 0 ? "the end" : "no atexit");
    return 3;
}
