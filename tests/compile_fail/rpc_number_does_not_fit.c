/* ERROR gcc: changes value from '256' to '0' */
/* ERROR clang: changes value from 256 to 0 */
/* TWIN: s/c, 256/c, 255/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <rpc/small_client.h>

sk_err send(const struct small_client *c, uint64_t *ret_large, bool *ret_flag)
{
    return small_numbers(c, 256, SMALL_MODE_FAST, ret_large, ret_flag);
}
