#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD BOARD [PREFIX-VARIANT]: measures and prints the table that README.md explains.
# With SEL4_PREFIX set, PREFIX-VARIANT is its build; the installed kernel gets a column, and the
# development kernel of the same configuration another.
set -u
build=$1
board=$2
prefix_variant=${3-}
prefix=${SEL4_PREFIX-}
unset SEL4_PREFIX # it is selkie's default kernel; each run here names its own
here=$(dirname "$0")
selkie=$build/bin/selkie
repeats=1000 # COUNT of calls/main.c
wall_runs=5
. "$here/counter.sh"

# What goes wrong on one kernel costs that kernel's figures, not the table.
note() {
    echo "bench: $title $subtitle: $1" >&2
}

# count COLUMN VARIANT OPTION...: instructions of boot and calls, to $work/COLUMN.counts.
count() {
    elf=$build/$2/tests/bench/calls.elf
    COUNT_FILE=$work/$1.counts
    : > "$COUNT_FILE"
    if [ ! -f "$elf" ]; then
        note "no instruction counts; they need a kernel with KERNEL_MCS"
        return
    fi
    COUNT_ENTRY=0x$(aarch64-linux-gnu-nm "$elf" | sed -n 's/ T _start$//p')
    export COUNT_FILE COUNT_ENTRY
    shift 2
    "$selkie" run --qemu "$work/qemu" --deterministic --timeout 120 "$@" "$elf" \
        > "$COUNT_FILE.log" 2>&1 || {
        note "calls.elf did not end well; what it did not reach is missing below"
        tail -n 5 "$COUNT_FILE.log" >&2
    }
}

# The best of several runs of hello, in milliseconds.
wall() {
    elf=$build/$1/examples/hello.elf
    best=999999
    shift
    for _ in $(seq $wall_runs); do
        start=$(date +%s%N)
        "$selkie" run --timeout 60 "$@" "$elf" > /dev/null 2>&1 || {
            note "hello did not end well"
            return
        }
        took=$((($(date +%s%N) - start) / 1000000))
        [ "$took" -ge "$best" ] || best=$took
    done
    echo "wall $best"
}

# Code, constants and data of a program.
size_of() {
    aarch64-linux-gnu-size "$1" | awk 'NR == 2 { print $1 + $2 }'
}

# column NAME TITLE SUBTITLE VARIANT OPTION...: measure one kernel, to $work/NAME.column.
column() {
    name=$1 title=$2 subtitle=$3 variant=$4
    shift 4
    printf 'title %s\nsubtitle %s\n' "$title" "$subtitle" > "$work/$name.column"
    count "$name" "$variant" "$@"
    awk -v repeats=$repeats -f "$here/counts.awk" "$work/$name.counts" >> "$work/$name.column"
    wall "$variant" "$@" >> "$work/$name.column"
    for program in examples/hello tests/bench/hello-plain; do
        elf=$build/$variant/$program.elf
        echo "size-${program##*/} $(size_of "$elf")" >> "$work/$name.column"
    done
    columns="$columns $work/$name.column"
}

make_counter
columns=
column debug development debug "$board/debug"
column release development release "$board/release"
if [ -n "$prefix_variant" ]; then
    config=$(basename "$prefix")
    if [ -f "$build/$prefix_variant/elf/sel4.elf" ]; then
        column same development "$config" "$prefix_variant"
    fi
    column real "real seL4" "$config" "$prefix_variant" --sel4 "$prefix"
fi
# shellcheck disable=SC2086 # file names without spaces
awk -f "$here/table.awk" $columns "$here/yardstick.txt"
echo
SEL4_PREFIX=$prefix sh "$here/rows.sh" "$@"
