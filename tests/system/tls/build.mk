# SPDX-License-Identifier: BSD-2-Clause
prog := tls
src  := main.c
