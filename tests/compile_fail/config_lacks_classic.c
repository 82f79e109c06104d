/* ERROR: 'sk_slot_save_caller' is unavailable: this kernel has MCS scheduling */
/* NEEDS: KERNEL_MCS */
/* TWIN: s/save_caller/delete/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/cnode.h>

sk_err save(sk_slot slot)
{
    return sk_slot_save_caller(slot);
}
