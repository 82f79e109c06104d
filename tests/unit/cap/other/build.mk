# SPDX-License-Identifier: BSD-2-Clause
src    := fault_classic_test.c fault_virtual_test.c
units  := src/cap/error.c src/cap/text.c src/sys/ipc_buffer.c
cflags := -Itests/unit/host
