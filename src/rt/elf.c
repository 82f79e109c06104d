/* SPDX-License-Identifier: BSD-2-Clause */
#include "elf.h"

#include <stddef.h>

struct elf_header {
    uint8_t ident[16];
    uint16_t type;
    uint16_t machine;
    uint32_t version;
    uint64_t entry;
    uint64_t program_headers; /* offset from here */
    uint64_t section_headers;
    uint32_t flags;
    uint16_t header_size;
    uint16_t program_header_size;
    uint16_t program_header_count;
};

/* Every linker puts the ELF header at the start of the image, under this name. */
extern const struct elf_header __ehdr_start __attribute__((visibility("hidden")));

struct segments sk_elf_segments(void)
{
    const char *image = (const char *)&__ehdr_start;
    const struct program_header *first = (const void *)(image + __ehdr_start.program_headers);

    return (struct segments){first, first + __ehdr_start.program_header_count};
}

const struct program_header *sk_elf_segment(uint32_t type)
{
    struct segments all = sk_elf_segments();

    for (const struct program_header *s = all.first; s < all.end; s++) {
        if (s->type == type) {
            return s;
        }
    }
    return NULL;
}
