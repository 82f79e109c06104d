#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD VARIANT [WORD...]: the conformance tests of VARIANT (<board>/<config>), on the
# development kernel; a variant of SEL4_PREFIX runs on that kernel, and then on the development
# kernel of the same configuration. WORDs choose tests by name. Prints TAP.
set -u
build=$1
variant=$2
shift 2
here=$(dirname "$0")
selkie=$build/bin/selkie
elf=$build/$variant/tests/conformance.elf
work=$build/logs/conformance/$variant
prefix=${SEL4_PREFIX-}
unset SEL4_PREFIX # it is selkie's default kernel; each run here names its own
mkdir -p "$work"

if ! grep -q '"KERNEL_MCS": true' "$build/$variant/gen_config.json"; then
    echo "1..1"
    echo "ok 1 - conformance # SKIP the kernel has no MCS scheduling"
    exit 0
fi

# What the program prints: TAP, the list of tests, and what they reach.
lines='^(ok|not ok|1\.\.|# |Bail out!|selkie:|cover |[a-z_0-9]+/[a-z_0-9]+: )'

# boot KERNEL LOG WORD...: what the program prints, without what a debug kernel adds.
boot() {
    kernel=$1
    log=$2
    shift 2
    set -- "$kernel" "$log" "$*"
    case $kernel in
    real-seL4) set -- "$@" --sel4 "$prefix" ;;
    esac
    words=$3
    shift 3
    # A debug kernel reports the faults that tests make: the run goes on.
    "$selkie" run --deterministic --keep-going --timeout 300 --args "$words" "$@" \
        "$elf" > "$log.all" 2>&1 < /dev/null
    status=$?
    tr -d '\r' < "$log.all" | grep -a -E "$lines" > "$log"
    return "$status"
}

# Each test of broken.c must have its verdict: the start of its remark.
verdicts() {
    cat << END
fails_a_check tests/conformance/broken.c:*expected 3*
is_refused tests/conformance/broken.c:*seL4_IllegalOperation*expected seL4_NoError
is_not_refused tests/conformance/broken.c:*seL4_NoError*expected seL4_RangeError
expects_other_words tests/conformance/broken.c:*message register 1 is 64*
panics panic: tests/conformance/broken.c:*
reads_from_nowhere fault: VM fault in the test's thread*
executes_an_undefined_instruction fault: user exception in the test's thread*
receives_on_nothing fault: cap fault in the test's thread*
waits_for_ever hang:*
spins_for_ever hang:*
suspends_itself hang:*
loses_the_way_to_the_supervisor fault: user exception in the test's thread*
uses_up_its_slots *the test has no slot left*
fails_in_another_thread tests/conformance/broken.c:*expected 3*
faults_in_another_thread fault: VM fault in thread 0*
spins_in_a_thread_of_high_priority hang:*
END
}

# check_broken LOG: print what differs from verdicts.
check_broken() {
    verdicts | while read -r name pattern; do
        remark=$(grep -a -A1 "^not ok [0-9]* - broken/$name\$" "$1" | sed -n 's/^# //p')
        # shellcheck disable=SC2254 # the pattern is one
        case $remark in
        $pattern) ;;
        *) echo "# broken/$name: \"$remark\", expected \"$pattern\"" ;;
        esac
    done
    count=$(verdicts | wc -l)
    grep -q -x "# 0 passed, $count failed" "$1" || echo "# not all of broken/ ended"
}

# result NAME WHY: the next test of the suite, which failed if there is a WHY.
result() {
    number=$((number + 1))
    if [ -z "$2" ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        echo "$2" | sed 's/^\(# \)*/# /'
    fi
}

# suite KERNEL: all tests, and then those that must end badly.
suite() {
    base=$work/$1
    echo "# on $1"
    boot "$1" "$base.log" --cover
    sed '/^1\.\.[0-9]*$/d; /^cover /d' "$base.log"
    planned=$(sed -n 's/^1\.\.//p' "$base.log")
    number=${planned:-0}
    result framework/checks_each_documented_result "$(awk -f "$here/cells.awk" \
        "$here/unreachable.txt" "$build/$variant/include/interfaces/sel4_client.h" "$base.log")"
    boot "$1" "$base.broken.log" broken/
    result framework/notices_each_bad_end "$(check_broken "$base.broken.log")"
    echo "1..$number"
}

case $variant in
*/sel4-*) kernels="real-seL4" ;;
*) kernels="development-kernel" ;;
esac

if [ "$#" -ne 0 ]; then
    boot "$kernels" "$work/chosen.log" "$@"
    status=$?
    cat "$work/chosen.log"
    exit "$status"
fi
if [ "$kernels" = real-seL4 ] && [ -f "$build/$variant/elf/sel4.elf" ]; then
    kernels="$kernels development-kernel"
fi
for kernel in $kernels; do
    suite "$kernel"
done
