# SPDX-License-Identifier: BSD-2-Clause
prog  := sink-pl011
units := tests/system/sink/main.c
sink  := pl011
