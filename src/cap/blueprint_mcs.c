/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/blueprint.h>

/* What blueprint.h counts on, so that one text serves kernels without these types. */
_Static_assert(SK_OBJECT_TYPE_SchedContext == SK_OBJECT_TYPE_CapTable + 1,
               "scheduling contexts follow CNodes");
_Static_assert(SK_OBJECT_TYPE_Reply == SK_OBJECT_TYPE_CapTable + 2,
               "reply objects follow scheduling contexts");
