/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A program may define the IPC buffer's address itself, as programs for Microkit do; ours must
 * then stay out of the link. echo.sh links this with echo.c.
 */
#include <sel4/sel4.h>

LIBSEL4_THREAD_LOCAL seL4_IPCBuffer *__sel4_ipc_buffer;
