#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD VARIANT [SEEDS [FIRST]]: random operations of SEEDS seeds, traced. They run on
# the development kernel and on the host core, and the first of them are compared with real.txt:
# what real seL4 did. With SEL4_PREFIX, and a VARIANT of it, they run on the development kernel
# of its configuration and on that real seL4. Differing seeds run again and their first
# differences are shown. Prints TAP.
#
# DIFFERENTIAL_WITHOUT="LABEL...": leave these invocations out (then not against real.txt).
set -u
build=$1
variant=$2
seeds=${3-20}
first=${4-1}
operations=1000
shown=5
here=$(dirname "$0")
selkie=$build/bin/selkie
elf=$build/$variant/tests/differential.elf
work=$build/logs/differential/$variant
prefix=${SEL4_PREFIX-}
without=${DIFFERENTIAL_WITHOUT-}
unset SEL4_PREFIX # it is selkie's default kernel; each run here names its own
lines='^([A-Za-z_-]+ *op |  (words|done|buffer|event) |    [0-9a-f]|repair|slots|seed|cover'
lines="$lines|calls|type|timeout|spin|end|panic|selkie:|host kernel:|==[0-9]*==ERROR)"
. "$here/../tap.sh"
mkdir -p "$work"

if ! grep -q '"KERNEL_MCS": true' "$build/$variant/gen_config.json"; then
    echo "1..1"
    echo "ok 1 - differential # SKIP the kernel has no MCS scheduling"
    exit 0
fi

# start KERNEL WORDS: the program on it.
start() {
    case $1 in
    # shellcheck disable=SC2086 # several words
    host-core) "$build/asan/bin/differential" $2 ;;
    development) emulate "$2" ;;
    *) emulate "$2" --sel4 "$prefix" ;;
    esac
}

# emulate WORDS OPTION...: a kernel in QEMU.
emulate() {
    words=$1
    shift
    "$selkie" run --deterministic --keep-going --timeout 1800 --args "$words" "$@" "$elf"
}

# boot KERNEL LOG FIRST SEEDS MODE: what the program prints, without what a kernel adds.
boot() {
    start "$1" "$3 $4 $operations $5 $without" 2>&1 < /dev/null | tr -d '\r' |
        grep -a -E "$lines" > "$2"
    grep -q -x end "$2" && ! grep -q ERROR: "$2"
}

hashes() {
    grep '^seed ' "$1"
}

# trace KERNEL SEED: its trace, to work/KERNEL.SEED.trace.
trace() {
    boot "$1" "$work/$1.$2.trace" "$2" 1 1
}

# compare NAME KERNEL1 KERNEL2: the logs of both, by their hashes.
compare() {
    hashes "$work/$2.log" > "$work/$2.hashes"
    hashes "$work/$3.log" > "$work/$3.hashes"
    differing=$(diff "$work/$2.hashes" "$work/$3.hashes" |
                sed -n 's#^[<>] seed \([0-9]*\) .*#\1#p' |
                sort -n -u)
    if [ -z "$differing" ] && [ -s "$work/$2.hashes" ]; then
        result 0 "$1"
        return
    fi
    result 1 "$1"
    echo "# $(echo "$differing" | wc -w) of $seeds seeds differ: $(echo $differing)"
    for seed in $(echo "$differing" | head -n $shown); do
        if [ "$3" != real.txt ]; then
            trace "$2" "$seed"
            trace "$3" "$seed"
            awk -f "$here/compare.awk" "seed $seed" "$work/$2.$seed.trace" \
                "$work/$3.$seed.trace" | sed 's/^/# /'
        fi
    done
}

# all KERNEL: run all seeds, and say how it ended.
all() {
    start=$(date +%s)
    if boot "$1" "$work/$1.log" "$first" "$seeds" 0; then
        result 0 "$seeds seeds of $operations operations run on $1"
        echo "# $(($(date +%s) - start)) s"
    else
        result 1 "$seeds seeds of $operations operations run on $1"
        tail -n 3 "$work/$1.log" | sed 's/^/# /'
    fi
}

# invariants: the host core is checked after each system call, which takes its time.
invariants() {
    if boot host-core "$work/checked.log" "$first" $((seeds < 50 ? seeds : 50)) 2; then
        result 0 "the host core keeps the invariants of kernel/core/check.h"
    else
        result 1 "the host core keeps the invariants of kernel/core/check.h"
        tail -n 3 "$work/checked.log" | sed 's/^/# /'
    fi
}

all development
case $variant in
*/sel4-*)
    all real-seL4
    compare "both kernels do the same" real-seL4 development
    ;;
*)
    all host-core
    sh "$here/tables.sh" "$work/host-core.log"
    compare "the host core does the same" development host-core
    invariants
    if [ "$first" = 1 ] && [ -z "$without" ]; then
        grep '^seed ' "$here/real.txt" | head -n "$seeds" > "$work/real.txt.log"
        seeds=$(wc -l < "$work/real.txt.log")
        for kernel in development host-core; do
            hashes "$work/$kernel.log" | head -n "$seeds" > "$work/$kernel.first.log"
            compare "$kernel: what real seL4 did (real.txt)" "$kernel.first" real.txt
        done
    fi
    ;;
esac
echo "1..$count"
