/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/stack.h>

SK_ROOT_STACK(SK_ROOT_STACK_SIZE);
