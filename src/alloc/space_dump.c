/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/format.h>

#include "space.h"

#define LINE 96

static void print_area(const struct area *a, void (*print)(void *arg, const char *line),
                       void *arg)
{
    char line[LINE];

    (void)sk_format(line, sizeof(line), "0x%lx..0x%lx %lu KiB, guards of %lu KiB",
                    (unsigned long)a->vaddr, (unsigned long)(a->vaddr + a->size),
                    (unsigned long)a->size >> 10,
                    (unsigned long)(a->vaddr - a->node.key) >> 10);
    print(arg, line);
}

static void print_run(const struct run *r, void (*print)(void *arg, const char *line),
                      void *arg)
{
    static const char *const whose[] = {"foreign", "copied", "made"};
    char line[LINE];

    (void)sk_format(line, sizeof(line), "    0x%lx %u of %lu KiB %c%c%c%s %s",
                    (unsigned long)r->node.key, (unsigned)r->count,
                    (unsigned long)1 << (r->size_bits - 10), r->rights & SK_READ ? 'r' : '-',
                    r->rights & SK_WRITE ? 'w' : '-', r->rights & SK_EXECUTE ? 'x' : '-',
                    r->is_device ? " device" : "", whose[r->ownership]);
    print(arg, line);
}

void sk_vspace_dump(const struct sk_address_space *as,
                    void (*print)(void *arg, const char *line), void *arg)
{
    const struct area *a = area_of(sk_index_after(as->areas, 0));

    while (a != NULL) {
        const struct run *r = sk_space_run_from(as, a->vaddr);

        print_area(a, print, arg);
        while (r != NULL && r->node.key < a->end) {
            print_run(r, print, arg);
            r = sk_space_run_from(as, r->node.key + run_size(r));
        }
        a = area_of(sk_index_after(as->areas, a->end));
    }
}
