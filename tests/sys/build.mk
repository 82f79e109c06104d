# SPDX-License-Identifier: BSD-2-Clause
prog  := echo
src   := echo.c
sink  := semihosting
needs := KERNEL_MCS
