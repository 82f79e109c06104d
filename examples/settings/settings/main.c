/*
 * A domain on Selkie's runtime: what it reads goes on the heap, and a line that is wrong is a
 * panic, which is caught. A domain on libmicrokit alone has neither.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <selkie/rt/catch.h>
#include <selkie/rt/heap.h>
#include <selkie/rt/print.h>

#include "read.h"

static const char *const lines[] = {
    "limit=90", "retries=3", "verbose", "port=many", "timeout=250", "size=99999999999999999999",
};

enum { LINES = sizeof(lines) / sizeof(lines[0]) };

struct reading {
    const char *line;
    settings settings;
};

static void read_line(void *arg)
{
    struct reading *reading = arg;

    settings_read(&reading->settings, reading->line);
}

static size_t block_count(void)
{
    struct sk_heap_stats stats;

    sk_heap_check(&stats);
    return stats.blocks;
}

void init(void)
{
    struct reading reading = {0};

    for (unsigned i = 0; i < LINES; i++) {
        reading.line = lines[i];
        if (sk_catch(read_line, &reading).how != SK_RETURNED) {
            sk_printf("%s: line %u is left out\n", microkit_name, i + 1);
        }
    }
    for (const struct setting *s = reading.settings.first; s != NULL; s = s->next) {
        sk_printf("%s: %s is %lu\n", microkit_name, s->name, s->value);
    }
    sk_printf("%s: the heap holds %lu blocks\n", microkit_name, block_count());
    settings_drop(&reading.settings);
    sk_printf("%s: and now %lu\n", microkit_name, block_count());
}

void notified(microkit_channel ch)
{
    (void)ch;
}
