/*
 * libsel4's way to the boot information, for programs that were written for it. New
 * ones keep the address they were entered with.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4/bootinfo_types.h>

/* The deprecated declarations are repeated here, so that they do not warn. */
void seL4_InitBootInfo(seL4_BootInfo *bi);
seL4_BootInfo *seL4_GetBootInfo(void);

static seL4_BootInfo *bootinfo;

void seL4_InitBootInfo(seL4_BootInfo *bi)
{
    bootinfo = bi;
}

seL4_BootInfo *seL4_GetBootInfo(void)
{
    return bootinfo;
}
