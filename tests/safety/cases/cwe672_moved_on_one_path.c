/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-672: an owned object is used after it was given away on one path */
/* EXPECT: release=trap */
#include <selkie/cap/owned.h>

#include "../safety.h"
#include "caps.h"

static void take(sk_owned_object object)
{
    SK_AUTO(sk_owned_object) mine = object;

    sk_notification_signal((sk_notification){sk_owned_object_cptr(&mine)});
}

/* BAD */
BAD
{
    SK_AUTO(sk_owned_object) notification = {0};
    sk_err err = sk_owned_object_make(caps_source(), SK_BLUEPRINT(Notification), &notification);

    sk_assert(err == SK_OK);
    if (given(1) != 0) {
        take(SK_MOVE(notification));
    }
    sk_notification_signal((sk_notification){sk_owned_object_cptr(&notification)});
}

/* GOOD */
GOOD
{
    SK_AUTO(sk_owned_object) notification = {0};
    sk_err err = sk_owned_object_make(caps_source(), SK_BLUEPRINT(Notification), &notification);

    sk_assert(err == SK_OK);
    sk_notification_signal((sk_notification){sk_owned_object_cptr(&notification)});
    if (given(1) != 0) {
        take(SK_MOVE(notification));
    }
}
