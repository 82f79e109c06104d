/* ERROR gcc: incompatible pointer type */
/* ERROR clang: incompatible function pointer types */
/* TWIN: s/uint32_t small/uint8_t small/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <rpc/small_server.h>

static sk_err numbers(struct sk_rpc_server *server, uint32_t small, enum small_mode mode,
                      uint64_t *ret_large, bool *ret_flag)
{
    (void)server;
    *ret_large = small;
    *ret_flag = mode == SMALL_MODE_FAST;
    return SK_OK;
}

const struct small_handlers handlers = {.numbers = numbers};
