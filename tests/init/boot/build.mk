# SPDX-License-Identifier: BSD-2-Clause
prog   := init-boot
src    := main.c
needs  := KERNEL_MCS
fault  := none
check  := system
suites := $(call on_each,init/boot,sh tests/init/boot/run.sh)
