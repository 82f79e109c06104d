/* ERROR gcc: expected 'sk_slot' but argument is of type 'sk_cnode' */
/* ERROR clang: to parameter of incompatible type 'sk_slot' */
/* TWIN: s/delete(cnode)/delete((sk_slot){cnode, 1, 64})/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/cnode.h>

sk_err empty(sk_cnode cnode)
{
    return sk_slot_delete(cnode);
}
