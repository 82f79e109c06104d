/*
 * Has its texts turned round by the server.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>
#include <selkie/rt/string.h>

#include <client-server/client.h>

#include "../protocol.h"

static void reverse(const char *text)
{
    seL4_Word size = strlen(text);

    memcpy(*client_text, text, size);
    microkit_mr_set(0, size);
    microkit_ppcall(client_channel_server, microkit_msginfo_new(REVERSE, 1));

    seL4_Word letters = microkit_mr_get(0);
    sk_printf("client: '%s' becomes '%.*s', %lu letters\n", text, (int)size,
              (const char *)*client_text, letters);
}

/* What the server makes of requests that it should not get. */
static void be_refused(seL4_Word label, seL4_Word size)
{
    microkit_mr_set(0, size);
    microkit_msginfo answer =
        microkit_ppcall(client_channel_server, microkit_msginfo_new(label, 1));
    sk_printf("client: request %lu of %lu bytes is answered with %lu\n", label, size,
              microkit_msginfo_get_label(answer));
}

void init(void)
{
    reverse("seL4");
    reverse("a domain of its own");
    be_refused(REVERSE, sizeof(*client_text) + 1);
    be_refused(9, 0);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
