# SPDX-License-Identifier: BSD-2-Clause
prog  := overrun-pl011
units := tests/system/handled-overrun/main.c
fault := handler
sink  := pl011
