#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# For selkie run --qemu: QEMU, with the words of PROGRAM_WORDS as the program's arguments.
exec qemu-system-aarch64 "$@" -append "$PROGRAM_WORDS"
