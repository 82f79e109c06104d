/*
 * The invocations that set what a thread is: its spaces, buffer, handlers, priorities.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "object/invocation.h"

seL4_Error sk_ktcb_configure(struct kernel *k, struct invocation *i, struct tcb *t);
