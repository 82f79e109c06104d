/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "layout.h"
#include "packed.h"

enum { HEADER_SIZE = 4096 }; /* of an ELF file, so that its segment begins on a page */

static const char arm64_magic[] = {'A', 'R', 'M', '\x64'};

static bool has_arm64_header(const uint8_t *data, uint64_t size)
{
    struct arm64_header header;

    if (size < sizeof(header)) {
        return false;
    }
    memcpy(&header, data, sizeof(header));
    return memcmp(header.magic, arm64_magic, sizeof(arm64_magic)) == 0;
}

static void put_elf(const struct sk_elf *elf, uint64_t shift, const struct sk_layout *l,
                    uint8_t *out)
{
    for (unsigned i = 0; i < elf->load_count; i++) {
        const Elf64_Phdr *p = &elf->load[i];
        memcpy(out + (p->p_vaddr + shift - l->start), elf->file.data + p->p_offset,
               p->p_filesz);
    }
}

/* The image, as it lies in memory. */
static bool put_image(const struct sk_image_parts *parts, const struct sk_layout *l,
                      enum sk_image_type type, uint8_t *out, struct sk_image_problem *problem)
{
    const struct sk_boot_plan *plan = &l->plan;
    struct arm64_header header;

    put_elf(&l->loader, l->loader_shift, l, out);
    if (!has_arm64_header(out, l->end - l->start)) {
        return sk_image_refuse(problem, "use the loader.elf of this SDK",
                               "%s: this loader does not begin with a header for firmware",
                               l->loader.file.name);
    }
    memcpy(&header, out, sizeof(header));
    if (type == SK_IMAGE_BINARY) {
        header.text_offset = l->start - plan->ram_paddr;
        header.image_size = plan->user_paddr_end - l->start;
    }
    memcpy(out, &header, sizeof(header));
    memcpy(out + SK_BOOT_PLAN_OFFSET, plan, sizeof(*plan));
    for (uint64_t i = 0; i < plan->copy_count; i++) {
        memcpy(out + (plan->copy[i].from - l->start), l->copied[i], plan->copy[i].size);
    }
    put_elf(&l->root_task, plan->user_pv_offset, l, out);
    if (parts->pages.size != 0) {
        memcpy(out + (l->pages_paddr - l->start), parts->pages.data, parts->pages.size);
    }
    return true;
}

static void put_elf_header(const struct sk_layout *l, uint8_t *out)
{
    Elf64_Ehdr header = {
        .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
        .e_type = ET_EXEC,
        .e_machine = l->loader.header.e_machine,
        .e_version = EV_CURRENT,
        .e_entry = l->loader.header.e_entry + l->loader_shift,
        .e_phoff = sizeof(Elf64_Ehdr),
        .e_ehsize = sizeof(Elf64_Ehdr),
        .e_phentsize = sizeof(Elf64_Phdr),
        .e_phnum = 1,
        .e_shentsize = sizeof(Elf64_Shdr),
    };
    Elf64_Phdr segment = {
        .p_type = PT_LOAD,
        .p_flags = PF_R | PF_W | PF_X,
        .p_offset = HEADER_SIZE,
        .p_vaddr = l->start,
        .p_paddr = l->start,
        .p_filesz = l->end - l->start,
        .p_memsz = l->plan.user_paddr_end - l->start,
        .p_align = HEADER_SIZE,
    };

    memcpy(out, &header, sizeof(header));
    memcpy(out + sizeof(header), &segment, sizeof(segment));
}

bool sk_image_pack_file(const struct sk_image_parts *parts, enum sk_image_type type,
                        struct sk_image *ret_image, struct sk_image_problem *ret_problem)
{
    struct sk_layout l;

    if (!sk_layout_make_file(parts, &l, ret_problem)) {
        return false;
    }
    size_t before = type == SK_IMAGE_ELF ? HEADER_SIZE : 0;
    size_t size = before + (l.end - l.start);
    uint8_t *data = calloc(1, size);
    if (data == NULL) {
        return sk_image_refuse(ret_problem, "free some memory on this machine",
                               "%s: no memory for an image of %zu bytes", parts->root_task.name,
                               size);
    }
    if (!put_image(parts, &l, type, data + before, ret_problem)) {
        free(data);
        return false;
    }
    if (type == SK_IMAGE_ELF) {
        put_elf_header(&l, data);
    }
    *ret_image = (struct sk_image){
        .data = data,
        .size = size,
        .wants_hypervisor = l.plan.level == SK_BOOT_LEVEL_HYPERVISOR,
    };
    return true;
}

bool sk_image_place_file(const struct sk_image_parts *parts, struct sk_image_places *ret_places,
                         struct sk_image_problem *ret_problem)
{
    struct sk_layout l;
    const struct sk_boot_plan *plan = &l.plan;

    if (!sk_layout_make_file(parts, &l, ret_problem)) {
        return false;
    }
    *ret_places = (struct sk_image_places){
        .ram_start = plan->ram_paddr,
        .ram_end = plan->ram_paddr + plan->ram_size,
        .kernel_start = plan->kernel_paddr,
        .kernel_end = plan->kernel_paddr + plan->kernel_size,
        .dtb_start = plan->dtb_paddr,
        .dtb_end = plan->dtb_paddr + plan->dtb_size,
        .loader_start = l.start,
        .user_start = plan->user_paddr,
        .user_end = plan->user_paddr_end,
        .pages_start = l.pages_paddr,
        .user_vaddr = plan->user_paddr - plan->user_pv_offset,
        .kernel_level = plan->level,
    };
    return true;
}
