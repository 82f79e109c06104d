#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD VARIANT [CALLS] [SEED]: so many random system calls, on the development kernel;
# with SEL4_PREFIX, and a VARIANT of it, on that real seL4 too. Prints TAP.
set -u
build=$1
variant=$2
calls=${3-100000}
seed=${4-1}
selkie=$build/bin/selkie
elf=$build/$variant/tests/hostile.elf
work=$build/logs/hostile/$variant
prefix=${SEL4_PREFIX-}
unset SEL4_PREFIX # it is selkie's default kernel; each run here names its own
count=0
mkdir -p "$work"

if ! grep -q '"KERNEL_MCS": true' "$build/$variant/gen_config.json"; then
    echo "1..1"
    echo "ok 1 - hostile # SKIP the kernel has no MCS scheduling"
    exit 0
fi

# attack KERNEL OPTION...: the kernel must live until the supervisor ends the run.
attack() {
    name=$1
    log=$work/$name.log
    shift
    start=$(date +%s%N)
    # Of what a debug kernel says of each refused call, nothing is kept.
    "$selkie" run --deterministic --keep-going --timeout $((60 + calls / 5000)) \
        --args "$calls $seed" "$@" "$elf" 2>&1 < /dev/null | tr -d '\r' |
        grep -a -E '^(alive|hostile|panic|selkie):' > "$log"
    ms=$((($(date +%s%N) - start) / 1000000))
    count=$((count + 1))
    if grep -q 'the supervisor ends the run' "$log"; then
        echo "ok $count - $name survives $calls random calls"
    else
        echo "not ok $count - $name survives $calls random calls"
    fi
    sed 's/^/# /' "$log"
    made=$(sed -n 's/^hostile:.* after \([0-9]*\) calls$/\1/p' "$log")
    [ -z "$made" ] ||
        echo "# seed $seed: $made calls, $ms ms, $((made * 1000 / ms)) a second"
}

attack development
case $variant in
*/sel4-*) attack real-seL4 --sel4 "$prefix" ;;
esac
echo "1..$count"
