# SPDX-License-Identifier: BSD-2-Clause
src     := float_test.c
units   := src/rt/format.c src/rt/format_buffer.c src/rt/float/float.c src/rt/float/decimal.c
ldflags := -lm
