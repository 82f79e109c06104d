/* SPDX-License-Identifier: BSD-2-Clause */
#include "args.h"

uint64_t sk_aux_value(const struct sk_aux *aux, unsigned type, uint64_t otherwise)
{
    for (; aux != NULL && (unsigned)aux->type != 0; aux++) {
        if ((unsigned)aux->type == type) {
            return aux->value;
        }
    }
    return otherwise;
}
