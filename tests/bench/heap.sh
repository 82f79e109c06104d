#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# heap.sh BUILD BOARD: what the general heap costs in instructions and memory.
# heap/yardstick.txt has musl's figures; README.md says how they were made.
set -u
build=$1
board=$2
variant=$build/$board/release
here=$(dirname "$0")
unset SEL4_PREFIX
. "$here/counter.sh"

make_counter
elf=$variant/tests/bench/heap.elf
COUNT_FILE=$work/heap.counts
COUNT_ENTRY=0x$(aarch64-linux-gnu-nm "$elf" | sed -n 's/ T _start$//p')
export COUNT_FILE COUNT_ENTRY
: > "$COUNT_FILE"
"$build/bin/selkie" run --qemu "$work/qemu" --deterministic --timeout 120 "$elf" \
    > "$COUNT_FILE.log" 2>&1 || {
    tail -n 5 "$COUNT_FILE.log" >&2
    fail "heap.elf did not end well"
}
tr -d '\r' < "$COUNT_FILE.log" | cat - "$COUNT_FILE" | awk '
FILENAME != "-" { yardstick[$1] = $2; next }
$1 == "mark" { user[$2] = $3 }
NF == 2 { value[$1] = $2 }
END {
    value["trace"] = (user[1] - user[0]) / value["steps"]
    value["pair"] = (user[2] - user[1]) / 1000
    printf "%-64s %10s %10s\n", "the general heap", "ours", "musl 1.2.3"
    row("pair", "malloc(64) and free, instructions")
    row("trace", "an operation of the trace, instructions, the player included")
    row("most", "the most bytes the trace has at one time")
    row("needed", "bytes of heap it needs for that")
}
function row(name, text) {
    printf "%-64s %10d %10s\n", text, value[name] + 0.5, yardstick[name]
}' "$here/heap/yardstick.txt" -
