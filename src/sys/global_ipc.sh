#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# global_ipc.sh INCLUDE: writes INCLUDE/global-ipc, the headers that differ where a program has one
# pointer to the IPC buffer, as Microkit has it, and not one a thread. It is to be searched first.
set -eu
symbol=LIB_SEL4_USE_THREAD_LOCALS
for header in sel4/macros.h sel4/gen_config.h sel4/gen_config.json selkie/config.h; do
    mkdir -p "$1/global-ipc/${header%/*}"
    sed -e 's/^#define LIBSEL4_THREAD_LOCAL .*/#define LIBSEL4_THREAD_LOCAL/' \
        -e "s/^#define SK_CFG_$symbol 1/#define SK_CFG_$symbol 0/" \
        -e "s/^#define CONFIG_$symbol .*/\/* disabled: CONFIG_$symbol *\//" \
        -e "s/\"$symbol\": true/\"$symbol\": false/" \
        "$1/$header" > "$1/global-ipc/$header"
done
