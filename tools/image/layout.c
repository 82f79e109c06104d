/* SPDX-License-Identifier: BSD-2-Clause */
#include "layout.h"

#include <inttypes.h>

#define PAGE_SIZE      4096ull
#define BLOCK_SIZE     (2ull << 20) /* what the boot tables map the kernel with */
#define TABLE_SIZE     (1ull << 30) /* one table of such blocks */
#define IDENTITY_TOP   (1ull << 39) /* one table of the boot tables' identity map */
#define USER_TOP_EL1   (1ull << 47)
#define USER_TOP_EL2   (1ull << 40)
#define USER_TAIL      (64 * PAGE_SIZE) /* IPC buffer, boot info and device tree follow */
#define OTHER_SLOTS    100ull           /* objects of the kernel, tables, untyped memory */
#define HEADERS_PREFIX 8u               /* two words before the kept headers */

/* The memory range that holds a, or NULL. */
static const struct sk_dtb_memory *memory_of(const struct sk_dtb *dtb, uint64_t a)
{
    for (unsigned i = 0; i < dtb->memory_count; i++) {
        const struct sk_dtb_memory *m = &dtb->memory[i];
        if (a >= m->start && a - m->start < m->size) {
            return m;
        }
    }
    return NULL;
}

static bool add_zero(struct sk_layout *l, const struct sk_elf *elf, uint64_t paddr,
                     uint64_t size, struct sk_image_problem *problem)
{
    if (size == 0) {
        return true;
    }
    if (l->plan.zero_count == SK_BOOT_ZERO_MAX) {
        return sk_image_refuse(problem, "merge sections in the linker script",
                               "%s: more than %u gaps between segments", elf->file.name,
                               SK_BOOT_ZERO_MAX);
    }
    l->plan.zero[l->plan.zero_count++] = (struct sk_boot_zero){paddr, size};
    return true;
}

/* What of [vaddr, end) no segment brings from its file: BSS, and gaps between segments. */
static bool zero_gaps(struct sk_layout *l, const struct sk_elf *elf, uint64_t vaddr,
                      uint64_t end, uint64_t pv_offset, struct sk_image_problem *problem)
{
    for (unsigned i = 0; i < elf->load_count; i++) {
        const Elf64_Phdr *p = &elf->load[i];
        if (p->p_filesz == 0) {
            continue;
        }
        if (!add_zero(l, elf, vaddr + pv_offset, p->p_vaddr - vaddr, problem)) {
            return false;
        }
        vaddr = p->p_vaddr + p->p_filesz;
    }
    return add_zero(l, elf, vaddr + pv_offset, end - vaddr, problem);
}

static bool place_kernel(struct sk_layout *l, struct sk_image_problem *problem)
{
    const struct sk_elf *elf = &l->kernel;
    struct sk_boot_plan *plan = &l->plan;
    uint64_t pv_offset = elf->load[0].p_paddr - elf->load[0].p_vaddr;
    uint64_t start = sk_elf_start(elf), end = sk_elf_end(elf);

    for (unsigned i = 1; i < elf->load_count; i++) {
        if (elf->load[i].p_paddr - elf->load[i].p_vaddr != pv_offset) {
            return sk_image_refuse(problem, "correct the kernel's linker script",
                                   "%s: the kernel's segments are not at one distance "
                                   "between virtual and physical addresses",
                                   elf->file.name);
        }
    }
    if (pv_offset % BLOCK_SIZE != 0) {
        return sk_image_refuse(problem, "link and load it at multiples of 2 MiB",
                               "%s: the kernel's virtual address 0x%" PRIx64
                               " and physical address 0x%" PRIx64
                               " do not differ by a multiple of 2 MiB",
                               elf->file.name, start, start + pv_offset);
    }
    if (start / TABLE_SIZE != (end - 1) / TABLE_SIZE || start < IDENTITY_TOP) {
        return sk_image_refuse(problem, "correct the kernel's linker script",
                               "%s: the boot tables cannot map a kernel at 0x%" PRIx64
                               " of 0x%" PRIx64 " bytes",
                               elf->file.name, start, end - start);
    }
    plan->level = start >> 63 != 0 ? SK_BOOT_LEVEL_KERNEL : SK_BOOT_LEVEL_HYPERVISOR;
    plan->kernel_vaddr = start;
    plan->kernel_paddr = start + pv_offset;
    plan->kernel_size = end - start;
    plan->kernel_entry = elf->header.e_entry;
    return zero_gaps(l, elf, start, end, pv_offset, problem);
}

/* The memory that the kernel is in. */
bool sk_layout_in_memory(const struct sk_layout *l, const char *name, uint64_t start,
                         uint64_t size, struct sk_image_problem *problem)
{
    uint64_t ram = l->plan.ram_paddr, ram_size = l->plan.ram_size;

    if (start >= ram && start - ram <= ram_size && size <= ram_size - (start - ram)) {
        return true;
    }
    return sk_image_refuse(problem, "make it smaller, or choose a board with more memory",
                           "%s: 0x%" PRIx64 " bytes at 0x%" PRIx64
                           " do not fit the memory 0x%" PRIx64 "-0x%" PRIx64,
                           name, size, start, ram, ram + ram_size);
}

static bool find_memory(struct sk_layout *l, struct sk_image_problem *problem)
{
    struct sk_boot_plan *plan = &l->plan;
    const struct sk_dtb_memory *m = memory_of(&l->dtb, plan->kernel_paddr);

    if (m == NULL) {
        return sk_image_refuse(problem, "choose the kernel and device tree of one board",
                               "%s: the kernel is at physical address 0x%" PRIx64
                               ", where the device tree has no memory",
                               l->kernel.file.name, plan->kernel_paddr);
    }
    if (m->start >= IDENTITY_TOP || m->size > IDENTITY_TOP - m->start) {
        return sk_image_refuse(problem, "choose another board",
                               "%s: memory 0x%" PRIx64 "-0x%" PRIx64
                               " is above what the boot tables can map",
                               l->kernel.file.name, m->start, m->start + m->size);
    }
    plan->ram_paddr = m->start;
    plan->ram_size = m->size;
    plan->uart_paddr = l->dtb.pl011_paddr < IDENTITY_TOP ? l->dtb.pl011_paddr : 0;
    return sk_layout_in_memory(l, l->kernel.file.name, plan->kernel_paddr, plan->kernel_size,
                               problem);
}

/*
 * The kernel puts a capability to each page of the image into the root CNode; one that has
 * too few slots does not boot, and without a debug console says nothing.
 */
static bool check_slots(const struct sk_elf *elf, uint64_t pages, uint32_t root_cnode_bits,
                        struct sk_image_problem *problem)
{
    if (root_cnode_bits == 0 || root_cnode_bits >= 64 ||
        pages + OTHER_SLOTS <= 1ull << root_cnode_bits) {
        return true;
    }
    return sk_image_refuse(problem,
                           "make it smaller, or choose a kernel with a larger "
                           "ROOT_CNODE_SIZE_BITS",
                           "%s: the root task's image has %" PRIu64
                           " pages, and the kernel's root CNode %" PRIu64
                           " slots for them and about %llu others",
                           elf->file.name, pages, (uint64_t)1 << root_cnode_bits, OTHER_SLOTS);
}

/* The loader is known by its empty plan, behind its header. */
static bool is_loader(const struct sk_elf *elf)
{
    struct sk_elf_bytes plan = sk_elf_section(elf, ".plan");
    const Elf64_Phdr *first = &elf->load[0];

    return plan.size == sizeof(struct sk_boot_plan) &&
           plan.data == elf->file.data + first->p_offset + SK_BOOT_PLAN_OFFSET &&
           first->p_filesz >= SK_BOOT_PLAN_OFFSET + plan.size;
}

bool sk_layout_place_user(struct sk_layout *l, uint64_t paddr, uint64_t size,
                          uint32_t root_cnode_bits, struct sk_image_problem *problem)
{
    const struct sk_elf *elf = &l->root_task;
    struct sk_boot_plan *plan = &l->plan;
    uint64_t start = sk_page_down(sk_elf_start(elf)), end = sk_page_up(sk_elf_end(elf)) + size;
    uint64_t top = plan->level == SK_BOOT_LEVEL_KERNEL ? USER_TOP_EL1 : USER_TOP_EL2;

    if (is_loader(elf)) {
        return sk_image_refuse(problem, "selkie run PROGRAM: the loader is packed with it",
                               "%s: this is Selkie's loader, not a program", elf->file.name);
    }
    if (end > top - USER_TAIL) {
        return sk_image_refuse(problem, "link it lower: -Wl,-Ttext-segment=0x400000",
                               "%s: the root task's image 0x%" PRIx64 "-0x%" PRIx64
                               " reaches beyond user addresses",
                               elf->file.name, start, end);
    }
    plan->user_paddr = paddr;
    plan->user_paddr_end = paddr + (end - start);
    plan->user_pv_offset = paddr - start;
    plan->user_entry = elf->header.e_entry;
    return check_slots(elf, (end - start) / PAGE_SIZE, root_cnode_bits, problem) &&
           sk_layout_in_memory(l, elf->file.name, paddr, end - start, problem);
}

/* The page of kept headers, and what is zero in the root task. */
static bool place_headers(struct sk_layout *l, struct sk_image_problem *problem)
{
    const struct sk_elf *elf = &l->root_task;
    uint64_t size = HEADERS_PREFIX + (uint64_t)elf->header.e_phnum * sizeof(Elf64_Phdr);

    if (size > PAGE_SIZE) {
        return sk_image_refuse(problem, "merge sections in the linker script",
                               "%s: %u program headers do not fit one page", elf->file.name,
                               elf->header.e_phnum);
    }
    l->headers_paddr = l->plan.user_paddr_end;
    return sk_layout_in_memory(l, elf->file.name, l->plan.user_paddr,
                               l->headers_paddr + PAGE_SIZE - l->plan.user_paddr, problem) &&
           zero_gaps(l, elf, sk_page_down(sk_elf_start(elf)), sk_page_up(sk_elf_end(elf)),
                     l->plan.user_pv_offset, problem);
}

bool sk_layout_check_loader(const struct sk_layout *l, uint64_t *ret_size,
                            struct sk_image_problem *problem)
{
    const struct sk_elf *elf = &l->loader;

    if (sk_elf_start(elf) % PAGE_SIZE != 0 || !is_loader(elf)) {
        return sk_image_refuse(problem, "use the loader.elf of this SDK",
                               "%s: not Selkie's loader, or one of another version",
                               elf->file.name);
    }
    *ret_size = sk_page_up(sk_elf_end(elf) - sk_elf_start(elf));
    return true;
}

/* At the wanted address if that is free, else behind everything. */
static bool place_loader(struct sk_layout *l, uint64_t wanted, struct sk_image_problem *problem)
{
    uint64_t linked = sk_elf_start(&l->loader), size = 0;
    uint64_t paddr = sk_page_down(wanted != 0 ? wanted : linked);
    uint64_t taken = l->plan.kernel_paddr, taken_end = l->headers_paddr + PAGE_SIZE;

    if (!sk_layout_check_loader(l, &size, problem)) {
        return false;
    }
    if (paddr < taken_end && (paddr > taken || size > taken - paddr)) {
        paddr = (taken_end + BLOCK_SIZE - 1) & ~(BLOCK_SIZE - 1);
    }
    l->loader_shift = paddr - linked;
    return sk_layout_in_memory(l, l->loader.file.name, paddr, size, problem);
}

bool sk_layout_read(const struct sk_image_parts *parts, struct sk_layout *ret_layout,
                    struct sk_image_problem *problem)
{
    struct sk_layout l = {.plan = {.magic = SK_BOOT_PLAN_MAGIC,
                                   .version = SK_BOOT_PLAN_VERSION,
                                   .pa_bits = parts->pa_bits}};

    if (!sk_elf_open(&parts->loader, "the loader", EM_NONE, &l.loader, problem)) {
        return false;
    }
    uint16_t machine = l.loader.header.e_machine;
    if (!sk_elf_open(&parts->kernel, "the kernel", machine, &l.kernel, problem) ||
        !sk_elf_open(&parts->root_task, "the root task", machine, &l.root_task, problem) ||
        !sk_dtb_open(&parts->dtb, &l.dtb, problem) || !place_kernel(&l, problem) ||
        !find_memory(&l, problem)) {
        return false;
    }
    if (!parts->hides_dtb) {
        l.plan.dtb_paddr = sk_page_up(l.plan.kernel_paddr + l.plan.kernel_size);
        l.plan.dtb_size = l.dtb.size;
    }
    *ret_layout = l;
    return true;
}

bool sk_layout_make(const struct sk_image_parts *parts, struct sk_layout *ret_layout,
                    struct sk_image_problem *problem)
{
    struct sk_layout l;

    if (!sk_layout_read(parts, &l, problem) ||
        !sk_layout_in_memory(&l, parts->dtb.name, l.plan.dtb_paddr, l.dtb.size, problem) ||
        !sk_layout_place_user(&l, sk_page_up(l.plan.dtb_paddr + l.dtb.size), 0,
                              parts->root_cnode_bits, problem) ||
        !place_headers(&l, problem) || !place_loader(&l, parts->loader_paddr, problem)) {
        return false;
    }
    *ret_layout = l;
    return true;
}
