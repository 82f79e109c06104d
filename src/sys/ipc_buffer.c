/*
 * The pointer to the IPC buffer. It is alone in its archive member, so that a program
 * that defines it itself links.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4/functions.h>

LIBSEL4_THREAD_LOCAL seL4_IPCBuffer *__sel4_ipc_buffer;
