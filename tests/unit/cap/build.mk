# SPDX-License-Identifier: BSD-2-Clause
src    := owned_test.c store.c
units  := tests/unit/host_kernel.c src/sys/ipc_buffer.c src/cap/owned.c
uses   := kernel
cflags := -Ikernel -Itests/unit/host
