/* SPDX-License-Identifier: BSD-2-Clause */
#include "image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *what, const char *name)
{
    fprintf(stderr, "init-image: %s: %s\n", name, what);
    exit(125);
}

struct image image_read(const char *name)
{
    struct image i = {0};
    FILE *f = fopen(name, "rb");
    long size = 0;

    if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) <= 0) {
        die("cannot be read", name);
    }
    rewind(f);
    i.size = (size_t)size;
    i.data = malloc(i.size);
    if (i.data == NULL || fread(i.data, 1, i.size, f) != i.size || fclose(f) != 0 ||
        i.size < sizeof(Elf64_Ehdr) || memcmp(i.data, ELFMAG, SELFMAG) != 0) {
        die("is no ELF file", name);
    }
    return i;
}

const void *image_variable(const struct image *i, const char *name)
{
    const Elf64_Shdr *sections = (const Elf64_Shdr *)(i->data + image_header(i)->e_shoff);

    for (unsigned s = 0; s < image_header(i)->e_shnum; s++) {
        const Elf64_Sym *symbols = (const Elf64_Sym *)(i->data + sections[s].sh_offset);
        const char *names;

        if (sections[s].sh_type != SHT_SYMTAB) {
            continue;
        }
        names = (const char *)i->data + sections[sections[s].sh_link].sh_offset;
        for (uint64_t n = 0; n < sections[s].sh_size / sizeof(*symbols); n++) {
            if (strcmp(names + symbols[n].st_name, name) == 0) {
                const Elf64_Shdr *home = &sections[symbols[n].st_shndx];

                return i->data + home->sh_offset + (symbols[n].st_value - home->sh_addr);
            }
        }
    }
    die("has no such variable", name);
    return NULL;
}

/* There is no room for a program header: the stack's, which nobody needs here, becomes one. */
void image_write(const struct image *i, const void *spec, uint64_t size, const char *name)
{
    uint64_t end = 0, offset = (i->size + 4095) & ~4095ull;
    static const uint8_t zeros[4096];
    Elf64_Phdr *segments = image_segments(i), *ours = NULL;
    FILE *f = fopen(name, "wb");

    for (unsigned n = 0; n < image_header(i)->e_phnum; n++) {
        if (segments[n].p_type == PT_LOAD && segments[n].p_vaddr + segments[n].p_memsz > end) {
            end = segments[n].p_vaddr + segments[n].p_memsz;
        }
        if (segments[n].p_type == PT_GNU_STACK) {
            ours = &segments[n];
        }
    }
    if (ours == NULL || f == NULL) {
        die("cannot be written", name);
    }
    end = (end + 4095) & ~4095ull;
    *ours = (Elf64_Phdr){.p_type = PT_LOAD,
                         .p_flags = PF_R,
                         .p_offset = offset,
                         .p_vaddr = end,
                         .p_paddr = end,
                         .p_filesz = size,
                         .p_memsz = size,
                         .p_align = 4096};
    if (fwrite(i->data, 1, i->size, f) != i->size ||
        fwrite(zeros, 1, offset - i->size, f) != offset - i->size ||
        fwrite(spec, 1, size, f) != size || fclose(f) != 0) {
        die("cannot be written", name);
    }
}
