/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-825: a notification is signalled after it was deleted */
/* EXPECT: release=ledger */
#include <selkie/cap/notification.h>

#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    sk_slot slot = caps_make(SK_BLUEPRINT(Notification));
    sk_notification n = {sk_slot_cptr(slot)};

    caps_free(SK_BLUEPRINT(Notification), slot);
    sk_notification_signal(n);
}

/* GOOD */
GOOD
{
    sk_slot slot = caps_make(SK_BLUEPRINT(Notification));
    sk_notification n = {sk_slot_cptr(slot)};

    sk_notification_signal(n);
    caps_free(SK_BLUEPRINT(Notification), slot);
}
