/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

SK_ROOT_TASK(bi)
{
    seL4_Word slots = bi->empty.end - bi->empty.start;
    seL4_Word memory = 0;

    for (seL4_Word i = 0; i < bi->untyped.end - bi->untyped.start; i++) {
        if (!bi->untypedList[i].isDevice) {
            memory += (seL4_Word)1 << bi->untypedList[i].sizeBits;
        }
    }
    sk_puts("hello, seL4");
    sk_printf("%lu MiB of memory and %lu capability slots are ours\n", memory >> 20, slots);
    return 0;
}
