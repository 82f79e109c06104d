/* SPDX-License-Identifier: BSD-2-Clause */
#include "layout.h"

#include <inttypes.h>

#define COPY_ALIGN 64u

static uint64_t align_up(uint64_t a)
{
    return (a + COPY_ALIGN - 1) & ~(uint64_t)(COPY_ALIGN - 1);
}

/* Keep size bytes at `at`, to be copied; returns where the next may lie. */
static uint64_t add_copy(struct sk_layout *l, uint64_t at, const uint8_t *data, uint64_t to,
                         uint64_t size)
{
    struct sk_boot_plan *plan = &l->plan;

    l->copied[plan->copy_count] = data;
    plan->copy[plan->copy_count++] = (struct sk_boot_copy){.from = at, .to = to, .size = size};
    return align_up(at + size);
}

static uint64_t add_copies(struct sk_layout *l, const uint8_t *dtb, uint64_t at)
{
    const struct sk_elf *kernel = &l->kernel;
    uint64_t pv_offset = l->plan.kernel_paddr - l->plan.kernel_vaddr;

    for (unsigned i = 0; i < kernel->load_count; i++) {
        const Elf64_Phdr *p = &kernel->load[i];
        if (p->p_filesz != 0) {
            at = add_copy(l, at, kernel->file.data + p->p_offset, p->p_vaddr + pv_offset,
                          p->p_filesz);
        }
    }
    return l->plan.dtb_size == 0 ? at
                                 : add_copy(l, at, dtb, l->plan.dtb_paddr, l->plan.dtb_size);
}

/* The kernel wants its user behind it, and nothing may be copied to where the image lies. */
static bool check_kernel(const struct sk_layout *l, struct sk_image_problem *problem)
{
    const struct sk_boot_plan *plan = &l->plan;
    uint64_t kernel_end = plan->kernel_paddr + plan->kernel_size;
    uint64_t end = plan->dtb_size == 0 ? kernel_end : plan->dtb_paddr + plan->dtb_size;

    if (end <= l->start) {
        return true;
    }
    return sk_image_refuse(problem, "choose a board whose \"loader.base\" is behind the kernel",
                           "%s: the kernel%s at 0x%" PRIx64 "-0x%" PRIx64
                           " is not below the image, which is loaded at 0x%" PRIx64,
                           l->kernel.file.name,
                           plan->dtb_size == 0 ? "" : ", with its device tree,",
                           plan->kernel_paddr, end, l->start);
}

/* Behind the root task's last byte in the file is BSS: not in ours, unless pages follow. */
static bool place_end(struct sk_layout *l, const struct sk_image_file *pages,
                      struct sk_image_problem *problem)
{
    const struct sk_elf *elf = &l->root_task;
    struct sk_boot_plan *plan = &l->plan;

    l->pages_paddr = plan->user_paddr_end - pages->size;
    l->end = plan->user_paddr_end;
    if (pages->size != 0) {
        return true;
    }
    l->end = plan->user_paddr;
    for (unsigned i = 0; i < elf->load_count; i++) {
        const Elf64_Phdr *p = &elf->load[i];
        if (p->p_filesz != 0) {
            l->end = p->p_vaddr + p->p_filesz + plan->user_pv_offset;
        }
    }
    if (l->end == plan->user_paddr_end) {
        return true;
    }
    if (plan->zero_count == SK_BOOT_ZERO_MAX) {
        return sk_image_refuse(problem, "merge sections in the linker script",
                               "%s: more than %u gaps between segments", l->kernel.file.name,
                               SK_BOOT_ZERO_MAX - 1);
    }
    plan->zero[plan->zero_count++] =
        (struct sk_boot_zero){.paddr = l->end, .size = plan->user_paddr_end - l->end};
    return true;
}

bool sk_layout_make_file(const struct sk_image_parts *parts, struct sk_layout *ret_layout,
                         struct sk_image_problem *problem)
{
    struct sk_layout l;
    uint64_t loader_size = 0;

    if (parts->pages.size % 4096 != 0) {
        return sk_image_refuse(problem, "fill the last page with zeros",
                               "%s: 0x%zx bytes are not whole pages", parts->pages.name,
                               parts->pages.size);
    }
    if (!sk_layout_read(parts, &l, problem) ||
        !sk_layout_check_loader(&l, &loader_size, problem)) {
        return false;
    }
    uint64_t linked = sk_elf_start(&l.loader);
    l.start = sk_page_down(parts->loader_paddr != 0 ? parts->loader_paddr : linked);
    l.loader_shift = l.start - linked;
    if (!sk_layout_in_memory(&l, l.loader.file.name, l.start, loader_size, problem)) {
        return false;
    }
    uint64_t user = sk_page_up(add_copies(&l, parts->dtb.data, l.start + loader_size));
    if (!sk_layout_place_user(&l, user, parts->pages.size, parts->root_cnode_bits, problem) ||
        !check_kernel(&l, problem) || !place_end(&l, &parts->pages, problem)) {
        return false;
    }
    *ret_layout = l;
    return true;
}
