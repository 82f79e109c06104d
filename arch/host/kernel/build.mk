# SPDX-License-Identifier: BSD-2-Clause
src    := context.c fault.c host.c stop.c threads.c window.c
cflags := -Ikernel
