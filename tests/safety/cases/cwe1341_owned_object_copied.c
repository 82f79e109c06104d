/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-1341: an owned object is copied, not moved, and both are dropped */
/* EXPECT: release=ledger */
#include <selkie/cap/owned.h>

#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    SK_AUTO(sk_owned_object) a = {0};
    sk_err err = sk_owned_object_make(caps_source(), SK_BLUEPRINT(Notification), &a);

    sk_assert(err == SK_OK);
    SK_AUTO(sk_owned_object) b = a;
    sk_notification_signal((sk_notification){sk_owned_object_cptr(&b)});
}

/* GOOD */
GOOD
{
    SK_AUTO(sk_owned_object) a = {0};
    sk_err err = sk_owned_object_make(caps_source(), SK_BLUEPRINT(Notification), &a);

    sk_assert(err == SK_OK);
    SK_AUTO(sk_owned_object) b = SK_MOVE(a);
    sk_notification_signal((sk_notification){sk_owned_object_cptr(&b)});
}
