# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-sink-pl011
src := address.c device.c sink.c
ipc := user global
cflags := -Os
