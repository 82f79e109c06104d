/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-672: an owned object is used after it was given away */
/* EXPECT: gcc */
#include "../safety.h"
#include "caps.h"

void take(sk_owned_object object);

/* BAD */
BAD
{
    SK_AUTO(sk_owned_object) n = {0};

    if (sk_owned_object_make(caps_source(), SK_BLUEPRINT(Notification), &n) == SK_OK) {
        take(SK_MOVE(n));
        sk_notification_signal((sk_notification){sk_owned_object_cptr(&n)});
    }
}

/* GOOD */
GOOD
{
    SK_AUTO(sk_owned_object) n = {0};

    if (sk_owned_object_make(caps_source(), SK_BLUEPRINT(Notification), &n) == SK_OK) {
        sk_notification_signal((sk_notification){sk_owned_object_cptr(&n)});
        take(SK_MOVE(n));
    }
}
