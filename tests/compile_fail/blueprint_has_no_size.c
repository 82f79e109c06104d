/* ERROR: objects of this type have no size of their own */
/* TWIN: s/(CapTable)/(TCB)/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/blueprint.h>

sk_blueprint cnode_of_no_size(void)
{
    return SK_BLUEPRINT(CapTable);
}
