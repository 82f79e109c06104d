/* ERROR: a value is used that was moved or never set */
/* TWIN: /keep(SK_MOVE/d */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/owned.h>

void keep(sk_owned_object object);

sk_err make_and_signal(struct sk_source *source)
{
    SK_AUTO(sk_owned_object) notification = {0};

    SK_TRY(sk_owned_object_make(source, SK_BLUEPRINT(Notification), &notification));
    keep(SK_MOVE(notification));
    seL4_Signal(sk_owned_object_cptr(&notification));
    return SK_OK;
}
