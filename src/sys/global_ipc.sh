#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# global_ipc.sh INCLUDE: writes INCLUDE/global-ipc, the headers that differ where a program has
# one pointer to the IPC buffer, as Microkit has it, and not one a thread. It is to be searched
# first. In the SDK it is the other way round: these are in include, and the others in
# include/thread-ipc.
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

# GNU ld sees that a variable is thread-local on one side only; lld does not, and needs a symbol
# that is in one library only.
cat >> "$1/global-ipc/sel4/macros.h" << 'END'

/* Says at link time which library this object is for. */
__asm__(".pushsection .rodata.sk_ipc,\"aR\",%progbits\n"
        ".xword sk_compiled_without_include_thread_ipc_so_link_lib_without_it\n"
        ".popsection\n");
END
