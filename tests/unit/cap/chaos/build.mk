# SPDX-License-Identifier: BSD-2-Clause
src    := mutex_test.c
units  := tests/unit/host_kernel.c src/sys/ipc_buffer.c src/cap/mutex.c
uses   := kernel
cflags := -Ikernel -Itests/unit/host -fsanitize-coverage=trace-pc
