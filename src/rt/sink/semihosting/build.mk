# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-sink-semihosting
src := sink.c
cflags := -Os -fno-sanitize=null,alignment,object-size,pointer-overflow
