# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-env-task
src := grant.c task.c
cflags := -Os
ipc := user global
