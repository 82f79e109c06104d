#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# compare.sh BUILD VARIANT: does `selkie size --needs` say of a program what starting it takes?
# Prints TAP.
set -u
build=$1 variant=$2
selkie=$build/bin/selkie
tests=$build/$variant/tests/system
work=$build/logs/needs
unset SEL4_PREFIX
mkdir -p "$work"
echo "1..1"
"$selkie" run --deterministic --timeout 60 "$tests/needs.elf" < /dev/null 2>&1 | tr -d '\r' |
    sed -n 's/^taken //p' > "$work/taken"
"$selkie" size --needs "$tests/process/child.elf" |
    sed -n 's/^\(objects\|slots\|bytes\)  */\1 /p' > "$work/said"
if [ -s "$work/taken" ] && diff "$work/said" "$work/taken" > "$work/difference"; then
    echo "ok 1 - what selkie size --needs says is what is taken: $(tr '\n' ' ' < "$work/said")"
else
    echo "not ok 1 - what selkie size --needs says is what is taken"
    sed 's/^/# /' "$work/difference"
fi
