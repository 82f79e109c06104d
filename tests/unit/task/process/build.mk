# SPDX-License-Identifier: BSD-2-Clause
src    := failure_test.c needs_test.c parent_test.c process_test.c stack_top_test.c \
          supervisor_test.c child.c environment.c failing.c
units  := tests/unit/host_kernel.c tests/unit/alloc/boot_rest.c tests/unit/alloc/ground.c tests/unit/alloc/inject.c \
          tests/unit/alloc/scene.c \
          tests/unit/task/program.c src/sys/ipc_buffer.c \
          $(addprefix src/alloc/,address_space.c index.c manager.c manager_boot.c manager_dma.c manager_grow.c \
                                 manager_init.c manager_widen.c map_new.c mapping.c objects.c \
                                 page_tables.c record_pool.c slot_block.c slot_pool.c \
                                 space_check.c space_dump.c space_sync.c untyped_check.c \
                                 untyped_pool.c) \
          $(addprefix src/cap/,blueprint.c caller.c caller_mcs.c error.c fault.c fault_print.c \
                               mutex.c owned.c slot.c text.c) \
          $(addprefix src/task/,elf.c elf_needs.c elf_problem.c parent.c process.c process_load.c \
                                process_mcs.c process_name.c process_objects.c process_print.c process_space.c \
                                restart.c stack_top.c supervisor.c) \
          src/rt/format.c src/rt/format_buffer.c
uses   := kernel
ldflags := -Wl,--wrap=sk_host_svc
cflags := -Ikernel -Itests/unit/host -Itests/unit/alloc -Itests/unit/task -Isrc/alloc -Isrc/task
