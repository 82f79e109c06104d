/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-787: what snprintf returns is taken for what it wrote */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    char line[16];
    int at = text_format(line, sizeof(line), "%s", given_text("a text of 26 characters...."));

    line[at] = '\n';
    use(line, sizeof(line));
}

/* GOOD */
GOOD
{
    char line[16];
    int at = text_format(line, sizeof(line), "%s", given_text("a text of 26 characters...."));

    line[at < 15 ? at : 15] = '\n';
    use(line, sizeof(line));
}
