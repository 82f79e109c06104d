# SPDX-License-Identifier: BSD-2-Clause
# Linked before libmicrokit, it starts the domain on our runtime, whose parts (heaps, TLS,
# unwinding) are then chosen as any program chooses them.
lib    := selkie-microkit
ipc    := global
needs  := KERNEL_MCS
src    := enter.c
units  := arch/aarch64/microkit/start.S
cflags := -Os -fno-sanitize=null,alignment,object-size,pointer-overflow
