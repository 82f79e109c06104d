# SPDX-License-Identifier: BSD-2-Clause
prog := domain
src  := main.c
env  := microkit
