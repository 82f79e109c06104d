/*
 * The slots' code, compiled so that its basic blocks are counted: other tests have it plain.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../../../../src/alloc/slot_block.c"
