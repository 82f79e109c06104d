# SPDX-License-Identifier: BSD-2-Clause
prog   := microkit-monitor
src    := main.c tables.c images.S
units  := $(addprefix tests/system/microkit/,stage.c symbol.c hall.c)
embeds := src/microkit/monitor tests/system/microkit-monitor/domain
needs  := KERNEL_MCS
