# SPDX-License-Identifier: BSD-2-Clause
prog   := microkit-many
src    := main.c images.S
units  := $(addprefix tests/system/microkit/,stage.c symbol.c hall.c)
embeds := tests/system/microkit-many/client tests/system/microkit-many/server
needs  := KERNEL_MCS
