/* ERROR: SK_OBJECT_TYPE_Endpiont */
/* TWIN: s/(Endpiont)/(Endpoint)/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/blueprint.h>

sk_blueprint misspelt(void)
{
    return SK_BLUEPRINT(Endpiont);
}
