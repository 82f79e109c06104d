# SPDX-License-Identifier: BSD-2-Clause
prog  := panic-sink-abort
units := tests/system/panic-sink/main.c
sink  := none
