/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/string.h>

#include "elf.h"
#include "stage.h"

uintptr_t stage_symbol(const void *image, const char *name)
{
    const struct header *header = image;
    const char *file = image;
    const struct section *sections = (const void *)(file + header->sections);

    for (unsigned i = 0; i < header->section_count; i++) {
        if (sections[i].type != SYMBOLS) {
            continue;
        }
        const struct symbol *symbols = (const void *)(file + sections[i].offset);
        const char *names = file + sections[sections[i].link].offset;

        for (size_t n = 0; n < sections[i].size / sizeof(struct symbol); n++) {
            if (strcmp(names + symbols[n].name, name) == 0) {
                return symbols[n].value;
            }
        }
    }
    return 0;
}
