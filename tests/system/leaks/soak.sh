#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# soak.sh BUILD VARIANT: the long form: 10,000 processes and 100,000 threads, on the development
# kernel or, with SEL4_PREFIX and its VARIANT, on that real seL4. Prints TAP.
set -u
build=$1 variant=$2
elf=$build/$variant/tests/system/leaks.elf
log=$build/logs/soak-leaks.log
mkdir -p "$build/logs"
echo "1..1"
"$build/bin/selkie" run --keep-going --timeout 1200 --args "10000 100000" "$elf" < /dev/null \
    2>&1 | tr -d '\r' | grep -a -v '<<' > "$log"
if grep -q '^100000 threads$' "$log" && grep -q 'frames, 0 could not;' "$log"; then
    echo "ok 1 - $(grep 'are free, as before' "$log")"
else
    echo "not ok 1 - 10,000 processes and 100,000 threads leave everything free"
    tail -n 5 "$log" | sed 's/^/# /'
fi
