# SPDX-License-Identifier: BSD-2-Clause
src    := chaos_test.c
units  := tests/unit/host_kernel.c tests/unit/schedules.c src/sys/ipc_buffer.c \
          $(addprefix tests/unit/alloc/,boot_rest.c ground.c scene.c) \
          $(addprefix src/alloc/,address_space.c index.c manager.c manager_boot.c manager_dma.c \
                                 manager_grow.c manager_init.c manager_widen.c map_new.c \
                                 mapping.c objects.c page_tables.c record_pool.c scope.c \
                                 slot_block.c slot_pool.c space_check.c space_dump.c \
                                 space_sync.c untyped_check.c untyped_pool.c) \
          $(addprefix src/cap/,blueprint.c mutex.c owned.c slot.c) \
          src/rt/format.c src/rt/format_buffer.c
uses   := kernel
cflags := -Ikernel -Itests/unit/host -Itests/unit/alloc -Isrc/alloc \
          -fsanitize-coverage=trace-pc
