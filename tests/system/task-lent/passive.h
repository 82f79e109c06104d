/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include <selkie/rt/thread.h>

/* From now on it runs on the time of those that call it, where the kernel lends time. */
void make_passive(const struct sk_thread *server);

/* It runs on its own again, also if it has none and stands still. */
void give_time(const struct sk_thread *server);
