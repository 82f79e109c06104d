/* SPDX-License-Identifier: BSD-2-Clause */
#include "start.h"

#include <stddef.h>

#include <selkie/rt/exit.h>
#include <selkie/rt/fault.h>
#include <selkie/rt/sink.h>

/* The linker's lists of functions. */
typedef void function(void);
extern function *const __init_array_start[];
extern function *const __init_array_end[];
extern function *const __fini_array_start[];
extern function *const __fini_array_end[];

/* Only where the program is linked with them. */
__attribute__((weak)) void sk_fault_start(void);
__attribute__((weak)) void sk_sink_start(void);
__attribute__((weak)) void sk_atexit_run(void);
__attribute__((weak)) void sk_stack_guard_seed(void);

void sk_start_run(void)
{
    /* No protected function is in progress: this one is not, and neither are its callers. */
    if (sk_stack_guard_seed != NULL) {
        sk_stack_guard_seed();
    }
    if (sk_sink_start != NULL) {
        sk_sink_start();
    }
    if (sk_fault_start != NULL) {
        sk_fault_start();
    }
    for (function *const *next = __init_array_start; next < __init_array_end; next++) {
        (*next)();
    }
}

void sk_run_ends(void)
{
    if (sk_atexit_run != NULL) {
        sk_atexit_run();
    }
    for (function *const *next = __fini_array_end; next > __fini_array_start;) {
        (*--next)();
    }
}

SK_NORETURN void sk_finish(int status)
{
    sk_run_ends();
    sk_exit(status);
}
