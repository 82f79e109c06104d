/* ERROR gcc: '_Generic' selector of type */
/* ERROR clang: controlling expression type 'seL4_CPtr' */
/* TWIN: s/seL4_CPtr tick/sk_notification tick/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/grant.h>

struct sk_grant hand_over(seL4_CPtr tick)
{
    return SK_GRANT("tick", tick);
}
