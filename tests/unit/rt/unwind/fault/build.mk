# SPDX-License-Identifier: BSD-2-Clause
src    := room_test.c
cflags := -Iarch/aarch64/include
units  := src/sys/ipc_buffer.c
