/*
 * Capabilities that nobody asked for.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/* Delete what arrived with a message of this header. Nobody may hold the IPC buffer. */
void sk_rpc_discard(seL4_MessageInfo_t info);
