# SPDX-License-Identifier: BSD-2-Clause
prog := sink-semihosting
sink := semihosting
units := tests/system/sink/main.c
