/* ERROR gcc: using type 'sk_endpoint' */
/* ERROR clang: with an expression of incompatible type 'sk_endpoint' */
/* TWIN: s/sk_endpoint tick/sk_notification tick/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/grant.h>

#define CLOCK_GRANTS(grant) grant(notification, tick, 0)
SK_GRANTS(clock, CLOCK_GRANTS)

struct clock_grants hand_over(sk_endpoint tick)
{
    return (struct clock_grants){.tick = tick};
}
