/*
 * The host plays an AArch64 machine, so it says the same about tables and frames; the header
 * holds no machine code.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../../../../aarch64/include/selkie/arch/alloc/vspace.h"
