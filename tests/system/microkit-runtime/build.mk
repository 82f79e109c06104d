# SPDX-License-Identifier: BSD-2-Clause
prog   := microkit-runtime
src    := main.c images.S
units  := $(addprefix tests/system/microkit/,stage.c symbol.c hall.c)
embeds := tests/system/microkit-runtime/domain
needs  := KERNEL_MCS
