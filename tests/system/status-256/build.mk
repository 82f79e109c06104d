# SPDX-License-Identifier: BSD-2-Clause
prog := status-256
src  := main.c
