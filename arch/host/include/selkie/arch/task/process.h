/*
 * The host plays an AArch64 machine, so it says the same about starting processes; the header
 * holds no machine code.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../../../../aarch64/include/selkie/arch/task/process.h"
