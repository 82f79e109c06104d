# SPDX-License-Identifier: BSD-2-Clause
src    := steps_test.c counted_block.c counted_pool.c
units  := src/cap/slot.c
cflags := -Itests/unit/host -Itests/unit/alloc -Isrc/alloc -fsanitize-coverage=trace-pc
