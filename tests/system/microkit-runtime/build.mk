# SPDX-License-Identifier: BSD-2-Clause
prog   := microkit-runtime
src    := main.c images.S ../microkit/stage.c ../microkit/symbol.c ../microkit/hall.c
embeds := tests/system/microkit-runtime/domain
needs  := KERNEL_MCS
