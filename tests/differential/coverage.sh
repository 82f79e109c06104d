#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# coverage.sh BUILD VARIANT [SEEDS]: run random operations on the host core and the conformance
# suite of VARIANT, which has debug output, on the development kernel. Whatever an invocation
# answers in the suite it must answer in one of the seeds. Prints the tables, and TAP.
set -u
build=$1
variant=$2
seeds=${3-1000}
here=$(dirname "$0")
work=$build/logs/differential/coverage
unset SEL4_PREFIX
mkdir -p "$work"

"$build/asan/bin/differential" 1 "$seeds" > "$work/host.log" 2>&1
"$build/bin/selkie" run --deterministic --keep-going --timeout 300 \
    "$build/$variant/tests/conformance.elf" 2>&1 < /dev/null |
    tr -d '\r' > "$work/conformance.log"
sh "$here/tables.sh" "$work/host.log"
awk -f "$here/coverage.awk" "$here/unreached.txt" "$work/conformance.log" "$work/host.log" \
    > "$work/result"
cat "$work/result"
echo "1..$(grep -c -E '^(not )?ok ' "$work/result")"
