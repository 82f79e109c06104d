#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# microkit.sh BUILD BOARD SDK...: what round trips between domains cost in instructions, by
# libmicrokit and by system calls alone; a table for each SDK.
set -u
build=$1
board=$2
shift 2
here=$(dirname "$0")
unset SEL4_PREFIX MICROKIT_SDK
. "$here/counter.sh"

# program NAME: linked as Microkit's users do.
program() {
    "$sdk/share/toolchain/bin/aarch64-none-elf-gcc" -ffreestanding -O2 -Wall -Werror -nostdlib \
        -static -I"$folder/include" -L"$folder/lib" -T "$folder/lib/microkit.ld" \
        -o "$out/$1.elf" "$here/microkit/$1.c" -lmicrokit || fail "$1.c does not link"
}

# table TITLE: of marks, which are "mark N USER KERNEL".
table() {
    awk -v title="$1" '
    $1 == "mark" { user[$2] = $3; kernel[$2] = $4 }
    END {
        printf "%-40s %18s %18s\n", title, "libmicrokit", "system calls"
        row("protected call, there and back", 0, 2)
        row("notify, and a signal back", 6, 4)
    }
    function one(m) {
        u = (user[m + 1] - user[m]) / 1000
        k = (kernel[m + 1] - kernel[m]) / 1000
        return sprintf("%d (%d+%d)", u + k + 0.5, u + 0.5, k + 0.5)
    }
    function row(text, ours, raw) { printf "%-40s %18s %18s\n", text, one(ours), one(raw) }
    ' "$COUNT_FILE"
}

make_counter
echo "instructions: all (user+kernel)"
for sdk; do
    for folder in "$sdk/board/$board"/*/; do
        config=$(basename "$folder")
        out=$work/microkit-$(basename "$sdk")-$config
        mkdir -p "$out"
        COUNT_FILE=$out/counts
        COUNT_ENTRY=0
        export COUNT_FILE COUNT_ENTRY
        program answer
        program client
        "$sdk/bin/microkit" "$here/microkit/microkit.system" --board "$board" \
            --config "$config" --search-path "$out" -o "$out/image" -r "$out/report" ||
            fail "the system is not composed"
        : > "$COUNT_FILE"
        "$sdk/bin/selkie" run --qemu "$work/qemu" --deterministic --timeout 20 "$out/image" \
            > "$COUNT_FILE.log" 2>&1 < /dev/null || {
            tail -n 5 "$COUNT_FILE.log" >&2
            fail "the system did not end well"
        }
        table "domains, $(basename "$sdk"), $config"
    done
done
echo
