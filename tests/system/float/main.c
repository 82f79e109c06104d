/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

SK_ROOT_TASK(bi)
{
    volatile double third = 1;

    third /= 3;
    sk_printf("%f %.17g %e %a\n", third, third, third, third);
    sk_printf("%d [%+10.2f] [%-8.3g] %s\n", (int)(bi->numNodes != 0), 3 * third, third * 1e9,
              "and what follows");
    sk_printf("%.0f %.1f %f %F\n", 2.5, 0.25, 1e300 * 1e300, -0.0);
    return 0;
}
