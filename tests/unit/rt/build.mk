# SPDX-License-Identifier: BSD-2-Clause
src := format_test.c
units := src/rt/format.c src/rt/format_buffer.c
