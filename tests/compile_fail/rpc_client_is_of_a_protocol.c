/* ERROR: incompatible pointer type */
/* TWIN: s/struct sk_rpc_client/struct small_client/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <rpc/small_client.h>

sk_err ask(const struct sk_rpc_client *c)
{
    return small_ping(c);
}
