# SPDX-License-Identifier: BSD-2-Clause
prog  := root-task
src   := main.c boot_info.c memory.c thread.c worker.c
needs := KERNEL_MCS
