/*
 * What is measured: each function does something count times, and is not inlined, so that the
 * loop is all that is added.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/err.h>
#include <selkie/rt/main.h>

typedef void measured(unsigned count);

/* slots.c: pools without a kernel. Half of the slots are taken before. */
void slots_begin(unsigned bits);
measured slot_one, slot_row;

/* manager.c: by way of a manager's source. */
sk_err manager_begin(seL4_BootInfo *bi);
measured manager_page, manager_batch, manager_one_by_one, manager_endpoint, manager_map,
    manager_take_page, manager_take_pages, manager_scope;
