/* SPDX-License-Identifier: BSD-2-Clause */
#include "scene.h"

void scene_stop(void)
{
    for (;;) {
        seL4_Yield();
    }
}

seL4_CPtr scene_make(struct scene *s, sk_blueprint what)
{
    sk_err e = sk_blueprint_make(what, (sk_untyped){s->untyped},
                                 (sk_slots){sk_slot_at((sk_cnode){s->cnode}, s->next_slot), 1},
                                 s->node);

    return e == SK_OK ? s->next_slot++ : seL4_CapNull;
}
