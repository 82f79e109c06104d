/* SPDX-License-Identifier: BSD-2-Clause */
#include "args.h"

int main(int argc, char **argv, char **envp);

struct sk_args sk_args;

int sk_call_main(struct sk_args args)
{
    sk_args = args;
    return main(args.argc, args.argv, args.envp);
}
