/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-908: an owned object is used that was never made */
/* EXPECT: gcc */
#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    SK_AUTO(sk_owned_object) n = {0};

    sk_notification_signal((sk_notification){sk_owned_object_cptr(&n)});
}

/* GOOD */
GOOD
{
    SK_AUTO(sk_owned_object) n = {0};

    if (sk_owned_object_make(caps_source(), SK_BLUEPRINT(Notification), &n) == SK_OK) {
        sk_notification_signal((sk_notification){sk_owned_object_cptr(&n)});
    }
}
