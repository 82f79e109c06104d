# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-float
src := float.c decimal.c
cflags := -Os -fno-sanitize=null,alignment,object-size,pointer-overflow
