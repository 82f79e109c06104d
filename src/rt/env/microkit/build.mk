# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-env-microkit
ipc := global
src := microkit.c
cflags := -Os
