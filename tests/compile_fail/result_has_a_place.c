/* ERROR: too few arguments to function */
/* TWIN: s/address(frame)/address(frame, ret_paddr)/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/frame.h>

sk_err find(sk_frame frame, seL4_Word *ret_paddr)
{
    *ret_paddr = 0;
    return sk_frame_get_address(frame);
}
