/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/base/assert.h>
#include <selkie/cap/notification.h>
#include <selkie/cap/owned.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

/* A notification that was freed: the name of its capability. */
static sk_notification freed_notification(void)
{
    struct sk_env env;
    SK_AUTO(sk_owned_object) object = {0};

    sk_env_get(&env);
    sk_err err = sk_owned_object_make(env.source, SK_BLUEPRINT(Notification), &object);
    sk_assert(err == SK_OK);
    return (sk_notification){sk_owned_object_cptr(&object)};
}

SK_ROOT_TASK(bi)
{
    sk_notification_signal(freed_notification());
    sk_puts("the end");
    return 0;
}
