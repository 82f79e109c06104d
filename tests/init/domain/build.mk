# SPDX-License-Identifier: BSD-2-Clause
prog    := init-domain
src     := main.c passive.c
env     := microkit
needs   := KERNEL_MCS EXPORT_PTMR_USER
ldflags := -Wl,-e,domain_start,-Ttext-segment=0x200000
