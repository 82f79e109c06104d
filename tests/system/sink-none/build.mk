# SPDX-License-Identifier: BSD-2-Clause
prog := sink-none
sink := none
units := tests/system/sink/main.c
