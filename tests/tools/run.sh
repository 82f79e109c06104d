#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD: what `selkie` prints and returns, against golden/NAME.txt, as TAP tests.
# UPDATE=1 writes the golden files anew: read the difference before you keep it.
set -u
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
unset SEL4_PREFIX
selkie=$build/bin/selkie
loader=$(ls "$build"/*_el1/debug/elf/loader.elf)
count=0

# t NAME 'SENTENCE' COMMAND...: run it, and compare standard output, error and status.
t() {
    name=$1 sentence=$2
    shift 2
    count=$((count + 1))
    {
        "$@" 2> stderr
        status=$?
        echo "-- stderr"
        cat stderr
        echo "-- status $status"
    } 2>&1 | sed "s,$build,BUILD,g; s,$scratch,SCRATCH,g" > got
    [ -z "${UPDATE:-}" ] || cp got "$here/golden/$name.txt"
    if diff "$here/golden/$name.txt" got > difference 2>&1; then
        echo "ok $count - $sentence"
    else
        echo "not ok $count - $sentence ($name)"
        sed 's/^/# /' difference
    fi
}

# A run or an image of one program, with every other file right unless an option says other.
run() {
    program=$1
    shift
    "$selkie" run "$program" --loader "$loader" --dtb kernel.dtb --kernel kernel.elf \
        --board ./board.json "$@"
}

run_prefix() {
    program=$1 prefix=$2
    shift 2
    "$selkie" run "$program" --loader "$loader" --board ./board.json --sel4 "$prefix" "$@"
}

. "$here/inputs.sh"
make_elves
make_prefix
make_boards
make_fakes
. "$here/cases.sh"
. "$here/symbolize.sh"
. "$here/damaged.sh"
. "$here/ends.sh"
echo "1..$count"
