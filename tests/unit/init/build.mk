# SPDX-License-Identifier: BSD-2-Clause
src    := allocate_test.c check_test.c execute_test.c fuzz_test.c \
          stage.c
units  := tests/unit/host_kernel.c tests/init/builder.c tests/init/system.c src/sys/ipc_buffer.c \
          $(addprefix src/init/,allocate.c check.c check_memory.c check_threads.c execute.c \
                                execute_memory.c execute_threads.c hand_over.c names.c perform.c)
uses   := kernel
cflags := -Ikernel -Itests/unit/host
soak   := 'soak/init := COUNT=100000 SEED=$(or $(SEED),1) $(build)/asan/tests/unit/init/fuzz_test'
