# SPDX-License-Identifier: BSD-2-Clause
prog    := float
src     := main.c
uses    := selkie-float
ldflags := -Wl,-u,sk_format_float
