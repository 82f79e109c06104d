/*
 * Turns texts round in shared memory, for whoever calls.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/print.h>

#include <client-server/server.h>

#include "../protocol.h"

_Static_assert(sizeof(struct record) <= sizeof(*server_record), "the region is too small");

static struct record *const record = (struct record *)server_record;

void init(void)
{
    sk_printf("%s: ready, and passive\n", microkit_name);
}

/* The client may write there meanwhile: nothing but what it reads follows from the bytes. */
static seL4_Word reverse(volatile uint8_t *text, seL4_Word size)
{
    seL4_Word letters = 0;

    for (seL4_Word i = 0; i < size / 2; i++) {
        uint8_t first = text[i];
        text[i] = text[size - 1 - i];
        text[size - 1 - i] = first;
    }
    for (seL4_Word i = 0; i < size; i++) {
        uint8_t c = text[i] | 0x20;
        letters += c >= 'a' && c <= 'z';
    }
    return letters;
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    seL4_Word size = microkit_mr_get(0);

    if (ch != server_channel_client || microkit_msginfo_get_label(msginfo) != REVERSE ||
        microkit_msginfo_get_count(msginfo) != 1) {
        return microkit_msginfo_new(UNKNOWN, 0);
    }
    if (size > sizeof(*server_text)) {
        return microkit_msginfo_new(TOO_LONG, 0);
    }
    microkit_mr_set(0, reverse(*server_text, size));
    record->requests++;
    record->bytes += size;
    /* Together with the answer, when we return. */
    microkit_deferred_notify(server_channel_watcher);
    return microkit_msginfo_new(DONE, 1);
}

/* Nobody may notify us. */
void notified(microkit_channel ch)
{
    (void)ch;
}
