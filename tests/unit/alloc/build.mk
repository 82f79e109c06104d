# SPDX-License-Identifier: BSD-2-Clause
src    := address_space_test.c churn_test.c edges_test.c failure_test.c index_test.c \
          manager_test.c mapping_test.c record_pool_test.c reserve_test.c resources_test.c \
          scope_test.c slot_pool_test.c untyped_pool_test.c \
          boot_rest.c child.c ground.c inject.c resources.c scene.c
units  := tests/unit/host_kernel.c src/sys/ipc_buffer.c \
          $(addprefix src/alloc/,address_space.c index.c manager.c manager_boot.c manager_dma.c \
                                 manager_grow.c manager_init.c manager_widen.c map_new.c \
                                 mapping.c objects.c page_tables.c record_pool.c scope.c \
                                 slot_block.c slot_pool.c space_check.c space_dump.c \
                                 space_sync.c untyped_check.c untyped_pool.c) \
          $(addprefix src/cap/,blueprint.c mutex.c owned.c slot.c) \
          src/rt/format.c src/rt/format_buffer.c
uses   := kernel
cflags := -Ikernel -Itests/unit/host -Isrc/alloc
ldflags := -Wl,--wrap=sk_host_svc
soak   := 'soak/alloc := CHURN_COUNT=1000000 CHURN_SEED=$(or $(SEED),1) $(build)/asan/tests/unit/alloc/churn_test'
