# SPDX-License-Identifier: BSD-2-Clause
prog   := interrupts
src    := main.c
reads  := boards/$(BOARD).json
cflags := $(shell jq -r '.interrupts | "-DBOARD_IRQ_COUNT=\(.count)", \
              "-DBOARD_KERNEL_IRQS=\(.kernel | map(tostring) | join(","))"' $(reads))
