/* ERROR gcc: expected 'sk_frame' but argument is of type 'sk_vspace' */
/* ERROR clang: to parameter of incompatible type 'sk_frame' */
/* TWIN: s/map(vspace, frame/map(frame, vspace/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/frame.h>

sk_err map(sk_frame frame, sk_vspace vspace)
{
    return sk_frame_map(vspace, frame, 0x1000, seL4_AllRights, seL4_ARM_Default_VMAttributes);
}
