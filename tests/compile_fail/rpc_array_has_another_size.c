/* ERROR: incompatible pointer type */
/* TWIN: s/text\[23\]/text[24]/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <rpc/small_client.h>

sk_err send(const struct small_client *c, const struct small_crowd *crowd,
            struct small_pair *ret_pair, size_t *ret_size)
{
    uint8_t text[23];

    return small_people(c, crowd, "", ret_pair, &text, ret_size);
}
