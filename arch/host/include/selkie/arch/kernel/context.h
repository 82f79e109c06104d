/*
 * The host serves programs built for AArch64's API, so it has that architecture's
 * register file; the header holds no machine code.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../../../../aarch64/include/selkie/arch/kernel/context.h"
