/* SPDX-License-Identifier: BSD-2-Clause */
#include "args.h"

#include <stddef.h>

int main(int argc, char **argv, char **envp);

struct sk_args sk_args;

/* Only where the program uses it; sel4runtime's functions for the end of main() are there. */
__attribute__((weak)) int sk_runtime_end_main(int status);

int sk_call_main(void)
{
    int status = main(sk_args.argc, sk_args.argv, sk_args.envp);

    return sk_runtime_end_main != NULL ? sk_runtime_end_main(status) : status;
}
