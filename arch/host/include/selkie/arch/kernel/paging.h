/*
 * The host serves programs built for AArch64's API, so it has that architecture's
 * page tables; the header holds no machine code.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../../../../aarch64/include/selkie/arch/kernel/paging.h"
