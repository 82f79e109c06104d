/*
 * Waits, for as long as is typed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>

#include <console/clock.h>

#include "../pipe.h"
#include "../timer.h"

#define NS_PER_MS 1000000u

static struct pipe_reader typed;
static struct pipe_writer said;
static struct pipe_line line;
static seL4_Word waits_ms; /* 0: for nothing */
static uint64_t since;

static uint64_t now(void)
{
    (void)microkit_ppcall(clock_channel_timer, microkit_msginfo_new(TIMER_NOW, 0));
    return microkit_mr_get(0);
}

/* A number of up to six digits, and nothing else; or 0. */
static seL4_Word number(const char *text, size_t length)
{
    seL4_Word value = 0;

    for (size_t i = 0; i < length; i++) {
        if (length > 6 || text[i] < '0' || text[i] > '9') {
            return 0;
        }
        value = 10 * value + (seL4_Word)(text[i] - '0');
    }
    return value;
}

static void obey(void)
{
    seL4_Word ms = number(line.text, line.length);

    if (ms == 0) {
        pipe_printf(&said, "type a number of milliseconds, not '%s'\n", line.text);
        return;
    }
    waits_ms = ms;
    since = now();
    microkit_mr_set(0, ms * NS_PER_MS);
    (void)microkit_ppcall(clock_channel_timer, microkit_msginfo_new(TIMER_AFTER, 1));
    pipe_printf(&said, "waiting\n");
}

void init(void)
{
    pipe_reader_init(&typed, clock_to_clock, clock_channel_console);
    pipe_writer_init(&said, clock_of_clock, clock_channel_console);
    /* Whoever does not look into a pipe is not told that there is something. */
    notified(clock_channel_console);
}

void notified(microkit_channel ch)
{
    if (ch == clock_channel_console) {
        while (pipe_read_line(&typed, &line)) {
            obey();
        }
    } else if (ch == clock_channel_timer && waits_ms != 0) {
        bool is_early = now() - since < waits_ms * NS_PER_MS;
        pipe_printf(&said, "%lu ms are over%s\n", waits_ms, is_early ? ", too early" : "");
        waits_ms = 0;
    }
}
