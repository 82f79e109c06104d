#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# stubs.sh INCLUDE_DIR [COMPILER...]: what raw stubs do to memory, read from their disassembly.
# An invocation with at most four words and no capability leaves the IPC buffer alone unless it
# fails; others write the slots they must and nothing else. Prints TAP. AArch64 only.
set -u
here=$(dirname "$0")
include=$1
shift
. "$here/isa.sh"
isa=$(isa_of "$include") || exit 125
if [ "$isa" != aarch64 ]; then
    echo "$include: error: stubs are only checked for aarch64, not $isa" >&2
    exit 125
fi
if [ $# -eq 0 ]; then
    set -- "$isa-linux-gnu-gcc" "clang --target=$isa-linux-gnu"
fi
work=$(mktemp -d) || exit 125
trap 'rm -rf "$work"' EXIT

sources=$here/stubs.c
if grep -q '^#define CONFIG_KERNEL_MCS ' "$include/kernel/gen_config.h"; then
    sources="$sources $here/stubs_mcs.c"
fi

failed=0
for cc; do
    for source in $sources; do
        object=$work/stubs.o
        $cc -std=gnu2x -O2 -ffreestanding -fno-pic -Wall -Wextra -Werror -I"$include" \
            -c "$source" -o "$object" || exit 1
        "$isa-linux-gnu-objdump" -d --no-show-raw-insn "$object" > "$work/code"
        awk -f "$here/stubs.awk" "$source" "$work/code" > "$work/tap" || failed=1
        sed "/^1\.\./d; s/^\(ok\|not ok\) [0-9]* -/\1 - ${cc%% *}:/" "$work/tap"
    done
done > "$work/all"
awk '/^(ok|not ok) / { sub(/ok -/, "ok " ++n " -") }
    { print }
    END { print "1.." n + 0 }' "$work/all"
[ "$failed" -eq 0 ]
