#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD VARIANT: puts a system behind the real initialiser and boots it, and then the
# same with something wrong. Prints TAP. A variant of an installed kernel (SEL4_PREFIX) runs on
# that kernel, and then on the development kernel of the same configuration.
set -u
build=$1
variant=$2
here=$(dirname "$0")
selkie=$build/bin/selkie
config=$build/$variant/gen_config.json
initialiser=$build/$variant/elf/initialiser.elf
domain=$build/$variant/tests/init/init-domain.elf
work=$build/logs/init/$variant
case $variant in
*/sel4-*) prefix=$SEL4_PREFIX ;;
*) prefix= ;; # what is built for another kernel does not run there
esac
unset SEL4_PREFIX # it is selkie's default kernel; each run here names its own
. "$here/../tap.sh"
mkdir -p "$work"

if ! grep -q '"KERNEL_MCS": true' "$config"; then
    echo "1..1"
    echo "ok 1 - init # SKIP the kernel has no MCS scheduling"
    exit 0
fi

# boot NAME DAMAGE OPTION...: compose and run; the status is the program's, the console in $log.
boot() {
    image=$build/$variant/tests/init/image-$1.elf
    log=$work/$1.log
    damage=$2
    shift 2
    if [ "$damage" = none ]; then
        cp "$initialiser" "$image"
    else
        # shellcheck disable=SC2086 # no word at all if nothing is to be damaged
        "$build/asan/bin/init-image" "$initialiser" "$domain" "$image" $damage > "$log" 2>&1 ||
            return 126
    fi
    "$selkie" run --deterministic --timeout 60 "$@" "$image" > "$log" 2>&1 < /dev/null
    status=$?
    rm -f "$image"
    return $status
}

# whole HOW OPTION...: does the system run, and say what it should?
whole() {
    how=$1
    shift
    boot whole "$how" "$@" || return 1
    tr -d '\r' < "$log" | grep '^init-domain:' | diff "$here/expect.txt" - || return 1
    ! grep -q '"PRINTING": true' "$config" ||
        grep -Eq '^initialiser: 6 threads, [0-9]+ kernel calls, [0-9]+ of them retypes' "$log"
}

# refused DAMAGE TEXT OPTION...: does the initialiser say so, and end with 125?
refused() {
    damage=$1
    text=$2
    shift 2
    boot "$damage" "$damage" "$@"
    status=$?
    tr -d '\r' < "$log" | grep -E "^initialiser: error: $text\$" > /dev/null || status=1
    [ $status -eq 125 ] && ! grep -q '^init-domain:' "$log"
}

# try NAME COMMAND...: one test.
try() {
    name=$1
    shift
    "$@"
    status=$?
    tap_log=$log
    result $status "$name"
}

# small: does it keep within its budget? Words in place of numbers are a debug kernel's.
small() {
    log=$work/size.log
    aarch64-linux-gnu-size "$initialiser" > "$log"
    [ "$(awk 'NR == 2 { print $1 + $2 }' "$log")" -le 16384 ]
}

# on KERNEL OPTION...: all tests on it.
on() {
    kernel=$1
    shift
    try "a system runs, $kernel" whole "" "$@"
    if grep -q '"NUM_DOMAINS": "1"' "$config"; then
        skip "a system in another domain runs, $kernel" "the kernel has one domain"
    else
        try "a system in another domain runs, $kernel" whole domains "$@"
    fi
    try "an initialiser alone says so, $kernel" \
        refused none 'header, record 0: (there is no specification|problem 0)' "$@"
    try "another block is refused, $kernel" \
        refused magic 'header, record 0: (there is no specification|problem 0)' "$@"
    try "one for another kernel is refused, $kernel" \
        refused platform 'header, record 0: (it was made for another kernel|problem 4)' "$@"
    try "a wrong record is named, $kernel" \
        refused record 'tables, record 4, byte 16: (there is no such object|problem 9)' "$@"
    try "what the kernel refuses is named, $kernel" \
        refused kernel 'tables, record 8: (PageTable_Map|call 3): error 8( .*)?' "$@"
}

if grep -q '"DEBUG_BUILD": true' "$config"; then
    skip "the initialiser has at most 16 KiB of code and data" "the kernel is a debug one"
else
    try "the initialiser has at most 16 KiB of code and data" small
fi
if [ -n "$prefix" ]; then
    on "real seL4" --sel4 "$prefix"
fi
if [ -f "$build/$variant/elf/sel4.elf" ]; then
    on "development kernel"
fi
echo "1..$count"
