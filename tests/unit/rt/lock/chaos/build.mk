# SPDX-License-Identifier: BSD-2-Clause
src    := lock_test.c
units  := tests/unit/host_kernel.c tests/unit/schedules.c src/sys/ipc_buffer.c src/rt/lock.c
uses   := kernel
cflags := -Ikernel -Itests/unit/host -Isrc/rt -fsanitize-coverage=trace-pc
