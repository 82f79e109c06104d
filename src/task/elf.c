/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/elf.h>

#include "elf_file.h"

/* Is [start, start + size) inside [0, limit)? */
static bool is_inside(uint64_t start, uint64_t size, uint64_t limit)
{
    return start <= limit && size <= limit - start;
}

static bool is_power_of_two(uint64_t n)
{
    return n != 0 && (n & (n - 1)) == 0;
}

static enum sk_elf_problem check_identity(const uint8_t *ident)
{
    if (__builtin_memcmp(ident, "\177ELF", 4) != 0) {
        return SK_ELF_MAGIC;
    }
    if (ident[IDENT_CLASS] != CLASS_64) {
        return SK_ELF_CLASS;
    }
    if (ident[IDENT_DATA] != DATA_LITTLE) {
        return SK_ELF_ENCODING;
    }
    return ident[IDENT_VERSION] == VERSION_CURRENT ? SK_ELF_GOOD : SK_ELF_VERSION;
}

static enum sk_elf_problem check_header(const struct elf_header *h, size_t size,
                                        const struct sk_elf_machine *machine)
{
    enum sk_elf_problem problem = check_identity(h->ident);

    if (problem != SK_ELF_GOOD) {
        return problem;
    }
    if (h->version != VERSION_CURRENT) {
        return SK_ELF_VERSION;
    }
    if (h->type != TYPE_EXECUTABLE) {
        return SK_ELF_TYPE;
    }
    if (h->machine != machine->number) {
        return SK_ELF_MACHINE;
    }
    if (h->header_size != sizeof(struct elf_header)) {
        return SK_ELF_HEADER_SIZE;
    }
    if (h->program_header_size != sizeof(struct elf_program_header)) {
        return SK_ELF_ENTRY_SIZE;
    }
    return is_inside(h->program_headers,
                     h->program_header_count * sizeof(struct elf_program_header), size)
               ? SK_ELF_GOOD
               : SK_ELF_TABLE;
}

static enum sk_elf_problem check_segment(const struct elf_program_header *p, size_t size,
                                         const struct sk_elf_machine *machine)
{
    uint64_t page_size = (uint64_t)1 << machine->page_bits;

    if (p->file_size > p->memory_size) {
        return SK_ELF_SEGMENT_SIZE;
    }
    if (!is_inside(p->offset, p->file_size, size)) {
        return SK_ELF_SEGMENT_FILE;
    }
    if (p->align > 1 &&
        (!is_power_of_two(p->align) || ((p->vaddr ^ p->offset) & (p->align - 1)) != 0)) {
        return SK_ELF_SEGMENT_ALIGN;
    }
    /* Whole pages are mapped, and page 0 never is: a null pointer faults. */
    if (p->vaddr < page_size || !is_inside(p->vaddr, p->memory_size, machine->user_end)) {
        return SK_ELF_SEGMENT_RANGE;
    }
    if ((p->flags & SK_ELF_READ) == 0 ||
        (p->flags & ~(uint32_t)(SK_ELF_READ | SK_ELF_WRITE | SK_ELF_EXECUTE)) != 0) {
        return SK_ELF_SEGMENT_RIGHTS;
    }
    return (p->flags & SK_ELF_WRITE) != 0 && (p->flags & SK_ELF_EXECUTE) != 0
               ? SK_ELF_WRITE_EXECUTE
               : SK_ELF_GOOD;
}

/* Put a segment in its place in the order of addresses. */
static enum sk_elf_problem add_segment(struct sk_elf_program *elf,
                                       const struct elf_program_header *p)
{
    unsigned at = elf->segment_count;

    if (at == SK_ELF_SEGMENTS) {
        return SK_ELF_SEGMENT_COUNT;
    }
    while (at > 0 && elf->segment[at - 1].vaddr > p->vaddr) {
        elf->segment[at] = elf->segment[at - 1];
        at--;
    }
    elf->segment[at] = (struct sk_elf_segment){
        .vaddr = p->vaddr,
        .size = p->memory_size,
        .offset = p->offset,
        .file_size = p->file_size,
        .rights = p->flags,
    };
    elf->segment_count++;
    return SK_ELF_GOOD;
}

/* Neighbours share no address, and no page. */
static enum sk_elf_problem check_neighbours(const struct sk_elf_program *elf,
                                            const struct sk_elf_machine *machine)
{
    if (elf->segment_count == 0) {
        return SK_ELF_NO_SEGMENT;
    }
    for (unsigned i = 1; i < elf->segment_count; i++) {
        uint64_t last = elf->segment[i - 1].vaddr + elf->segment[i - 1].size - 1;
        uint64_t next = elf->segment[i].vaddr;

        if (next <= last) {
            return SK_ELF_OVERLAP;
        }
        if (next >> machine->page_bits == last >> machine->page_bits) {
            return SK_ELF_SHARED_PAGE;
        }
    }
    return SK_ELF_GOOD;
}

/* Are these addresses filled from the file by a segment with all these rights? */
static bool is_loaded(const struct sk_elf_program *elf, uint64_t vaddr, uint64_t size,
                      unsigned rights)
{
    for (unsigned i = 0; i < elf->segment_count; i++) {
        const struct sk_elf_segment *s = &elf->segment[i];

        if ((s->rights & rights) == rights && vaddr >= s->vaddr &&
            is_inside(vaddr - s->vaddr, size, s->file_size)) {
            return true;
        }
    }
    return false;
}

static enum sk_elf_problem check_entry(const struct sk_elf_program *elf,
                                       const struct sk_elf_machine *machine)
{
    if (!is_loaded(elf, elf->entry, machine->code_align, SK_ELF_EXECUTE)) {
        return SK_ELF_ENTRY;
    }
    return elf->entry % machine->code_align == 0 ? SK_ELF_GOOD : SK_ELF_ENTRY_ALIGN;
}

/* The template of thread-local variables; a page of zeros is one of no type. */
static enum sk_elf_problem check_tls(struct sk_elf_program *elf,
                                     const struct elf_program_header *tls,
                                     const struct sk_elf_machine *machine)
{
    if (tls->type != SEGMENT_TLS) {
        return SK_ELF_GOOD;
    }
    if (tls->file_size > tls->memory_size || tls->memory_size > machine->user_end) {
        return SK_ELF_TLS_SIZE;
    }
    if (tls->align > 1 &&
        (!is_power_of_two(tls->align) || tls->align > (uint64_t)1 << machine->page_bits)) {
        return SK_ELF_TLS_ALIGN;
    }
    if (tls->file_size != 0 && !is_loaded(elf, tls->vaddr, tls->file_size, SK_ELF_READ)) {
        return SK_ELF_TLS_PLACE;
    }
    elf->tls_size = tls->memory_size == 0 ? 0 : tls->memory_size + tls->align;
    return SK_ELF_GOOD;
}

/* What one program header asks for; a template is kept for later in tls. */
static enum sk_elf_problem read_segment(struct sk_elf_program *elf,
                                        const struct elf_program_header *p, size_t size,
                                        const struct sk_elf_machine *machine,
                                        struct elf_program_header *tls)
{
    enum sk_elf_problem problem;

    switch (p->type) {
    case SEGMENT_INTERPRETER:
    case SEGMENT_DYNAMIC:
        return SK_ELF_DYNAMIC;
    case SEGMENT_STACK:
        return (p->flags & SK_ELF_EXECUTE) != 0 ? SK_ELF_STACK : SK_ELF_GOOD;
    case SEGMENT_TLS:
        if (tls->type == SEGMENT_TLS) {
            return SK_ELF_TLS_COUNT;
        }
        *tls = *p;
        return SK_ELF_GOOD;
    case SEGMENT_LOAD:
        if (p->memory_size == 0 && p->file_size == 0) {
            return SK_ELF_GOOD;
        }
        problem = check_segment(p, size, machine);
        return problem != SK_ELF_GOOD ? problem : add_segment(elf, p);
    default:
        return SK_ELF_GOOD;
    }
}

enum sk_elf_problem sk_elf_check(const void *file, size_t size,
                                 const struct sk_elf_machine *machine,
                                 struct sk_elf_program *ret_elf)
{
    struct elf_header h;
    struct elf_program_header tls = {0};
    struct sk_elf_program elf = {0};
    enum sk_elf_problem problem;

    if (size < sizeof(h)) {
        return SK_ELF_NO_HEADER;
    }
    __builtin_memcpy(&h, file, sizeof(h));
    problem = check_header(&h, size, machine);
    for (unsigned i = 0; problem == SK_ELF_GOOD && i < h.program_header_count; i++) {
        struct elf_program_header p;

        __builtin_memcpy(&p, (const char *)file + h.program_headers + i * sizeof(p), sizeof(p));
        problem = read_segment(&elf, &p, size, machine, &tls);
    }
    elf.entry = h.entry;
    if (problem == SK_ELF_GOOD) {
        problem = check_neighbours(&elf, machine);
    }
    if (problem == SK_ELF_GOOD) {
        problem = check_entry(&elf, machine);
    }
    if (problem == SK_ELF_GOOD) {
        problem = check_tls(&elf, &tls, machine);
    }
    if (problem == SK_ELF_GOOD) {
        *ret_elf = elf;
    }
    return problem;
}
