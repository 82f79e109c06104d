# SPDX-License-Identifier: BSD-2-Clause
prog := guard-page
src  := main.c
fault := none
