/*
 * The host plays an AArch64 machine, so its kernel is asked the same.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../../../../aarch64/include/selkie/arch/init/calls.h"
