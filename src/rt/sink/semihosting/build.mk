# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-sink-semihosting
src := sink.c
cflags := -Os
