# SPDX-License-Identifier: BSD-2-Clause
src    := steps_test.c
units  := $(addprefix src/alloc/,slot_block.c slot_pool.c) src/cap/slot.c
cflags := -Itests/unit/host -Itests/unit/alloc -Isrc/alloc -fsanitize-coverage=trace-pc
