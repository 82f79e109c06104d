/*
 * What cases about capabilities have in common.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/assert.h>
#include <selkie/cap/cnode.h>
#include <selkie/cap/notification.h>
#include <selkie/cap/owned.h>
#include <selkie/cap/tcb.h>
#include <selkie/rt/env.h>

/* The source of the program. */
static inline struct sk_source *caps_source(void)
{
    struct sk_env env;

    sk_env_get(&env);
    return env.source;
}

/* An object in a slot of its own. */
static inline sk_slot caps_make(sk_blueprint what)
{
    sk_slot slot = {0};
    sk_err err = sk_owned_object_make_in(caps_source(), what, &slot);

    sk_assert(err == SK_OK);
    return slot;
}

static inline void caps_free(sk_blueprint what, sk_slot slot)
{
    caps_source()->free_object(caps_source(), what, slot);
    caps_source()->give_slots(caps_source(), (sk_slots){slot, 1});
}
