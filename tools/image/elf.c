/* SPDX-License-Identifier: BSD-2-Clause */
#include "elf.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char damaged[] = "the file is truncated or damaged: build it again";

/* Is [start, start + size) inside [0, limit)? */
static bool is_inside(uint64_t start, uint64_t size, uint64_t limit)
{
    return start <= limit && size <= limit - start;
}

const char *sk_elf_machine_name(uint16_t machine)
{
    switch (machine) {
    case EM_AARCH64:
        return "AArch64";
    case EM_ARM:
        return "32-bit Arm";
    case EM_RISCV:
        return "RISC-V";
    case EM_X86_64:
        return "x86-64";
    case EM_386:
        return "32-bit x86";
    default:
        return "another machine";
    }
}

static bool check_identity(const struct sk_image_file *file, const char *what,
                           struct sk_image_problem *problem)
{
    const uint8_t *d = file->data;

    if (file->size < SELFMAG || memcmp(d, ELFMAG, SELFMAG) != 0) {
        return sk_image_refuse(problem, "name the file that the linker wrote",
                               "%s: %s is not an ELF file", file->name, what);
    }
    if (file->size < sizeof(Elf64_Ehdr)) {
        return sk_image_refuse(problem, damaged,
                               "%s: the ELF header is cut off after %zu bytes", file->name,
                               file->size);
    }
    if (d[EI_CLASS] != ELFCLASS64) {
        return sk_image_refuse(problem, "only 64-bit machines are supported",
                               "%s: %s is not a 64-bit ELF file", file->name, what);
    }
    if (d[EI_DATA] != ELFDATA2LSB) {
        return sk_image_refuse(problem, "only little-endian machines are supported",
                               "%s: %s is not little endian", file->name, what);
    }
    return true;
}

static bool check_type(const struct sk_elf *elf, const char *what,
                       struct sk_image_problem *problem)
{
    switch (elf->header.e_type) {
    case ET_EXEC:
        return true;
    case ET_REL:
        return sk_image_refuse(problem, "link it first", "%s: %s is an object file",
                               elf->file.name, what);
    case ET_DYN:
        return sk_image_refuse(problem, "link it with -static -no-pie",
                               "%s: %s is position independent or a shared library",
                               elf->file.name, what);
    default:
        return sk_image_refuse(problem, "link it with -static -no-pie",
                               "%s: %s is not an executable (ELF type %u)", elf->file.name,
                               what, elf->header.e_type);
    }
}

static bool check_header(const struct sk_elf *elf, const char *what, uint16_t machine,
                         struct sk_image_problem *problem)
{
    const Elf64_Ehdr *h = &elf->header;
    const char *name = elf->file.name;

    if (machine != EM_NONE && h->e_machine != machine) {
        char help[96];
        snprintf(help, sizeof(help), "compile it for %s", sk_elf_machine_name(machine));
        return sk_image_refuse(problem, help, "%s: %s is for %s (ELF machine %u), not for %s",
                               name, what, sk_elf_machine_name(h->e_machine), h->e_machine,
                               sk_elf_machine_name(machine));
    }
    return check_type(elf, what, problem);
}

static bool check_table(const struct sk_elf *elf, struct sk_image_problem *problem)
{
    const Elf64_Ehdr *h = &elf->header;
    const char *name = elf->file.name;

    if (h->e_phnum == 0 || h->e_phnum == PN_XNUM || h->e_phentsize != sizeof(Elf64_Phdr)) {
        return sk_image_refuse(problem, damaged,
                               "%s: %u program headers of %u bytes make no sense", name,
                               h->e_phnum, h->e_phentsize);
    }
    if (!is_inside(h->e_phoff, (uint64_t)h->e_phnum * sizeof(Elf64_Phdr), elf->file.size)) {
        return sk_image_refuse(problem, damaged,
                               "%s: the program headers at offset 0x%" PRIx64
                               " lie outside the file",
                               name, h->e_phoff);
    }
    return true;
}

Elf64_Phdr sk_elf_phdr(const struct sk_elf *elf, unsigned i)
{
    Elf64_Phdr p;

    memcpy(&p, elf->file.data + elf->header.e_phoff + (uint64_t)i * sizeof(p), sizeof(p));
    return p;
}

static bool check_segment(const struct sk_elf *elf, unsigned i, const Elf64_Phdr *p,
                          struct sk_image_problem *problem)
{
    const char *name = elf->file.name;

    if (!is_inside(p->p_offset, p->p_filesz, elf->file.size)) {
        return sk_image_refuse(problem, damaged,
                               "%s: segment %u (0x%" PRIx64 " bytes at offset 0x%" PRIx64
                               ") lies outside the file",
                               name, i, p->p_filesz, p->p_offset);
    }
    if (p->p_filesz > p->p_memsz) {
        return sk_image_refuse(problem, damaged,
                               "%s: segment %u is larger in the file (0x%" PRIx64
                               " bytes) than in memory (0x%" PRIx64 ")",
                               name, i, p->p_filesz, p->p_memsz);
    }
    /* Two pages short of the top, so that rounding up and a guard page never wrap. */
    if (!is_inside(p->p_vaddr, p->p_memsz, UINT64_MAX - 2 * 4096 + 1) ||
        !is_inside(p->p_paddr, p->p_memsz, UINT64_MAX - 2 * 4096 + 1)) {
        return sk_image_refuse(problem, damaged,
                               "%s: segment %u (0x%" PRIx64 " bytes at 0x%" PRIx64
                               ") does not fit the address space",
                               name, i, p->p_memsz, p->p_vaddr);
    }
    return true;
}

/* Insert p by ascending address. */
static bool add_segment(struct sk_elf *elf, const Elf64_Phdr *p,
                        struct sk_image_problem *problem)
{
    unsigned at = elf->load_count;

    if (at == SK_ELF_LOAD_MAX) {
        return sk_image_refuse(problem, "merge sections in the linker script",
                               "%s: more than %u loadable segments", elf->file.name,
                               (unsigned)SK_ELF_LOAD_MAX);
    }
    for (; at > 0 && elf->load[at - 1].p_vaddr > p->p_vaddr; at--) {
        elf->load[at] = elf->load[at - 1];
    }
    elf->load[at] = *p;
    elf->load_count++;
    return true;
}

static bool read_segments(struct sk_elf *elf, const char *what,
                          struct sk_image_problem *problem)
{
    for (unsigned i = 0; i < elf->header.e_phnum; i++) {
        Elf64_Phdr p = sk_elf_phdr(elf, i);
        if (p.p_type == PT_INTERP) {
            return sk_image_refuse(problem, "link it with -static",
                                   "%s: %s is dynamically linked", elf->file.name, what);
        }
        if (p.p_type != PT_LOAD || p.p_memsz == 0) {
            continue;
        }
        if (!check_segment(elf, i, &p, problem) || !add_segment(elf, &p, problem)) {
            return false;
        }
    }
    if (elf->load_count == 0) {
        return sk_image_refuse(problem, damaged, "%s: %s has nothing to load", elf->file.name,
                               what);
    }
    for (unsigned i = 1; i < elf->load_count; i++) {
        const Elf64_Phdr *a = &elf->load[i - 1], *b = &elf->load[i];
        if (a->p_vaddr + a->p_memsz > b->p_vaddr) {
            return sk_image_refuse(problem, "correct the linker script",
                                   "%s: the segments at 0x%" PRIx64 " and 0x%" PRIx64
                                   " overlap",
                                   elf->file.name, a->p_vaddr, b->p_vaddr);
        }
    }
    return true;
}

static bool check_entry(const struct sk_elf *elf, const char *what,
                        struct sk_image_problem *problem)
{
    uint64_t entry = elf->header.e_entry;

    if (entry == 0) {
        return sk_image_refuse(problem, "name it to the linker: -Wl,-e,_start",
                               "%s: %s has no entry point", elf->file.name, what);
    }
    for (unsigned i = 0; i < elf->load_count; i++) {
        const Elf64_Phdr *p = &elf->load[i];
        if (entry >= p->p_vaddr && entry - p->p_vaddr < p->p_filesz) {
            if ((p->p_flags & PF_X) != 0) {
                return true;
            }
            break;
        }
    }
    return sk_image_refuse(problem, "name it to the linker: -Wl,-e,_start",
                           "%s: the entry point 0x%" PRIx64 " of %s is not in its code",
                           elf->file.name, entry, what);
}

bool sk_elf_open_symbols(const struct sk_image_file *file, const char *what, uint16_t machine,
                         struct sk_elf *ret_elf, struct sk_image_problem *ret_problem)
{
    struct sk_elf elf = {.file = *file};

    if (!check_identity(file, what, ret_problem)) {
        return false;
    }
    memcpy(&elf.header, file->data, sizeof(elf.header));
    if (!check_header(&elf, what, machine, ret_problem)) {
        return false;
    }
    *ret_elf = elf;
    return true;
}

bool sk_elf_open(const struct sk_image_file *file, const char *what, uint16_t machine,
                 struct sk_elf *ret_elf, struct sk_image_problem *ret_problem)
{
    struct sk_elf elf;

    if (!sk_elf_open_symbols(file, what, machine, &elf, ret_problem) ||
        !check_table(&elf, ret_problem) || !read_segments(&elf, what, ret_problem) ||
        !check_entry(&elf, what, ret_problem)) {
        return false;
    }
    *ret_elf = elf;
    return true;
}

/* Section i, or one of type SHT_NULL if the table is damaged. */
static Elf64_Shdr section(const struct sk_elf *elf, unsigned i)
{
    const Elf64_Ehdr *h = &elf->header;
    Elf64_Shdr s = {0};
    uint64_t size = (uint64_t)h->e_shnum * sizeof(s);

    if (h->e_shentsize == sizeof(s) && i < h->e_shnum &&
        is_inside(h->e_shoff, size, elf->file.size)) {
        memcpy(&s, elf->file.data + h->e_shoff + (uint64_t)i * sizeof(s), sizeof(s));
        if (s.sh_type == SHT_NOBITS || !is_inside(s.sh_offset, s.sh_size, elf->file.size)) {
            s.sh_type = SHT_NULL;
        }
    }
    return s;
}

struct sk_elf_bytes sk_elf_section(const struct sk_elf *elf, const char *name)
{
    Elf64_Shdr names = section(elf, elf->header.e_shstrndx);
    uint64_t length = strlen(name) + 1;

    for (unsigned i = 1; names.sh_type == SHT_STRTAB && i < elf->header.e_shnum; i++) {
        Elf64_Shdr s = section(elf, i);
        if (s.sh_type != SHT_NULL && is_inside(s.sh_name, length, names.sh_size) &&
            memcmp(elf->file.data + names.sh_offset + s.sh_name, name, length) == 0) {
            return (struct sk_elf_bytes){elf->file.data + s.sh_offset, s.sh_size};
        }
    }
    return (struct sk_elf_bytes){0};
}
