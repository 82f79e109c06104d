/* SPDX-License-Identifier: BSD-2-Clause */
#include "programs.h"

#include <selkie/rt/string.h>

extern const char greeter_image[], greeter_image_end[];
extern const char spinner_image[], spinner_image_end[];
extern const char worker_image[], worker_image_end[];

static const struct program programs[] = {
    {"greeter", "prints its arguments, and exits with their number", false, greeter_image,
     greeter_image_end},
    {"spinner", "never waits and never ends", false, spinner_image, spinner_image_end},
    {"worker", "waits to be told to fail", true, worker_image, worker_image_end},
};

#define COUNT (sizeof(programs) / sizeof(programs[0]))

const struct program *program_at(size_t n)
{
    return n < COUNT ? &programs[n] : NULL;
}

const struct program *program_find(const char *name)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(programs[i].name, name) == 0) {
            return &programs[i];
        }
    }
    return NULL;
}
