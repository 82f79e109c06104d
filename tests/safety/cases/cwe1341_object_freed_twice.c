/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-1341: an object is freed twice, the second time in a slot that is somebody else's */
/* EXPECT: release=ledger */
#include <selkie/cap/source.h>

#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    sk_slot slot = caps_make(SK_BLUEPRINT(Notification));

    caps_free(SK_BLUEPRINT(Notification), slot);
    sk_slot other = caps_make(SK_BLUEPRINT(Notification));
    caps_free(SK_BLUEPRINT(Notification), slot);
    sk_notification_signal((sk_notification){sk_slot_cptr(other)});
}

/* GOOD */
GOOD
{
    sk_slot slot = caps_make(SK_BLUEPRINT(Notification));

    caps_free(SK_BLUEPRINT(Notification), slot);
    sk_slot other = caps_make(SK_BLUEPRINT(Notification));
    sk_notification_signal((sk_notification){sk_slot_cptr(other)});
    caps_free(SK_BLUEPRINT(Notification), other);
}
