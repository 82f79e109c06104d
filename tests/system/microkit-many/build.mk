# SPDX-License-Identifier: BSD-2-Clause
prog   := microkit-many
src    := main.c images.S ../microkit/stage.c ../microkit/symbol.c ../microkit/hall.c
embeds := tests/system/microkit-many/client tests/system/microkit-many/server
needs  := KERNEL_MCS
