/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-124: the element before the first one of a local array is written */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    int history[8] = {0};
    size_t next = (size_t)given(0);

    history[next - 1] = 5;
    use(history, sizeof(history));
}

/* GOOD */
GOOD
{
    int history[8] = {0};
    size_t next = (size_t)given(0);

    history[(next + 7) % 8] = 5;
    use(history, sizeof(history));
}
