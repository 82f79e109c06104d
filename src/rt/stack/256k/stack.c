/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/stack.h>

SK_ROOT_STACK(256 * 1024);
