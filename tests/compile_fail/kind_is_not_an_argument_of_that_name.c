/* ERROR gcc: when initializing type 'long unsigned int' using type 'sk_cnode' */
/* ERROR clang: with an expression of incompatible type 'sk_cnode' */
/* TWIN: s/vspace_root = cnode/cspace_root = cnode/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/tcb.h>

sk_err place(sk_tcb tcb, sk_cnode cnode)
{
    return sk_tcb_configure(tcb, (struct sk_tcb_configure_args){.vspace_root = cnode});
}
