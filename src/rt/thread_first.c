/* SPDX-License-Identifier: BSD-2-Clause */
#include "thread.h"

struct sk_thread sk_thread_first = {.name = "main"};
