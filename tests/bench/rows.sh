#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# rows.sh BUILD BOARD [PREFIX-VARIANT]: a table for each folder here with a rows.txt: line n,
# from 0, is what its program does 1000 times between the marks 2n and 2n + 1. Columns are
# kernels, as in run.sh; the figures are instructions, as all (user+kernel).
set -u
build=$1
board=$2
prefix_variant=${3-}
prefix=${SEL4_PREFIX-}
unset SEL4_PREFIX # it is selkie's default kernel; each run here names its own
here=$(dirname "$0")
repeats=1000
. "$here/counter.sh"

# count FOLDER TITLE VARIANT OPTION...: one program on one kernel; its file is added to columns.
count() {
    folder=$1 title=$2 variant=$3
    program=$(sed -n 's/^prog *:= *//p' "$folder/build.mk")
    elf=$build/$variant/tests/bench/$program.elf
    [ -f "$elf" ] || return 0 # the kernel lacks what it needs
    shift 3
    columns=$((columns + 1))
    COUNT_FILE=$work/$program.$columns.counts
    COUNT_ENTRY=0x$(aarch64-linux-gnu-nm "$elf" | sed -n 's/ T _start$//p')
    export COUNT_FILE COUNT_ENTRY
    : > "$COUNT_FILE"
    "$build/bin/selkie" run --qemu "$work/qemu" --deterministic --timeout 120 "$@" "$elf" \
        > "$COUNT_FILE.log" 2>&1 < /dev/null || {
        echo "bench: $title: $program did not end well" >&2
        tail -n 5 "$COUNT_FILE.log" >&2
    }
    { echo "title $title"; cat "$COUNT_FILE"; } > "$COUNT_FILE.titled"
    files="$files $COUNT_FILE.titled"
}

make_counter
for rows in "$here"/*/rows.txt; do
    folder=${rows%/rows.txt}
    files=
    columns=0
    count "$folder" "development debug" "$board/debug"
    count "$folder" "development release" "$board/release"
    if [ -n "$prefix_variant" ]; then
        count "$folder" "real $(basename "$prefix")" "$prefix_variant" --sel4 "$prefix"
    fi
    # shellcheck disable=SC2086 # file names without spaces
    awk -v repeats=$repeats -v "name=$(basename "$folder")" -f "$here/rows.awk" "$rows" $files
done
