/* SPDX-License-Identifier: BSD-2-Clause */
#include "program.h"

#include <inttypes.h>
#include <string.h>

#define PAGE_SIZE 4096ull

/* As much as a small board's memory. */
#define PROGRAM_MAX (1ull << 30)

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

static bool refuse_size(const struct sk_program *program, const Elf64_Phdr *p,
                        struct sk_image_problem *problem)
{
    return sk_image_refuse(problem, "make its largest arrays smaller, or memory regions",
                           "%s: the segment at 0x%" PRIx64 " is larger than %llu GiB",
                           program->path, p->p_vaddr, PROGRAM_MAX >> 30);
}

/* Widen a PT_LOAD to pages, and unite it with the one before if they meet. */
static bool add_segment(struct sk_program *program, const Elf64_Phdr *p,
                        struct sk_image_problem *problem)
{
    uint64_t vaddr = page_down(p->p_vaddr);
    uint64_t end = page_up(p->p_vaddr + p->p_memsz);
    uint64_t kept = p->p_filesz == 0 ? 0 : page_up(p->p_vaddr + p->p_filesz);
    struct sk_segment *last =
        program->segment_count > 0 ? &program->segment[program->segment_count - 1] : NULL;

    if (end - vaddr > PROGRAM_MAX) {
        return refuse_size(program, p, problem);
    }
    if (last == NULL || vaddr >= segment_end(last)) {
        program->segment[program->segment_count++] = (struct sk_segment){
            .vaddr = vaddr,
            .size = end - vaddr,
            .kept = kept == 0 ? 0 : kept - vaddr,
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
    if (end - last->vaddr > PROGRAM_MAX) {
        return refuse_size(program, p, problem);
    }
    last->flags |= p->p_flags;
    last->size = end - last->vaddr;
    last->kept = kept == 0 ? last->kept : kept - last->vaddr;
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
        program->segment[i].bytes = arena_take(arena, program->segment[i].kept);
    }
    for (unsigned i = 0; i < elf->load_count; i++) {
        const Elf64_Phdr *p = &elf->load[i];
        sk_program_write(arena, program, p->p_vaddr, elf->file.data + p->p_offset, p->p_filesz);
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

bool sk_program_open_symbols(struct arena *arena, const struct sk_image_file *file,
                             uint16_t machine, struct sk_program *ret_program,
                             struct sk_image_problem *ret_problem)
{
    struct sk_program program = {.path = file->name};

    (void)arena;
    if (!sk_elf_open_symbols(file, "the program", machine, &program.elf, ret_problem)) {
        return false;
    }
    add_symbols(&program);
    *ret_program = program;
    return true;
}

/* Does symbol i have this name? */
static bool is_named(const struct sk_program *program, uint64_t i, const char *name,
                     Elf64_Sym *ret_symbol)
{
    memcpy(ret_symbol, program->symbols + i * sizeof(*ret_symbol), sizeof(*ret_symbol));
    return ret_symbol->st_shndx != SHN_UNDEF && ret_symbol->st_name < program->names_size &&
           strcmp(program->names + ret_symbol->st_name, name) == 0;
}

bool sk_program_symbol(const struct sk_program *program, const char *name,
                       struct sk_symbol *ret_symbol)
{
    bool is_found = false;

    for (uint64_t i = 0; i < program->symbol_count; i++) {
        Elf64_Sym symbol;
        if (!is_named(program, i, name, &symbol)) {
            continue;
        }
        bool is_local = ELF64_ST_BIND(symbol.st_info) == STB_LOCAL;
        if (!is_found || !is_local) {
            *ret_symbol = (struct sk_symbol){symbol.st_value, symbol.st_size};
            is_found = true;
        }
        if (!is_local) {
            break;
        }
    }
    return is_found;
}

/* The segment that size bytes at vaddr are of, or NULL. */
static const struct sk_segment *segment_of(const struct sk_program *program, uint64_t vaddr,
                                           uint64_t size)
{
    for (unsigned i = 0; i < program->segment_count; i++) {
        const struct sk_segment *s = &program->segment[i];
        if (vaddr >= s->vaddr && vaddr - s->vaddr <= s->size &&
            size <= s->size - (vaddr - s->vaddr)) {
            return s;
        }
    }
    return NULL;
}

bool sk_program_has(const struct sk_program *program, uint64_t vaddr, uint64_t size)
{
    return segment_of(program, vaddr, size) != NULL;
}

void sk_program_read(const struct sk_program *program, uint64_t vaddr, void *to, uint64_t size)
{
    const struct sk_segment *s = segment_of(program, vaddr, size);
    uint64_t offset = vaddr - s->vaddr;
    uint64_t there = offset < s->kept ? s->kept - offset : 0;

    memset(to, 0, size);
    if (there > 0) {
        memcpy(to, s->bytes + offset, there < size ? there : size);
    }
}

void sk_program_write(struct arena *arena, struct sk_program *program, uint64_t vaddr,
                      const void *from, uint64_t size)
{
    struct sk_segment *s = (struct sk_segment *)segment_of(program, vaddr, size);
    uint64_t end = vaddr - s->vaddr + size;

    if (end > s->kept) {
        uint8_t *more = arena_take(arena, page_up(end));
        if (s->kept > 0) {
            memcpy(more, s->bytes, s->kept);
        }
        s->bytes = more;
        s->kept = page_up(end);
    }
    if (size > 0) {
        memcpy(s->bytes + (vaddr - s->vaddr), from, size);
    }
}

uint64_t sk_segment_contents(const struct sk_segment *segment)
{
    uint64_t size = segment->kept;

    while (size > 0 && segment->bytes[size - 1] == 0) {
        size--;
    }
    return size;
}
