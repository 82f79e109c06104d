/*
 * Starts rt again with a boot info in which the program's pages are said to be in slots
 * that are empty, so that the guard page cannot be unmapped.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/base/attr.h>
#include <selkie/rt/main.h>

SK_NORETURN void sk_root_start(seL4_BootInfo *bi);

SK_ROOT_TASK(bi)
{
    seL4_BootInfo changed = *bi;
    seL4_Word shift = bi->empty.start - bi->userImageFrames.start;

    changed.userImageFrames.start += shift;
    changed.userImageFrames.end += shift;
    sk_root_start(&changed);
}
