# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-unwind
src := cleanup.c fault.c panic.c read.c step.c table.c walk.c
ipc := user global
