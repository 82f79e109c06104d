/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-772: an error path leaves a capability, its slot and its object */
/* EXPECT: release=leak */
#include <selkie/cap/owned.h>

#include "../safety.h"
#include "caps.h"

static sk_err set_up(seL4_CPtr notification)
{
    return notification == 0 || given(1) != 0 ? SK_ERR_NO_MEMORY : SK_OK;
}

/* BAD */
static sk_err serve(void)
{
    sk_slot slot = caps_make(SK_BLUEPRINT(Notification));

    SK_TRY(set_up(sk_slot_cptr(slot)));
    caps_free(SK_BLUEPRINT(Notification), slot);
    return SK_OK;
}

BAD
{
    show("%d\n", serve());
}

/* GOOD */
static sk_err serve_well(void)
{
    SK_AUTO(sk_owned_object) notification = {0};

    SK_TRY(sk_owned_object_make(caps_source(), SK_BLUEPRINT(Notification), &notification));
    SK_TRY(set_up(sk_owned_object_cptr(&notification)));
    return SK_OK;
}

GOOD
{
    show("%d\n", serve_well());
}
