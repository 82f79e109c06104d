/* SPDX-License-Identifier: BSD-2-Clause */
#include "microkit.h"

const struct sk_microkit_restore sk_microkit_restore = {0};

/* The compiler sees zeros above, and the composer writes something else. */
static const struct sk_microkit_restore *written(void)
{
    const struct sk_microkit_restore *restore = &sk_microkit_restore;

    __asm__("" : "+r"(restore));
    return restore;
}

bool sk_microkit_is_restored(void)
{
    return written()->pieces[0].to != 0;
}

void sk_microkit_restore_memory(void)
{
    const struct sk_microkit_restore *restore = written();

    for (unsigned i = 0; i < sizeof(restore->pieces) / sizeof(restore->pieces[0]); i++) {
        const struct sk_microkit_piece *p = &restore->pieces[i];

        if (p->copied != 0) {
            __builtin_memcpy((char *)p->to, (const char *)p->from, p->copied);
        }
        if (p->cleared != 0) {
            __builtin_memset((char *)p->to + p->copied, 0, p->cleared);
        }
    }
}
