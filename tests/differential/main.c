/*
 * Random operations, on a kernel. Started with FIRST COUNT OPERATIONS MODE [LABEL...], the
 * members of struct session.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "arguments.h"
#include "session.h"

SK_ROOT_TASK(bi)
{
    struct session session = session_default();

    arguments_read(&session.first, SESSION_WORDS);
    session_run(bi, &session);
    sk_printf("end\n");
    return 0;
}
