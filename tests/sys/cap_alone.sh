#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# cap_alone.sh BUILD VARIANT: all objects of cap and sys, and no other, are linked with a start
# file that is not ours, and boot. Prints TAP. A variant of an installed kernel (SEL4_PREFIX)
# boots that kernel.
set -u
here=$(dirname "$0")
build=$1 variant=$2
work=$(mktemp -d) || exit 125
trap 'rm -rf "$work"' EXIT
sel4=
case $variant in
*/sel4-*) sel4="--sel4 $SEL4_PREFIX" ;;
esac
compile=$(cat "$build/$variant/user.flags")
objects="$build/$variant/obj/src/cap/*.o $build/$variant/obj/src/sys/*.o
    $build/$variant/obj/gen/config_note.o"

# The start file is foreign, and has no guard word for stacks. What the compilers ask of a C
# library (memcpy and its like) would be undefined here.
link() {
    # shellcheck disable=SC2086 # lists of words
    $compile -fno-stack-protector -static -nostdlib -nostartfiles -no-pie -Wl,--build-id=none \
        -Wl,-z,max-page-size=4096,-z,noexecstack -Wl,-Ttext-segment=0x400000 \
        "$here/cap_alone.S" "$here/cap_alone.c" $objects -o "$work/alone.elf"
}

boot() {
    # shellcheck disable=SC2086 # one option and its word
    "$build/bin/selkie" run --deterministic --timeout 60 $sel4 "$work/alone.elf" < /dev/null &&
        grep -q "something must be deleted first" "$work/log"
}

if link > "$work/log" 2>&1; then
    echo "ok 1 - cap links with sys alone"
else
    echo "not ok 1 - cap links with sys alone"
    sed 's/^/# /' "$work/log"
fi
if boot > "$work/log" 2>&1; then
    echo "ok 2 - and runs under a foreign start file"
else
    echo "not ok 2 - and runs under a foreign start file"
    tail -n 10 "$work/log" | sed 's/^/# /'
fi
echo "1..2"
