/*
 * What the files of this test do, over one manager.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/alloc/manager.h>

/* Panics unless the figures are as they were at the start. */
void check_same(const char *when);

void map_for_a_child(struct sk_manager *m);
void run_written_code(struct sk_manager *m);
void end_scopes(struct sk_source *source);
