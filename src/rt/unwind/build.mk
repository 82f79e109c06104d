# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-unwind
src := cleanup.c fault.c panic.c read.c step.c table.c walk.c
ipc := user global
cflags := -Os -fno-sanitize=null,alignment,object-size,pointer-overflow
