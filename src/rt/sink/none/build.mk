# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-sink-none
src := sink.c
cflags := -Os
