#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# record.sh BUILD VARIANT [SEEDS]: write real.txt anew, by the real seL4 of SEL4_PREFIX. Needed
# when the operations change: any edit of what they are made from gives other seeds.
set -u
build=$1
variant=$2
seeds=${3-50}
here=$(dirname "$0")
prefix=${SEL4_PREFIX:?names the real seL4}
unset SEL4_PREFIX

{
    echo "# SPDX-License-Identifier: BSD-2-Clause"
    echo "# Seed, operations, hash of the trace, on real seL4. Written by record.sh."
    "$build/bin/selkie" run --deterministic --keep-going --timeout 1800 \
        --args "1 $seeds 1000 0" --sel4 "$prefix" "$build/$variant/tests/differential.elf" \
        2> /dev/null < /dev/null | tr -d '\r' | grep -a '^seed '
} > "$here/real.txt"
