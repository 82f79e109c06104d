/* ERROR: longer than the protocol allows */
/* TWIN: s/3001/3000/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <rpc/small_client.h>

sk_err send(const struct small_client *c, const uint8_t *data, uint32_t *ret_left)
{
    return small_load(c, "here", data, 3001, ret_left);
}
