/*
 * Whether stubs print the kernel's text about a failed invocation. Used only with
 * kernels that send such text (KERNEL_INVOCATION_REPORT_ERROR_IPC).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4/macros.h>

extern LIBSEL4_THREAD_LOCAL char __sel4_print_error;

LIBSEL4_THREAD_LOCAL char __sel4_print_error = CONFIG_LIB_SEL4_PRINT_INVOCATION_ERRORS;
