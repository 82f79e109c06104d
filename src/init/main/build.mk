# SPDX-License-Identifier: BSD-2-Clause
prog   := initialiser
src    := main.c report.c
src.DEBUG_BUILD    := told.c
src.no-DEBUG_BUILD := quiet.c
uses   := selkie-init
fault  := none
needs  := KERNEL_MCS
cflags := -Os -fomit-frame-pointer -fno-stack-protector -ftrivial-auto-var-init=uninitialized \
          -fno-sanitize=null,alignment,object-size,pointer-overflow
ldflags := -Wl,-z,norelro
