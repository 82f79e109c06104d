/*
 * The arguments of main(), kept for those who ask for them later.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* An entry of the auxiliary vector, which ends with one of type 0. */
struct sk_aux {
    uint64_t type; /* the lower half; the upper one may hold anything */
    uint64_t value;
};

struct sk_args {
    int argc;
    char **argv;
    char **envp;
    const struct sk_aux *aux; /* NULL if there is none */
};

extern struct sk_args sk_args;

/* Call the program's main() with sk_args. */
int sk_call_main(void);

/* Only with sel4runtime_exit(): end as it does. */
int sk_runtime_end_main(int status);

/* The value of type in the auxiliary vector, or otherwise. */
uint64_t sk_aux_value(const struct sk_aux *aux, unsigned type, uint64_t otherwise);
