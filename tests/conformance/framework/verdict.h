/*
 * How a test ends: it says so to the supervisor and never runs again.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/attr.h>

/* Labels of a test's last message. Fault messages have labels below these. */
enum end {
    END_PASSED = 100,
    END_FAILED,
    END_SKIPPED,
    END_PANIC,
};

/* Why the test did not pass, written before a message of END_FAILED and above. */
extern char end_reason[400];

/* Called by a test's first thread and by its others: they are under supervision from now. */
void verdict_supervise(void);

/* End the test, from any of its threads. */
SK_NORETURN void verdict_end(enum end end);
