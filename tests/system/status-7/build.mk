# SPDX-License-Identifier: BSD-2-Clause
prog := status-7
src  := main.c
