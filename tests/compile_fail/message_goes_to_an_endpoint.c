/* ERROR: incompatible type */
/* TWIN: s/sk_notification to/sk_endpoint to/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/message.h>

void send_to_a_notification(sk_notification to)
{
    sk_builder out = sk_builder_open(1);

    sk_builder_send(&out, to);
}
