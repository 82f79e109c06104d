# SPDX-License-Identifier: BSD-2-Clause
# The initialiser, with two of its calls caught by the linker: what it is asked to carry out,
# and what it says at its end.
prog    := initialiser-audit
src     := catch.c helper.c ipc.c objects.c spaces.c scan.c
units   := src/init/main/main.c src/init/main/report.c src/init/main/told.c
uses    := selkie-init
fault   := none
needs   := KERNEL_MCS DEBUG_BUILD PRINTING EXPORT_PTMR_USER
cflags  := -Os
ldflags := -Wl,--wrap=sk_init_execute,--wrap=report_success
