/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-822: a pointer that another program sent is followed */
/* EXPECT: release=fault host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    const char *text = (const char *)(uintptr_t)given(0x7f00dead0000);

    show("%c\n", text[0]);
}

/* GOOD */
GOOD
{
    static const char page[4096] = "text";
    size_t offset = (size_t)given(0x7f00dead0000);

    if (offset < sizeof(page)) {
        show("%c\n", page[offset]);
    }
}
