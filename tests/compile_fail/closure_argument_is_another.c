/* ERROR gcc: invalid initializer */
/* ERROR clang: with an expression of incompatible type 'struct product' */
/* TWIN: s/struct product mine/struct sum mine/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/closure.h>

struct sum {
    int terms[2];
};

struct product {
    int factors[2];
};

SK_CLOSURE(add_up, struct sum, sum)
{
    sum->terms[0] += sum->terms[1];
}

sk_err start(struct product mine, struct sk_thread **ret_thread)
{
    const struct sk_thread_options options = {0};

    return sk_closure_start(add_up, mine, &options, ret_thread);
}
