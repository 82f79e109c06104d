/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-825: a deleted capability's slot has another one, and is used by the old name */
/* EXPECT: release=ledger */
#include <selkie/cap/notification.h>

#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    sk_slot old = caps_make(SK_BLUEPRINT(Notification));
    sk_notification to_driver = {sk_slot_cptr(old)};

    caps_free(SK_BLUEPRINT(Notification), old);
    sk_slot new = caps_make(SK_BLUEPRINT(Notification));
    sk_notification_signal(to_driver);
    caps_free(SK_BLUEPRINT(Notification), new);
}

/* GOOD */
GOOD
{
    sk_slot old = caps_make(SK_BLUEPRINT(Notification));
    sk_notification to_driver = {sk_slot_cptr(old)};

    sk_notification_signal(to_driver);
    caps_free(SK_BLUEPRINT(Notification), old);
    sk_slot new = caps_make(SK_BLUEPRINT(Notification));
    caps_free(SK_BLUEPRINT(Notification), new);
}
