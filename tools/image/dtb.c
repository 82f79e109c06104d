/* SPDX-License-Identifier: BSD-2-Clause */
#include "dtb.h"

#include <libfdt.h>
#include <string.h>

/* A number of one or two cells. */
static uint64_t read_cells(const fdt32_t *cell, int count)
{
    uint64_t value = 0;

    for (int i = 0; i < count; i++) {
        value = value << 32 | fdt32_to_cpu(cell[i]);
    }
    return value;
}

/* Append the ranges of a node's reg property; returns false if they cannot be read. */
static bool read_reg(const void *fdt, int node, struct sk_dtb_memory *range, unsigned max,
                     unsigned *count)
{
    int parent = fdt_parent_offset(fdt, node);
    int address_cells = fdt_address_cells(fdt, parent);
    int size_cells = fdt_size_cells(fdt, parent);
    int length = 0;
    const fdt32_t *reg = fdt_getprop(fdt, node, "reg", &length);

    if (reg == NULL || address_cells < 1 || address_cells > 2 || size_cells < 1 ||
        size_cells > 2) {
        return false;
    }
    int step = address_cells + size_cells;
    for (int left = length / 4; left >= step && *count < max; left -= step, reg += step) {
        range[(*count)++] = (struct sk_dtb_memory){
            .start = read_cells(reg, address_cells),
            .size = read_cells(reg + address_cells, size_cells),
        };
    }
    return true;
}

static void find_memory(const void *fdt, struct sk_dtb *dtb)
{
    static const char type[] = "memory";
    int node = -1;

    for (;;) {
        node = fdt_node_offset_by_prop_value(fdt, node, "device_type", type, sizeof(type));
        if (node < 0) {
            return;
        }
        (void)read_reg(fdt, node, dtb->memory, SK_DTB_MEMORY_MAX, &dtb->memory_count);
    }
}

/* The node that /chosen names as console, if it is a PL011. */
static void find_console(const void *fdt, struct sk_dtb *dtb)
{
    int length = 0;
    int chosen = fdt_path_offset(fdt, "/chosen");
    const char *path = chosen < 0 ? NULL : fdt_getprop(fdt, chosen, "stdout-path", &length);

    if (path == NULL || length <= 0 || memchr(path, '\0', (size_t)length) == NULL) {
        return;
    }
    /* Options may follow the path: "/pl011@9000000:115200n8". */
    int node = fdt_path_offset_namelen(fdt, path, (int)strcspn(path, ":"));
    struct sk_dtb_memory range = {0};
    unsigned count = 0;
    if (node >= 0 && fdt_node_check_compatible(fdt, node, "arm,pl011") == 0 &&
        read_reg(fdt, node, &range, 1, &count) && count == 1) {
        dtb->pl011_paddr = range.start;
    }
}

bool sk_dtb_open(const struct sk_image_file *file, struct sk_dtb *ret_dtb,
                 struct sk_image_problem *ret_problem)
{
    struct sk_dtb dtb = {0};

    if (file->size < sizeof(struct fdt_header) || file->size > INT32_MAX ||
        fdt_check_header(file->data) != 0) {
        return sk_image_refuse(ret_problem, "make one with dtc, or name another with --dtb",
                               "%s: not a device tree blob", file->name);
    }
    dtb.size = fdt_totalsize(file->data);
    if (dtb.size > file->size || fdt_check_full(file->data, dtb.size) != 0) {
        return sk_image_refuse(ret_problem,
                               "the file is truncated or damaged: make it again with dtc",
                               "%s: the device tree is damaged", file->name);
    }
    find_memory(file->data, &dtb);
    if (dtb.memory_count == 0) {
        return sk_image_refuse(ret_problem, "add a memory node, or name another with --dtb",
                               "%s: the device tree names no memory", file->name);
    }
    find_console(file->data, &dtb);
    *ret_dtb = dtb;
    return true;
}
