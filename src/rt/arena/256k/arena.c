/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/heap.h>

SK_HEAP_ARENA(256 * 1024);
