/*
 * The window: one VSpace of the kernel as memory of this process.
 *
 * Pages that the VSpace maps between SK_HOST_WINDOW_START and SK_HOST_WINDOW_END can be used
 * through ordinary pointers. The process's own mappings play the TLB: they are made when a page
 * is first touched, from the kernel's page tables, and dropped when the kernel drops them from
 * its TLB. Linux itself does not touch pages on our behalf: a Linux system call that is handed
 * a page nobody has touched yet fails with EFAULT.
 *
 * Below the window Linux allows no mappings, above it lies the shadow of AddressSanitizer.
 * Other addresses, and other VSpaces, are tables only: sk_host_read() and sk_host_write().
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SK_HOST_WINDOW_START 0x10000ull
#define SK_HOST_WINDOW_END   0x7fff0000ull

struct kernel;
struct tcb;
struct sk_arch_machine;

enum sk_host_access {
    SK_HOST_READ,
    SK_HOST_WRITE,
    SK_HOST_EXECUTE,
};

/*
 * Reserve the window for k and show the VSpace of its running thread in it. One kernel of a
 * process can have it. False if something else lies there, such as a program that is not
 * position-independent.
 */
bool sk_host_window_open(struct kernel *k);
void sk_host_window_close(struct kernel *k);

static inline bool sk_host_window_has(uint64_t vaddr)
{
    return vaddr >= SK_HOST_WINDOW_START && vaddr < SK_HOST_WINDOW_END;
}

/*
 * The page of vaddr, which is in the window, was touched and is not there. True if it is now;
 * else *ret_status is what AArch64's fault status register says.
 */
bool sk_host_window_fill(struct kernel *k, uint64_t vaddr, enum sk_host_access access,
                         uint64_t *ret_status);

/* The kernel dropped a mapping from its TLB. Called by the machine. */
void sk_host_window_drop_page(const struct sk_arch_machine *m, uint64_t asid, uint64_t vaddr);
void sk_host_window_drop_asid(const struct sk_arch_machine *m, uint64_t asid);

/* How many pages, of any size, the VSpace of the window maps. */
uint64_t sk_host_window_mappings(struct kernel *k);

/*
 * Where thread t finds vaddr, up to the end of its page. Null if it has no such right; then
 * *ret_status is what AArch64's fault status register says.
 */
void *sk_host_reach(struct kernel *k, const struct tcb *t, uint64_t vaddr,
                    enum sk_host_access access, uint64_t *ret_status);

/*
 * Copy bytes from and to the memory of thread t, as t would. False, with nothing copied beyond
 * that page, if t has no such right to some page.
 */
bool sk_host_read(struct kernel *k, const struct tcb *t, uint64_t vaddr, void *to,
                  size_t bytes);
bool sk_host_write(struct kernel *k, const struct tcb *t, uint64_t vaddr, const void *from,
                   size_t bytes);
