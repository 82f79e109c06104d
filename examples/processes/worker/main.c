/*
 * A process that waits for its bell, and then does what the shell wants: mostly, to fail.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/message.h>
#include <selkie/cap/notification.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#include "../child/protocol.h"

int main(void);

static volatile uintptr_t unmapped = 16;

static enum order ask(sk_endpoint console)
{
    sk_builder out = sk_builder_open(CONSOLE_ASK);
    SK_AUTO(sk_reader) in = sk_builder_call(&out, console);
    seL4_Word order;

    return sk_reader_word(&in, &order) == SK_OK ? (enum order)order : ORDER_NONE;
}

static void store(volatile unsigned *at)
{
    *at = 0;
}

int main(void)
{
    struct child_grants mine = child_grants_get();

    sk_puts("ready");
    for (;;) {
        (void)sk_notification_wait(mine.bell);
        switch (ask(mine.console)) {
        case ORDER_READ:
            sk_printf("farewell"); /* shown although the line does not end */
            return *(volatile int *)unmapped;
        case ORDER_WRITE:
            store((volatile unsigned *)(uintptr_t)main);
            break;
        case ORDER_TRAP:
            __builtin_trap();
        case ORDER_PANIC:
            sk_panic("as I was told");
        case ORDER_EXIT:
            return 0;
        default:
            sk_puts("what?");
        }
    }
}
