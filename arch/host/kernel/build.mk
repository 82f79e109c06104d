# SPDX-License-Identifier: BSD-2-Clause
src    := context.c host.c
cflags := -Ikernel
