/*
 * The sink of the processes: text goes to the shell.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/message.h>
#include <selkie/rt/sink.h>
#include <selkie/rt/string.h>

#include "protocol.h"

SK_GRANTS_WANTED(child, CHILD_GRANTS)

static void say(sk_endpoint console, const char *text, size_t size)
{
    sk_builder out = sk_builder_open(CONSOLE_SAY);

    sk_builder_word(&out, size);
    for (size_t i = 0; i < size; i += sizeof(seL4_Word)) {
        seL4_Word word = 0;

        memcpy(&word, text + i, size - i < sizeof(word) ? size - i : sizeof(word));
        sk_builder_word(&out, word);
    }
    SK_AUTO(sk_reader) answer = sk_builder_call(&out, console);
}

void sk_sink_write(const char *text, size_t size)
{
    struct child_grants mine = child_grants_get();

    for (size_t done = 0; done < size; done += CONSOLE_TEXT) {
        size_t left = size - done;

        say(mine.console, text + done, left < CONSOLE_TEXT ? left : CONSOLE_TEXT);
    }
}
