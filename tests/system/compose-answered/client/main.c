/*
 * Notifies and calls the server for ever, so that nothing of the last call is left when the
 * next one comes, and counts the answers, and those that a restart gives.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

#include <compose-answered/client.h>

void init(void)
{
    volatile seL4_Word *tally = (volatile seL4_Word *)*client_tally;

    for (;;) {
        microkit_msginfo answer;

        microkit_notify(client_channel_server);
        answer = microkit_ppcall(client_channel_server, microkit_msginfo_new(0, 0));
        tally[0] += 1;
        tally[1] += microkit_msginfo_get_label(answer) == SK_MICROKIT_RESTARTED;
    }
}

void notified(microkit_channel ch)
{
    (void)ch;
}
