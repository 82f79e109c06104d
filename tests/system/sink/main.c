/* The program of the three tests sink-debug, sink-semihosting and sink-none.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/sink.h>

SK_ROOT_TASK(bi)
{
    sk_sink_write("", 0);
    sk_puts("one line");
    sk_printf("%s\n%80s|\n%s\n", "more text at once than any buffer on its way holds:", "right",
              "and the end of it");
    sk_sink_write("exactly this, not more", 12);
    sk_puts("");
    return 0;
}
