/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>
#include <selkie/cap/notification.h>
#include <selkie/cap/owned.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

SK_ROOT_TASK(bi)
{
    struct sk_env env;
    sk_slots slots;

    sk_env_get(&env);
    sk_err err = env.source->take_slots(env.source, 3, &slots);
    sk_assert(err == SK_OK);
    sk_slots last = {sk_slots_get(slots, 2), 1};
    env.source->give_slots(env.source, last);
    env.source->give_slots(env.source, slots);
    sk_puts("not found");
    return 0;
}
