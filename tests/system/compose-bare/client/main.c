/*
 * Calls a domain that was not linked with our libmicrokit.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>

#include <compose-bare/client.h>

void init(void)
{
    const volatile seL4_Word *page = (const volatile seL4_Word *)(uintptr_t)client_page;

    microkit_mr_set(0, 20);
    microkit_mr_set(1, 22);
    (void)microkit_ppcall(client_channel_bare, microkit_msginfo_new(0, 2));
    sk_printf(
        "sum %lu, size 0x%lx, notifications 0x%lx, calls 0x%lx, passive %lu, name ...%c\n",
        page[0], page[1], page[2], page[3], page[4], (int)page[5]);
}

void notified(microkit_channel ch)
{
    sk_printf("signalled on %u\n", ch);
    sk_arch_exit(0);
}
