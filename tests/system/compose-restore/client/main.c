/*
 * Calls a server that faults at every third call, and is told so.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#include <compose-restore/client.h>

enum { CALLS = 10 };

/* What the server had counted; 0: it was restarted in the call. */
static seL4_Word call(void)
{
    microkit_msginfo answer =
        microkit_ppcall(client_channel_server, microkit_msginfo_new(0, 0));

    return microkit_msginfo_get_label(answer) == SK_MICROKIT_RESTARTED ? 0 : microkit_mr_get(0);
}

void init(void)
{
    seL4_Word answers[CALLS];

    for (unsigned i = 0; i < CALLS; i++) {
        answers[i] = call();
    }
    sk_printf("client:");
    for (unsigned i = 0; i < CALLS; i++) {
        sk_printf(" %lu", answers[i]);
    }
    sk_printf("\n");
    sk_arch_exit(0);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
