# SPDX-License-Identifier: BSD-2-Clause
src    := chaos_test.c fault_test.c threads_test.c window_test.c
units  := tests/unit/host_kernel.c src/sys/ipc_buffer.c
uses   := kernel
cflags := -Ikernel -fsanitize-coverage=trace-pc
