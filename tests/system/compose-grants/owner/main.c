/*
 * Has memory of its own, and capabilities that its description grants: makes objects, maps
 * what it made and what it was lent, and signals somebody to whom it has no channel.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <microkit.h>
#include <selkie/microkit/abi.h>
#include <selkie/rt/print.h>

#include <compose-grants/owner.h>

enum { VSPACE = 2, LISTENER, LENT }; /* slots of the description */
enum { MADE = 600 };                 /* free in the CNode */

#define INFO       ((const seL4_BootInfo *)0x4010000)
#define MADE_VADDR 0x4001000
#define LENT_VADDR 0x4002000

static seL4_CPtr user(seL4_Word slot)
{
    return microkit_cspace_root_slot_to_cptr(slot);
}

/* What the info page says, in the layout of boot info. */
static void count(void)
{
    seL4_Word bytes = 0;
    seL4_Word n = INFO->untyped.end - INFO->untyped.start;

    for (seL4_Word i = 0; i < n; i++) {
        bytes += (seL4_Word)1 << INFO->untypedList[i].sizeBits;
        bytes += INFO->untypedList[i].isDevice ? 1 : 0;
    }
    sk_printf("owner: %lu bytes from slot %lu on\n", bytes, INFO->untyped.start);
}

/* A frame, at the end of the CNode that has the domain's own slots. */
static seL4_Error make(void)
{
    seL4_CPtr untyped = INFO->untyped.end - 1;

    return seL4_Untyped_Retype(untyped, seL4_ARM_SmallPageObject, 0, SK_MICROKIT_SLOT_CNODE, 0,
                               0, MADE, 1);
}

static seL4_Error map(seL4_CPtr frame, seL4_Word vaddr)
{
    return seL4_ARM_Page_Map(frame, user(VSPACE), vaddr, seL4_ReadWrite,
                             seL4_ARM_Default_VMAttributes | seL4_ARM_ExecuteNever);
}

void init(void)
{
    volatile uint64_t *own = (volatile uint64_t *)MADE_VADDR;

    count();
    sk_printf("owner: made a page, %d\n", (int)make());
    sk_printf("owner: mapped it, %d\n", (int)map(MADE, MADE_VADDR));
    *own = 42;
    sk_printf("owner: it holds %lu\n", *own);
    *(volatile uint64_t *)*owner_lent = 43;
    sk_printf("owner: mapped what was lent, %d\n", (int)map(user(LENT), LENT_VADDR));
    sk_printf("owner: it reads %lu there\n", *(volatile uint64_t *)LENT_VADDR);
    seL4_Signal(user(LISTENER));
    /* The capability may read, so this map is for reading, whatever was asked for. */
    *(volatile uint64_t *)LENT_VADDR = 44;
    sk_printf("owner: wrote\n");
}

void notified(microkit_channel ch)
{
    (void)ch;
}
