# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-sink-debug
src.PRINTING    := sink.c
src.no-PRINTING := unavailable.c
cflags := -Os -fno-sanitize=null,alignment,object-size,pointer-overflow
