# SPDX-License-Identifier: BSD-2-Clause
src    := line_test.c
units  := examples/processes/line.c
cflags := -Iexamples/processes
