# SPDX-License-Identifier: BSD-2-Clause
src    := thread_pool_test.c threads.c
units  := tests/unit/host_kernel.c src/sys/ipc_buffer.c src/cap/mutex.c src/cap/owned.c \
          src/task/thread.c src/task/thread_mcs.c src/task/thread_pool.c
uses   := kernel
cflags := -Ikernel -Itests/unit/host -fsanitize-coverage=trace-pc
