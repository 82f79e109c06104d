/* ERROR gcc: incompatible type for argument 2 of 'small_swap' */
/* ERROR clang: passing 'sk_untyped' */
/* TWIN: s/sk_untyped gift/sk_frame gift/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <rpc/small_client.h>

sk_err give(const struct small_client *c, sk_untyped gift, sk_endpoint *ret_endpoint,
            sk_owned_slot *ret_slot)
{
    return small_swap(c, gift, ret_endpoint, ret_slot);
}
