/*
 * The host plays an AArch64 machine, so its objects are called the same; the header holds no
 * machine code.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../../../../aarch64/include/selkie/arch/cap/object.h"
