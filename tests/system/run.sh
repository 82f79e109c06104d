#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD VARIANT: boots every example and every program of tests/system that VARIANT
# (<board>/<config>) has, and compares output and status with what README.md calls the
# expectation. Prints TAP. A variant of an installed kernel (SEL4_PREFIX) runs on that kernel,
# and then on the development kernel of the same configuration.
set -u
build=$1
variant=$2
here=$(dirname "$0")
root=$here/../..
selkie=$build/bin/selkie
config=$build/$variant/gen_config.json
work=$build/logs/system/$variant
prefix=${SEL4_PREFIX-}
unset SEL4_PREFIX # it is selkie's default kernel; each run here names its own
count=0
mkdir -p "$work"

# has SYMBOL: does the variant's kernel configuration have it?
has() {
    grep -q "\"$1\": true" "$config"
}

# The value of a variable of a build.mk.
value() {
    sed -n "s/^$2 *:= *//p" "$1/build.mk"
}

# expectation FOLDER KIND: its file, the one for kernels without debugging, or the one for real
# seL4, if there is one.
expectation() {
    if ! has DEBUG_BUILD && [ -f "$1/$2.release.txt" ]; then
        echo "$1/$2.release.txt"
    elif [ "$kernel" = "real seL4" ] && [ -f "$1/$2.real.txt" ]; then
        echo "$1/$2.real.txt"
    else
        echo "$1/$2.txt"
    fi
}

ok() {
    count=$((count + 1))
    echo "ok $count - $1"
}

not_ok() {
    count=$((count + 1))
    echo "not ok $count - $1"
    sed 's/^/# /' "$2"
}

# run ELF LOG OPTION...: the status is the program's.
run() {
    elf=$1
    log=$2
    shift 2
    "$selkie" run --deterministic --timeout 60 "$@" "$elf" > "$log" 2>&1 < /dev/null
}

# converse SCRIPT ELF LOG OPTION...: the same with somebody at the serial line (talk.sh). When
# he types is up to this machine, so nothing is deterministic; and with -icount QEMU hears
# nobody while an idle guest has no timer set, as with MCS.
converse() {
    script=$1
    elf=$2
    log=$3
    shift 3
    rm -f "$work/line"
    mkfifo "$work/line" || exit 125
    : > "$log"
    sh "$here/talk.sh" "$script" "$log" > "$work/line" &
    "$selkie" run --timeout 60 "$@" "$elf" > "$log" 2>&1 < "$work/line"
    status=$?
    kill $! 2> /dev/null # it waits for something that was not said
    wait $! 2> /dev/null
    return "$status"
}

# judge FOLDER LOG STATUS: what is wrong goes to standard output.
judge() {
    want=0
    file=$(expectation "$1" status)
    [ ! -f "$file" ] || read -r want < "$file"
    [ "$3" -eq "$want" ] || echo "status $3, expected $want"
    if [ -f "$(expectation "$1" expect)" ]; then
        awk -f "$here/match.awk" "$(expectation "$1" expect)" "$2"
    else
        echo "there is no $1/expect.txt to compare with"
    fi
    if [ -f "$1/absent.txt" ] && grep -F -f "$1/absent.txt" "$2" > /dev/null; then
        echo "printed what absent.txt forbids: $(grep -F -f "$1/absent.txt" "$2" | head -n 1)"
    fi
}

# try FOLDER HOME KERNEL OPTION...: one program on one kernel.
try() {
    folder=$1
    if [ -n "$(value "$folder" system)" ]; then
        try_system "$@"
        return
    fi
    program=$(value "$folder" prog)
    elf=$build/$variant/$2/$program.elf
    kernel=$3
    shift 3
    log=$work/$program.${kernel%% *}.log
    for need in $(value "$folder" needs); do
        if ! has "$need"; then
            ok "$program # SKIP the kernel has no $need"
            return
        fi
    done
    options=$(expectation "$folder" options)
    if [ -f "$options" ]; then
        # shellcheck disable=SC2046 # one option a word
        set -- "$@" $(cat "$options")
    fi
    if [ -f "$folder/talk.txt" ]; then
        converse "$folder/talk.txt" "$elf" "$log" "$@"
    else
        run "$elf" "$log" "$@"
    fi
    judge "$folder" "$log" $? > "$log.why"
    if [ -s "$log.why" ]; then
        tail -n 25 "$log" >> "$log.why"
        not_ok "$program on $kernel" "$log.why"
    else
        ok "$program on $kernel"
    fi
}

. "$here/systems.sh"

# Two runs must not differ by a byte.
try_twice() {
    elf=$build/$variant/examples/$1.elf
    kernel=$2
    shift 2
    run "$elf" "$work/first.log" "$@" && run "$elf" "$work/second.log" "$@"
    status=$?
    name="two runs of $(basename "$elf" .elf) on $kernel print the same bytes"
    if [ "$status" -eq 0 ] &&
        cmp "$work/first.log" "$work/second.log" > "$work/cmp.log" 2>&1; then
        ok "$name"
    else
        echo "status $status" >> "$work/cmp.log"
        not_ok "$name" "$work/cmp.log"
    fi
}

# all KERNEL OPTION...
all() {
    for folder in "$root"/examples/*/ "$here"/*/; do
        folder=${folder%/}
        [ -f "$folder/build.mk" ] || continue # sources that others share
        case $folder in
        "$root"/examples/*) try "$folder" examples "$@" ;;
        *) try "$folder" tests/system "$@" ;;
        esac
    done
    if has KERNEL_MCS; then
        try_twice root-task "$@"
    else
        try_twice hello "$@"
    fi
}

case $variant in
*/sel4-*)
    all "real seL4" --sel4 "$prefix"
    [ ! -f "$build/$variant/elf/sel4.elf" ] || all "development kernel"
    try_contents "${variant%/*}/$(has DEBUG_BUILD && echo debug || echo release)"
    ;;
*)
    all "development kernel"
    ;;
esac
echo "1..$count"
