/*
 * What a root task finds, in the words of ../host/boot, which predicts it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4/sel4.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

SK_ROOT_TASK(bi)
{
    for (seL4_Word i = 0; i < bi->untyped.end - bi->untyped.start; i++) {
        const seL4_UntypedDesc *u = &bi->untypedList[i];
        sk_printf("untyped %lu: 0x%lx, %u bits%s\n", (unsigned long)(bi->untyped.start + i),
                  (unsigned long)u->paddr, u->sizeBits, u->isDevice ? ", device" : "");
    }
    sk_printf("image %lu to %lu, empty from %lu to %lu, time %lu\n",
              (unsigned long)bi->userImageFrames.start, (unsigned long)bi->userImageFrames.end,
              (unsigned long)bi->empty.start, (unsigned long)bi->empty.end,
              (unsigned long)bi->schedcontrol.start);
    return 0;
}
