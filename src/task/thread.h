/*
 * What of threads depends on the kernel.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/task/thread.h>

/* The number of the system call that waits for a signal. */
seL4_Word sk_thread_wait_number(void);
