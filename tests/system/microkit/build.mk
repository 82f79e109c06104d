# SPDX-License-Identifier: BSD-2-Clause
prog   := microkit
src    := main.c hall.c stage.c symbol.c images.S
embeds := $(addprefix tests/system/microkit/,client server listener timer parent child crasher)
needs  := KERNEL_MCS
check  := sys
suites := 'microkit/objects := sh tests/system/microkit/objects.sh $(build) $(BOARD)'
