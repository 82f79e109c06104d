/* SPDX-License-Identifier: BSD-2-Clause */
#include "image.h"

#include <stdlib.h>
#include <string.h>

#include "layout.h"

#define PAGE_SIZE 4096u

/* Everything that is loaded, plus the device tree and the kept headers. */
enum { PIECE_MAX = 3 * SK_ELF_LOAD_MAX + 2 };

/* One segment of the result. */
struct piece {
    uint64_t paddr;
    const uint8_t *data;
    uint64_t file_size;   /* bytes */
    uint64_t memory_size; /* bytes */
    uint32_t flags;       /* PF_* */
    uint64_t offset;      /* in the result */
};

struct pieces {
    struct piece piece[PIECE_MAX];
    unsigned count;
};

/* shift is added to the segments' virtual addresses. */
static void add_elf(struct pieces *pieces, const struct sk_elf *elf, uint64_t shift,
                    bool with_bss)
{
    for (unsigned i = 0; i < elf->load_count; i++) {
        const Elf64_Phdr *p = &elf->load[i];
        if (p->p_filesz == 0 && !with_bss) {
            continue;
        }
        pieces->piece[pieces->count++] = (struct piece){
            .paddr = p->p_vaddr + shift,
            .data = elf->file.data + p->p_offset,
            .file_size = p->p_filesz,
            .memory_size = with_bss ? p->p_memsz : p->p_filesz,
            .flags = p->p_flags,
        };
    }
}

static void add_bytes(struct pieces *pieces, uint64_t paddr, const uint8_t *data, uint64_t size)
{
    pieces->piece[pieces->count++] = (struct piece){
        .paddr = paddr,
        .data = data,
        .file_size = size,
        .memory_size = size,
        .flags = PF_R,
    };
}

/* The page that seL4's loaders leave behind the root task: counts, then the headers. */
static void keep_headers(const struct sk_elf *elf, uint8_t page[PAGE_SIZE])
{
    uint32_t counts[2] = {elf->header.e_phnum, sizeof(Elf64_Phdr)};

    memcpy(page, counts, sizeof(counts));
    memcpy(page + sizeof(counts), elf->file.data + elf->header.e_phoff,
           (size_t)elf->header.e_phnum * sizeof(Elf64_Phdr));
}

/* Give every piece an offset that is its address modulo the page size; returns the end. */
static uint64_t assign_offsets(struct pieces *pieces)
{
    uint64_t at = sizeof(Elf64_Ehdr) + pieces->count * sizeof(Elf64_Phdr);

    for (unsigned i = 0; i < pieces->count; i++) {
        struct piece *p = &pieces->piece[i];
        at += (p->paddr - at) % PAGE_SIZE;
        p->offset = at;
        at += p->file_size;
    }
    return at;
}

static void write_elf(const struct pieces *pieces, uint16_t machine, uint64_t entry,
                      uint8_t *out)
{
    Elf64_Ehdr header = {
        .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
        .e_type = ET_EXEC,
        .e_machine = machine,
        .e_version = EV_CURRENT,
        .e_entry = entry,
        .e_phoff = sizeof(Elf64_Ehdr),
        .e_ehsize = sizeof(Elf64_Ehdr),
        .e_phentsize = sizeof(Elf64_Phdr),
        .e_phnum = (uint16_t)pieces->count,
        .e_shentsize = sizeof(Elf64_Shdr),
    };

    memcpy(out, &header, sizeof(header));
    for (unsigned i = 0; i < pieces->count; i++) {
        const struct piece *p = &pieces->piece[i];
        Elf64_Phdr segment = {
            .p_type = PT_LOAD,
            .p_flags = p->flags,
            .p_offset = p->offset,
            .p_vaddr = p->paddr,
            .p_paddr = p->paddr,
            .p_filesz = p->file_size,
            .p_memsz = p->memory_size,
            .p_align = PAGE_SIZE,
        };
        memcpy(out + sizeof(header) + i * sizeof(segment), &segment, sizeof(segment));
        memcpy(out + p->offset, p->data, p->file_size);
    }
}

bool sk_image_pack(const struct sk_image_parts *parts, struct sk_image *ret_image,
                   struct sk_image_problem *ret_problem)
{
    struct sk_layout l;
    struct pieces pieces = {0};
    uint8_t headers[PAGE_SIZE] = {0};

    if (!sk_layout_make(parts, &l, ret_problem)) {
        return false;
    }
    keep_headers(&l.root_task, headers);
    add_elf(&pieces, &l.loader, l.loader_shift, true);
    add_elf(&pieces, &l.kernel, l.plan.kernel_paddr - l.plan.kernel_vaddr, false);
    add_bytes(&pieces, l.plan.dtb_paddr, parts->dtb.data, l.plan.dtb_size);
    add_elf(&pieces, &l.root_task, l.plan.user_pv_offset, false);
    add_bytes(&pieces, l.headers_paddr, headers, sizeof(headers));

    uint64_t size = assign_offsets(&pieces);
    uint8_t *data = calloc(1, size);
    if (data == NULL) {
        return sk_image_refuse(ret_problem, "free some memory on this machine",
                               "%s: no memory for an image of %zu bytes", parts->root_task.name,
                               (size_t)size);
    }
    write_elf(&pieces, l.loader.header.e_machine, l.loader.header.e_entry + l.loader_shift,
              data);
    /* The loader's first segment is the first here, too. */
    memcpy(data + pieces.piece[0].offset + SK_BOOT_PLAN_OFFSET, &l.plan, sizeof(l.plan));
    *ret_image = (struct sk_image){
        .data = data,
        .size = size,
        .wants_hypervisor = l.plan.level == SK_BOOT_LEVEL_HYPERVISOR,
    };
    return true;
}

void sk_image_drop(struct sk_image *image)
{
    free(image->data);
    *image = (struct sk_image){0};
}
