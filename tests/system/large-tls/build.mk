# SPDX-License-Identifier: BSD-2-Clause
prog := large-tls
src  := main.c
