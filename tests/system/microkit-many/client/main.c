/*
 * Calls and signals by every channel that there is.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>

#include "../../microkit/say.h"
#include "../plot.h"

static bool is_ours(microkit_channel ch)
{
    return ch != SAY && FAR_END(ch) != SAY;
}

static void call_all(void)
{
    seL4_Word right = 0;

    for (microkit_channel ch = 0; ch < CHANNELS; ch++) {
        if (is_ours(ch)) {
            microkit_msginfo answer = microkit_ppcall(ch, microkit_msginfo_new(ASK_CHANNEL, 0));

            right += microkit_msginfo_get_label(answer) == FAR_END(ch);
        }
    }
    say("right answers", right);
}

static void say_told(const char *when)
{
    microkit_ppcall(0, microkit_msginfo_new(ASK_TOLD, 0));

    seL4_Word once = microkit_mr_get(0);
    seL4_Word more = microkit_mr_get(1);

    say(when, once);
    say("and more than once", more);
}

/* To a domain that runs only afterwards. */
static void signal_late(void)
{
    for (microkit_channel ch = 0; ch < LATE_COUNT; ch++) {
        microkit_notify(ch);
    }
    microkit_notify(LATE_COUNT);
    microkit_ppcall(100, microkit_msginfo_new(0, 0));
    microkit_deferred_notify(1023);
}

void init(void)
{
    if (microkit_name[0] == 's') {
        signal_late();
        return;
    }
    call_all();
    for (microkit_channel ch = 0; ch < CHANNELS; ch++) {
        if (is_ours(ch)) {
            microkit_notify(ch);
        }
    }
    say_told("told once");
    for (microkit_channel ch = 0; ch < CHANNELS; ch++) {
        if (is_ours(ch)) {
            microkit_deferred_notify(ch);
        }
    }
    say_told("told once, one deferred");
    say("deferred", microkit_have_signal);
}

/* The server, which the last one has woken, answers. */
void notified(microkit_channel ch)
{
    say("told", ch);
    say_told("told once");
}
