/* SPDX-License-Identifier: BSD-2-Clause */
#include "scene.h"

void scene_stop(void)
{
    for (;;) {
        seL4_Yield();
    }
}

void scene_signal(seL4_Word notification)
{
    seL4_Signal(notification);
    scene_stop();
}

seL4_CPtr scene_make(struct scene *s, sk_blueprint what)
{
    sk_err e = sk_blueprint_make(what, (sk_untyped){s->untyped},
                                 (sk_slots){sk_slot_at((sk_cnode){s->cnode}, s->next_slot), 1},
                                 s->node);

    return e == SK_OK ? s->next_slot++ : seL4_CapNull;
}

sk_caller scene_caller(struct scene *s)
{
    seL4_CPtr reply = scene_make(s, sk_blueprint_reply());

    return sk_caller_of(reply != 0 ? sk_slot_at((sk_cnode){s->cnode}, reply) : scene_slot(s));
}
