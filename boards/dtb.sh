#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# dtb.sh BOARD.json OUT: the board's device tree, as its QEMU describes it.
set -eu
board=$1 out=$2
binary=$(jq -r .qemu.binary "$board")
set -- $(jq -r '.qemu.args | join(" ")' "$board")
machine=
for arg; do
    shift
    [ "$machine" != next ] || arg=$arg,dtb-randomness=off,dumpdtb=$out.raw
    machine=; [ "$arg" != -machine ] || machine=next
    set -- "$@" "$arg"
done
"$binary" "$@" 2> "$out.log" || { cat "$out.log" >&2; exit 1; }
dtc -q -I dtb -O dtb -o "$out" "$out.raw"
rm -f "$out.raw" "$out.log"
