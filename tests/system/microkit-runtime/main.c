/*
 * A Microkit domain on our runtime, which is started, panics, and is started again with its
 * memory restored.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>

#include "../microkit/hall.h"

extern const char domain_image[];

SK_ROOT_TASK(bi)
{
    struct domain *d = hall_make((struct domain){
        .name = "domain", .image = domain_image, .priority = 50, .is_restored = true});
    seL4_UserContext registers = {0};

    stage_notify(d, 9, d, 9);
    stage_start(d);
    hall_listen();
    registers.pc = d->entry;
    sk_assert(seL4_TCB_WriteRegisters(d->tcb.cptr, 1, 0, 1, &registers) == seL4_NoError);
    hall_listen();
    return 0;
}
