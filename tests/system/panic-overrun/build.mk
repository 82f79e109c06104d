# SPDX-License-Identifier: BSD-2-Clause
prog  := panic-overrun
units := tests/system/handled-overrun/main.c
panic := unwind
fault := panic
