/* ERROR gcc: but argument is of type 'sk_endpoint' */
/* ERROR clang: to parameter of incompatible type 'seL4_CPtr' */
/* TWIN: s/(endpoint,/(endpoint.cptr,/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/kinds.h>

void greet(sk_endpoint endpoint)
{
    seL4_Send(endpoint, seL4_MessageInfo_new(0, 0, 0, 0));
}
