/*
 * What rt asks of the machine to end a program and to write to the host.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/attr.h>

/* End the machine with status; if that cannot be, stop the calling thread for good. */
SK_NORETURN void sk_arch_exit(int status);

/* Write text, up to its NUL, to the host's console. */
void sk_arch_host_write(const char *text);
