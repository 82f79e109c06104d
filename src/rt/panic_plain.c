/* SPDX-License-Identifier: BSD-2-Clause */
#include "start.h"

#include <selkie/rt/exit.h>
#include <selkie/rt/print.h>

SK_NORETURN void sk_panic_plain(const char *why)
{
    sk_puts(why);
    sk_exit(SK_EXIT_PANIC);
}
