/* ERROR gcc: incompatible types when assigning to type 'sk_tcb' from type 'sk_cnode' */
/* ERROR clang: assigning to 'sk_tcb' (aka 'struct sk_tcb') from incompatible type 'sk_cnode' */
/* TWIN: s/sk_cnode/sk_tcb/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/kinds.h>

void keep(sk_tcb *kept, sk_cnode cnode)
{
    *kept = cnode;
}
