/* ERROR gcc: ignoring return value of type 'sk_err', declared with attribute 'nodiscard' */
/* ERROR clang: ignoring return value of function declared with 'nodiscard' attribute */
/* TWIN: s/^    small_ping(c)/    (void)small_ping(c)/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <rpc/small_client.h>

void ask(const struct small_client *c)
{
    small_ping(c);
}
