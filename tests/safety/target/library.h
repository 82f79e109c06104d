/* The C library, as rt has it. SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include <selkie/rt/heap.h>
#include <selkie/rt/string.h>
