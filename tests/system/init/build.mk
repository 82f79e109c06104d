# SPDX-License-Identifier: BSD-2-Clause
prog  := init
src   := main.c
units := tests/init/builder.c tests/init/system.c
uses  := selkie-init
needs := KERNEL_MCS
