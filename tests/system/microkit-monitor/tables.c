/* SPDX-License-Identifier: BSD-2-Clause */
#include "tables.h"

#include <selkie/rt/panic.h>
#include <selkie/rt/string.h>

#include "../microkit/elf.h"

enum { FUNCTION = 2, MAX_FUNCTIONS = 128 };

struct functions {
    struct sk_monitor_symbol symbols[MAX_FUNCTIONS];
    const char *names; /* of the file */
    uint32_t count;
};

/* By address. */
static void insert(struct functions *f, const struct symbol *s)
{
    uint32_t at = f->count++;

    sk_assert(f->count <= MAX_FUNCTIONS);
    for (; at > 0 && f->symbols[at - 1].address > s->value; at--) {
        f->symbols[at] = f->symbols[at - 1];
    }
    f->symbols[at] = (struct sk_monitor_symbol){s->value, (uint32_t)s->size, s->name};
}

static void read_functions(const char *file, struct functions *f)
{
    const struct header *header = (const void *)file;
    const struct section *sections = (const void *)(file + header->sections);

    for (unsigned i = 0; i < header->section_count; i++) {
        const struct symbol *symbols = (const void *)(file + sections[i].offset);

        if (sections[i].type != SYMBOLS) {
            continue;
        }
        f->names = file + sections[sections[i].link].offset;
        for (size_t n = 0; n < sections[i].size / sizeof(struct symbol); n++) {
            if (symbols[n].info % 16 == FUNCTION) {
                insert(f, &symbols[n]);
            }
        }
    }
}

void tables_write(char *to, const struct sk_monitor_domain domains[], const void *image)
{
    static struct functions f;
    struct sk_monitor_header *header = (void *)to;
    struct sk_monitor_domain *d = (void *)(header + 1);
    struct sk_monitor_symbol *symbols = (void *)(d + WATCHED);
    char *names = (char *)(symbols + MAX_FUNCTIONS);
    uint32_t used = 0;

    read_functions(image, &f);
    for (uint32_t i = 0; i < f.count; i++) {
        const char *name = f.names + f.symbols[i].name;

        symbols[i] = f.symbols[i];
        symbols[i].name = used;
        sk_assert((size_t)(names + used - to) + strlen(name) < TABLES_SIZE);
        for (size_t n = 0; n <= strlen(name); n++) {
            names[used + n] = name[n];
        }
        used += (uint32_t)strlen(name) + 1;
    }
    for (unsigned i = 0; i < WATCHED; i++) {
        d[i] = domains[i];
        d[i].symbols = (uint64_t)((char *)symbols - to);
        d[i].symbol_count = f.count;
        d[i].names = (uint64_t)(names - to);
        d[i].names_size = used;
    }
    *header = (struct sk_monitor_header){.magic = SK_MONITOR_MAGIC,
                                         .version = SK_MONITOR_VERSION,
                                         .size = TABLES_SIZE,
                                         .domains = sizeof(*header),
                                         .domain_count = WATCHED};
}
