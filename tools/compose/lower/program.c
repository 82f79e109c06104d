/* SPDX-License-Identifier: BSD-2-Clause */
#include "program.h"

#include <inttypes.h>
#include <string.h>

#define PAGE_SIZE 4096ull

/* More than a board's memory: refused before it is taken of this machine's. */
#define PROGRAM_MAX (4ull << 30)

static uint64_t page_down(uint64_t a)
{
    return a & ~(PAGE_SIZE - 1);
}

static uint64_t page_up(uint64_t a)
{
    return page_down(a + PAGE_SIZE - 1);
}

static uint64_t segment_end(const struct sk_segment *s)
{
    return s->vaddr + s->size;
}

/* Widen a PT_LOAD to pages, and unite it with the one before if they meet. */
static bool add_segment(struct sk_program *program, const Elf64_Phdr *p,
                        struct sk_image_problem *problem)
{
    uint64_t vaddr = page_down(p->p_vaddr);
    uint64_t end = page_up(p->p_vaddr + p->p_memsz);
    uint64_t bss = p->p_vaddr + p->p_filesz;
    struct sk_segment *last =
        program->segment_count > 0 ? &program->segment[program->segment_count - 1] : NULL;

    if (end < vaddr || end - vaddr > PROGRAM_MAX) {
        return sk_image_refuse(problem, "make its largest arrays smaller, or memory regions",
                               "%s: the segment at 0x%" PRIx64 " is larger than %llu GiB",
                               program->path, p->p_vaddr, PROGRAM_MAX >> 30);
    }
    if (last == NULL || vaddr >= segment_end(last)) {
        program->segment[program->segment_count++] = (struct sk_segment){
            .vaddr = vaddr,
            .size = end - vaddr,
            .bss_vaddr = bss,
            .flags = p->p_flags,
        };
        return true;
    }
    if (((last->flags | p->p_flags) & (PF_W | PF_X)) == (PF_W | PF_X)) {
        return sk_image_refuse(
            problem, "align .data to a page in the linker script, as microkit.ld does",
            "%s: the page at 0x%" PRIx64 " would be both written and executed", program->path,
            vaddr);
    }
    last->flags |= p->p_flags;
    last->size = end - last->vaddr;
    last->bss_vaddr = bss;
    return true;
}

static bool add_segments(struct arena *arena, struct sk_program *program,
                         struct sk_image_problem *problem)
{
    const struct sk_elf *elf = &program->elf;

    for (unsigned i = 0; i < elf->load_count; i++) {
        if (!add_segment(program, &elf->load[i], problem)) {
            return false;
        }
    }
    for (unsigned i = 0; i < program->segment_count; i++) {
        program->segment[i].bytes = arena_take(arena, program->segment[i].size);
    }
    for (unsigned i = 0; i < elf->load_count; i++) {
        const Elf64_Phdr *p = &elf->load[i];
        if (p->p_filesz > 0) {
            memcpy(sk_program_at(program, p->p_vaddr, p->p_filesz),
                   elf->file.data + p->p_offset, p->p_filesz);
        }
    }
    return true;
}

/* A program without symbols is a program whose symbols nobody finds. */
static void add_symbols(struct sk_program *program)
{
    struct sk_elf_bytes symbols = sk_elf_section(&program->elf, ".symtab");
    struct sk_elf_bytes names = sk_elf_section(&program->elf, ".strtab");

    if (names.size > 0 && names.data[names.size - 1] == '\0') {
        program->symbols = symbols.data;
        program->symbol_count = symbols.size / sizeof(Elf64_Sym);
        program->names = (const char *)names.data;
        program->names_size = names.size;
    }
}

bool sk_program_open(struct arena *arena, const struct sk_image_file *file, uint16_t machine,
                     struct sk_program *ret_program, struct sk_image_problem *ret_problem)
{
    struct sk_program program = {.path = file->name};

    if (!sk_elf_open(file, "the program", machine, &program.elf, ret_problem)) {
        return false;
    }
    if (!add_segments(arena, &program, ret_problem)) {
        return false;
    }
    add_symbols(&program);
    *ret_program = program;
    return true;
}

bool sk_program_symbol(const struct sk_program *program, const char *name,
                       struct sk_symbol *ret_symbol)
{
    for (uint64_t i = 0; i < program->symbol_count; i++) {
        Elf64_Sym symbol;
        memcpy(&symbol, program->symbols + i * sizeof(symbol), sizeof(symbol));
        if (symbol.st_shndx != SHN_UNDEF && symbol.st_name < program->names_size &&
            strcmp(program->names + symbol.st_name, name) == 0) {
            *ret_symbol = (struct sk_symbol){symbol.st_value, symbol.st_size};
            return true;
        }
    }
    return false;
}

uint8_t *sk_program_at(struct sk_program *program, uint64_t vaddr, uint64_t size)
{
    for (unsigned i = 0; i < program->segment_count; i++) {
        struct sk_segment *s = &program->segment[i];
        if (vaddr >= s->vaddr && vaddr - s->vaddr <= s->size &&
            size <= s->size - (vaddr - s->vaddr)) {
            return s->bytes + (vaddr - s->vaddr);
        }
    }
    return NULL;
}

uint64_t sk_segment_contents(const struct sk_segment *segment)
{
    uint64_t size = segment->size;

    while (size > 0 && segment->bytes[size - 1] == 0) {
        size--;
    }
    return size;
}
