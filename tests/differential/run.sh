#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD VARIANT [SEEDS [FIRST]]: random operations of SEEDS seeds, traced. On the
# development kernel they run twice, and must be the same; with SEL4_PREFIX, and a VARIANT of
# it, once on that real seL4 too. Without it the first seeds are compared with real.txt: what
# real seL4 did. Differing seeds run again and their first differences are shown. Prints TAP.
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
lines='^([A-Za-z_-]+ *op |  (words|done|buffer|event) |    [0-9a-f]|repair|seed|cover|calls'
lines="$lines|timeout|spin|end|panic|selkie:)"
count=0
mkdir -p "$work"

if ! grep -q '"KERNEL_MCS": true' "$build/$variant/gen_config.json"; then
    echo "1..1"
    echo "ok 1 - differential # SKIP the kernel has no MCS scheduling"
    exit 0
fi

# boot KERNEL LOG FIRST SEEDS MODE: what the program prints, without what a kernel adds.
boot() {
    words="$3 $4 $operations $5 $without"
    case $1 in
    real*) set -- "$1" "$2" --sel4 "$prefix" ;;
    *) set -- "$1" "$2" ;;
    esac
    log=$2
    shift 2
    "$selkie" run --deterministic --keep-going --timeout 1800 --args "$words" "$@" \
        "$elf" 2>&1 < /dev/null | tr -d '\r' |
        grep -a -E "$lines" \
        > "$log"
    grep -q -x end "$log"
}

result() {
    count=$((count + 1))
    echo "$1 $count - $2"
}

hashes() {
    grep '^seed ' "$1"
}

# both KERNEL SEED: its trace, to work/KERNEL.SEED.trace.
trace() {
    boot "$1" "$work/$1.$2.trace" "$2" 1 1
}

# The table of operations by result, and what it lacks.
coverage() {
    echo "# operation: made, then by result: 0 none, 1 argument, 2 capability,"
    echo "#   3 illegal operation, 4 range, 5 alignment, 6 failed lookup, 7 truncated message,"
    echo "#   8 delete first, 9 revoke first, 10 not enough memory"
    grep '^cover ' "$1" | awk '{
        printf "# %-30s %6d |", $2, $3
        for (i = 4; i <= NF; i++) printf " %5d", $i
        print ""
    }'
    echo "# system calls: made, returned"
    grep '^calls ' "$1" | awk '{ printf "# %-30s %6d | %5d\n", $2, $3, $4 }'
}

# compare NAME KERNEL1 KERNEL2: the logs of both, by their hashes.
compare() {
    hashes "$work/$2.log" > "$work/$2.hashes"
    hashes "$work/$3.log" > "$work/$3.hashes"
    differing=$(diff "$work/$2.hashes" "$work/$3.hashes" |
                sed -n 's#^[<>] seed \([0-9]*\) .*#\1#p' |
                sort -n -u)
    if [ -z "$differing" ] && [ -s "$work/$2.hashes" ]; then
        result ok "$1"
        return
    fi
    result "not ok" "$1"
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
        result ok "$seeds seeds of $operations operations run on $1"
        echo "# $(($(date +%s) - start)) s"
    else
        result "not ok" "$seeds seeds of $operations operations run on $1"
        tail -n 3 "$work/$1.log" | sed 's/^/# /'
    fi
}

all development
case $variant in
*/sel4-*)
    all real-seL4
    coverage "$work/real-seL4.log"
    compare "both kernels do the same" real-seL4 development
    ;;
*)
    coverage "$work/development.log"
    cp "$work/development.log" "$work/first.log"
    all development
    if cmp -s "$work/first.log" "$work/development.log"; then
        result ok "two runs are the same"
    else
        result "not ok" "two runs are the same"
    fi
    if [ "$first" = 1 ] && [ -z "$without" ]; then
        grep '^seed ' "$here/real.txt" | head -n "$seeds" > "$work/real.txt.log"
        seeds=$(wc -l < "$work/real.txt.log")
        head -n "$seeds" "$work/first.log" | cp /dev/stdin "$work/development.log"
        compare "the kernel does what real seL4 did (real.txt)" development real.txt
    fi
    ;;
esac
echo "1..$count"
