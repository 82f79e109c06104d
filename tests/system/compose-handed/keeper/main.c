/*
 * Gets what is left of memory and of the image, and looks at it; makes objects of it, and
 * uses them. Its regions begin with a file, handed over, copied and at an address.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/rt/machine.h>
#include <selkie/microkit/abi.h>
#include <selkie/rt/print.h>

#include <compose-handed/keeper.h>

#include "keeper.h"

uintptr_t ring_paddr;
uintptr_t text_size;

static const seL4_BootInfo *const info = (const seL4_BootInfo *)0x900000000;
static unsigned wrong;

void check(bool is_right, const char *what)
{
    if (!is_right) {
        wrong++;
        sk_printf("wrong: %s\n", what);
    }
}

/* Of the file, and a zero behind it. */
static bool is_text(const volatile uint8_t *at)
{
    static const char text[] = "what a region begins with\n";
    unsigned different = 0;

    for (unsigned i = 0; i < sizeof(text); i++) {
        different += at[i] != (uint8_t)text[i];
    }
    return different == 0;
}

static void check_regions(void)
{
    seL4_ARM_Page_GetAddress_t first =
        seL4_ARM_Page_GetAddress(microkit_cspace_root_slot_to_cptr(3));
    seL4_ARM_Page_GetAddress_t second =
        seL4_ARM_Page_GetAddress(microkit_cspace_root_slot_to_cptr(4));

    check(is_text(*keeper_text) && is_text(*keeper_clean) && is_text(*keeper_fixed),
          "contents");
    check((*keeper_fixed)[sizeof(*keeper_fixed) - 1] == 0, "what is behind contents");
    check(sizeof(*keeper_text) == 0x1000 && text_size == 26, "sizes");
    check(first.error == 0 && first.paddr == ring_paddr && second.paddr == ring_paddr + 0x1000,
          "the address of a region");
    (*keeper_ring)[0] = 1;
    check((*keeper_ring)[0] == 1, "memory that is not cached");
}

/* The largest piece of memory, and how much there is. */
static seL4_CPtr largest(uint64_t *ret_bytes)
{
    seL4_CPtr found = 0;
    seL4_Word bits = 0;

    *ret_bytes = 0;
    for (seL4_Word i = 0; i < info->untyped.end - info->untyped.start; i++) {
        const seL4_UntypedDesc *u = &info->untypedList[i];
        *ret_bytes += (uint64_t)1 << u->sizeBits;
        if (u->sizeBits > bits) {
            found = info->untyped.start + i;
            bits = u->sizeBits;
        }
    }
    return found;
}

static struct spare use_untyped(void)
{
    uint64_t bytes;
    seL4_CPtr untyped = largest(&bytes);
    seL4_CPtr slot = info->empty.start;
    seL4_Word badge = 7;

    check(info->untyped.start == 512 && info->empty.end == 812, "slots of untypeds");
    check(bytes > (uint64_t)2000 << 20, "how much memory is left");
    seL4_Error e = seL4_Untyped_Retype(untyped, seL4_NotificationObject, 0,
                                       SK_MICROKIT_SLOT_CNODE, 0, 0, slot, 1);
    check(e == seL4_NoError, "making an object");
    seL4_Signal(slot);
    seL4_Poll(slot, &badge);
    check(badge == 0, "using it");
    return (struct spare){slot + 1, untyped};
}

static seL4_Error map(seL4_CPtr frame, volatile void *at)
{
    seL4_CPtr vspace = microkit_cspace_root_slot_to_cptr(5);

    return seL4_ARM_Page_Map(frame, vspace, (seL4_Word)at, seL4_ReadWrite,
                             seL4_ARM_Default_VMAttributes);
}

/* A frame of the image is memory like any other, once it is not the initialiser's any more. */
static void map_image(seL4_CPtr frame)
{
    volatile uint64_t *word = (volatile uint64_t *)(keeper_ring + 1);

    check(map(frame, word) == seL4_InvalidCapability, "a frame that is mapped elsewhere");
    check(seL4_ARM_Page_Unmap(frame) == seL4_NoError && map(frame, word) == seL4_NoError,
          "mapping a frame of the image");
    *word = frame;
    check(*word == frame, "using it as memory");
    check(seL4_ARM_Page_Unmap(frame) == seL4_NoError, "unmapping it");
}

static void use_image(void)
{
    check(info->userImageFrames.start == 1024 && info->userImageFrames.end > 1026,
          "slots of the image");
    for (seL4_CPtr i = info->userImageFrames.start; i < info->userImageFrames.end; i++) {
        seL4_ARM_Page_GetAddress_t at = seL4_ARM_Page_GetAddress(i);
        check(at.error == 0 && at.paddr >= 0x70000000, "a frame of the image");
    }
    map_image(info->userImageFrames.start);
    map_image(info->userImageFrames.end - 1);
}

void init(void)
{
    check_regions();
    struct spare spare = use_untyped();
    use_image();
    use_interrupt(&spare);
    sk_printf("handed over, %u things wrong\n", wrong);
    sk_arch_exit(wrong == 0 ? 0 : 1);
}

void notified(microkit_channel ch)
{
    (void)ch;
}
