/* ERROR: a value is used that was moved or never set */
/* TWIN: /after sending/d */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/message.h>

void send_twice(sk_endpoint to, seL4_Word word)
{
    sk_builder out = sk_builder_open(1);

    sk_builder_word(&out, word);
    sk_builder_send(&out, to);
    sk_builder_word(&out, word); /* after sending */
}
