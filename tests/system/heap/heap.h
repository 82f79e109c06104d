/*
 * A block of which a heap of 64 KiB has one and not two.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#define LARGE 40000
