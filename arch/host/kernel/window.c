/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/kernel/window.h>

#include <string.h>
#include <sys/mman.h>

#include "core/vspace.h"

#define PAGE              4096ull
#define LARGE             0x200000ull
#define HUGE              0x40000000ull
#define ESR_DATA          0x92000000ull /* data abort from user mode, a four-byte instruction */
#define ESR_CODE          0x82000000ull
#define ESR_WNR           0x40ull
#define TRANSLATION_FAULT 0x04ull /* plus the level */
#define PERMISSION_FAULT  0x0cull
#define EXTERNAL_ABORT    0x10ull

#define PTE_USER      (1ull << 6)
#define PTE_READ_ONLY (1ull << 7)
#define PTE_UXN       (1ull << 54)

/* What an access of t's kind comes to: a page's memory, or a fault status. */
struct found {
    void *page; /* null: fault */
    uint64_t status;
    bool may_write;
};

static struct found fault(enum sk_host_access access, uint64_t kind)
{
    uint64_t base = access == SK_HOST_EXECUTE ? ESR_CODE : ESR_DATA;

    return (struct found){.status = base | kind | (access == SK_HOST_WRITE ? ESR_WNR : 0)};
}

/* A page that may be neither read nor written can be executed all the same. */
static bool is_allowed(uint64_t pte, enum sk_host_access access)
{
    switch (access) {
    case SK_HOST_EXECUTE:
        return (pte & PTE_UXN) == 0;
    case SK_HOST_WRITE:
        return (pte & (PTE_USER | PTE_READ_ONLY)) == PTE_USER;
    default:
        return (pte & PTE_USER) != 0;
    }
}

static struct found find(const struct kernel *k, struct page_table *root, uint64_t vaddr,
                         enum sk_host_access access)
{
    struct pt_walk w = {.level = 0};
    uint64_t pte, paddr;

    if (root == NULL || vaddr > seL4_UserTop) {
        return fault(access, TRANSLATION_FAULT);
    }
    w = sk_kvspace_walk(k, root, vaddr, SK_ARCH_PT_LEAF_LEVEL);
    pte = *w.entry;
    if (!sk_arch_pte_is_valid(pte)) {
        return fault(access, TRANSLATION_FAULT | w.level);
    }
    if (!is_allowed(pte, access)) {
        return fault(access, PERMISSION_FAULT | w.level);
    }
    paddr = sk_arch_pte_paddr(pte) | (vaddr & ((1ull << sk_arch_pt_shift(w.level)) - PAGE));
    if (paddr < k->ram_start || paddr >= k->ram_end) {
        return fault(access, EXTERNAL_ABORT); /* there are no devices */
    }
    return (struct found){.page = sk_arch_phys(&k->machine, paddr),
                          .may_write = (pte & PTE_READ_ONLY) == 0};
}

static bool reserve(uint64_t start, uint64_t bytes, int how)
{
    void *at = (void *)(uintptr_t)start;
    void *p =
        mmap(at, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | how, -1, 0);

    if (p != MAP_FAILED && p != at) {
        munmap(p, bytes); /* an old Linux that takes the address as a hint */
    }
    return p == at;
}

bool sk_host_window_open(struct kernel *k)
{
    if (!reserve(SK_HOST_WINDOW_START, SK_HOST_WINDOW_END - SK_HOST_WINDOW_START,
                 MAP_FIXED_NOREPLACE)) {
        return false;
    }
    k->machine.window_asid = k->machine.vspace_asid;
    return true;
}

void sk_host_window_close(struct kernel *k)
{
    if (k->machine.window_asid != 0) {
        munmap((void *)SK_HOST_WINDOW_START, SK_HOST_WINDOW_END - SK_HOST_WINDOW_START);
        k->machine.window_asid = 0;
    }
}

bool sk_host_window_fill(struct kernel *k, uint64_t vaddr, enum sk_host_access access,
                         uint64_t *ret_status)
{
    struct page_table *root = sk_kvspace_by_asid(k, k->machine.window_asid);
    struct found f = find(k, root, vaddr, access);
    void *at = (void *)(uintptr_t)(vaddr & ~(PAGE - 1));
    int rights = PROT_READ | (f.may_write ? PROT_WRITE : 0);
    off_t offset = (unsigned char *)f.page - k->machine.ram;

    *ret_status = f.status;
    if (f.page == NULL || access == SK_HOST_EXECUTE) {
        return false;
    }
    if (mmap(at, PAGE, rights, MAP_SHARED | MAP_FIXED, k->machine.ram_fd, offset) == at) {
        return true;
    }
    /* Linux has a limit of mappings: begin again with none. */
    sk_host_window_drop_asid(&k->machine, k->machine.window_asid);
    return mmap(at, PAGE, rights, MAP_SHARED | MAP_FIXED, k->machine.ram_fd, offset) == at;
}

void sk_host_window_drop_page(const struct sk_arch_machine *m, uint64_t asid, uint64_t vaddr)
{
    /* The size of the page is not told: drop as much as the address may be the start of. */
    uint64_t bytes = vaddr % HUGE == 0 ? HUGE : vaddr % LARGE == 0 ? LARGE : PAGE;
    uint64_t start = vaddr > SK_HOST_WINDOW_START ? vaddr : SK_HOST_WINDOW_START;
    uint64_t end = vaddr + bytes < SK_HOST_WINDOW_END ? vaddr + bytes : SK_HOST_WINDOW_END;

    if (m->window_asid != 0 && asid == m->window_asid && start < end) {
        (void)reserve(start, end - start, MAP_FIXED);
    }
}

void sk_host_window_drop_asid(const struct sk_arch_machine *m, uint64_t asid)
{
    if (m->window_asid != 0 && asid == m->window_asid) {
        (void)reserve(SK_HOST_WINDOW_START, SK_HOST_WINDOW_END - SK_HOST_WINDOW_START,
                      MAP_FIXED);
    }
}

static uint64_t count(struct kernel *k, const struct page_table *table, unsigned level)
{
    uint64_t n = 0;

    for (unsigned i = 0; i < SK_ARCH_PT_ENTRIES; i++) {
        uint64_t pte = table->entries[i];

        if (sk_arch_pte_is_table(pte, level)) {
            n += count(k, sk_arch_phys(&k->machine, sk_arch_pte_paddr(pte)), level + 1);
        } else if (sk_arch_pte_is_valid(pte)) {
            n++;
        }
    }
    return n;
}

uint64_t sk_host_window_mappings(struct kernel *k)
{
    struct page_table *root = sk_kvspace_by_asid(k, k->machine.window_asid);

    return root != NULL ? count(k, root, 0) : 0;
}

/* The running thread has the root that is loaded, which need not be that of its TCB. */
static struct page_table *root_of(struct kernel *k, const struct tcb *t)
{
    const struct sk_arch_machine *m = &k->machine;
    uint64_t asid;
    uint64_t root = t == k->current ? m->vspace_root : sk_kvspace_root(k, t, &asid);

    return root != m->empty_root ? sk_arch_phys(m, root) : NULL;
}

void *sk_host_reach(struct kernel *k, const struct tcb *t, uint64_t vaddr,
                    enum sk_host_access access, uint64_t *ret_status)
{
    struct found f = find(k, root_of(k, t), vaddr, access);

    *ret_status = f.status;
    return f.page != NULL ? (unsigned char *)f.page + vaddr % PAGE : NULL;
}

/* The bytes at vaddr, as t may reach them; at most to the end of the page. */
static unsigned char *reach(struct kernel *k, const struct tcb *t, uint64_t vaddr,
                            enum sk_host_access access, size_t *in_out_bytes)
{
    uint64_t status;

    if (*in_out_bytes > PAGE - vaddr % PAGE) {
        *in_out_bytes = PAGE - vaddr % PAGE;
    }
    return sk_host_reach(k, t, vaddr, access, &status);
}

bool sk_host_read(struct kernel *k, const struct tcb *t, uint64_t vaddr, void *to, size_t bytes)
{
    unsigned char *out = to;

    while (bytes != 0) {
        size_t part = bytes;
        const unsigned char *p = reach(k, t, vaddr, SK_HOST_READ, &part);

        if (p == NULL) {
            return false;
        }
        memcpy(out, p, part);
        out += part;
        vaddr += part;
        bytes -= part;
    }
    return true;
}

bool sk_host_write(struct kernel *k, const struct tcb *t, uint64_t vaddr, const void *from,
                   size_t bytes)
{
    const unsigned char *in = from;

    while (bytes != 0) {
        size_t part = bytes;
        unsigned char *p = reach(k, t, vaddr, SK_HOST_WRITE, &part);

        if (p == NULL) {
            return false;
        }
        memcpy(p, in, part);
        in += part;
        vaddr += part;
        bytes -= part;
    }
    return true;
}
