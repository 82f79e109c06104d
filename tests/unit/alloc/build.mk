# SPDX-License-Identifier: BSD-2-Clause
src    := index_test.c record_pool_test.c slot_pool_test.c untyped_pool_test.c ground.c
units  := tests/unit/host_kernel.c src/sys/ipc_buffer.c \
          $(addprefix src/alloc/,index.c record_pool.c slot_block.c slot_pool.c untyped_check.c untyped_pool.c) \
          $(addprefix src/cap/,blueprint.c mutex.c owned.c slot.c)
uses   := kernel
cflags := -Ikernel -Itests/unit/host -Isrc/alloc
