# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-alloc
ipc := user global
src := address_space.c index.c manager.c manager_boot.c manager_dma.c manager_grow.c \
       manager_init.c manager_widen.c map_new.c mapping.c objects.c page_tables.c record_pool.c \
       scope.c slot_block.c slot_pool.c space_check.c space_dump.c space_sync.c untyped_check.c \
       untyped_pool.c
# As of rt: what these checks would find faults, or is found by the others; they cost a third.
cflags := -fno-sanitize=null,alignment,object-size,pointer-overflow
