/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-1341: an owned object is given away twice */
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
        take(SK_MOVE(n));
    }
}

/* GOOD */
GOOD
{
    SK_AUTO(sk_owned_object) n = {0};

    if (sk_owned_object_make(caps_source(), SK_BLUEPRINT(Notification), &n) == SK_OK) {
        take(SK_MOVE(n));
    }
}
