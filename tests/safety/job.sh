#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# job.sh FILE: all that is asked about one case, for run.sh, which exports work, here, build,
# elf, kernel, gcc and clang. What the compilers, seL4 and the sanitizers said goes to
# $work/NAME.*; $work/NAME.found has a word for each defence that found the mistake, and
# $work/NAME.alarms for each that speaks of the twin.
set -u
export LC_ALL=C
file=$1
name=$(basename "$file" .c)
out=$work/$name
refused=
case $file in */refused/*) refused=y ;; esac

# Each half alone, on the lines that it has in the file.
awk -v bad="$out.bad.c" -v good="$out.good.c" '
    /^\/\* BAD \*\/$/ { part = "bad" }
    /^\/\* GOOD \*\/$/ { part = "good" }
    {
        print(part == "good" ? "" : $0) > bad
        print(part == "bad" ? "" : $0) > good
    }' "$file"

# said LOG: the first of gcc's or clang's options that warns there, or "error".
said() {
    sed -n 's/.*\(warning\|error\): .*\[-W\(error=\)\{0,1\}\([^],]*\).*/\3/p
            t
            s/.* error: .*/error/p' "$1" | grep -v '^analyzer' | sed -n 1p
}

# ask HALF COMPILER OPTION...: the compiler's opinion of a half, in $out.HALF.COMPILER.
ask() {
    half=$1 log=$out.$1.$2
    shift 2
    # shellcheck disable=SC2086
    "$@" -iquote tests/safety/cases -c "$out.$half.c" -o "$out.o" > "$log.log" 2>&1 < /dev/null
    said "$log.log" > "$log"
}

for half in bad good; do
    # shellcheck disable=SC2086
    ask $half gcc $gcc -Wno-error -fanalyzer
    sed -n 's/.*\[-W\(analyzer-[a-z-]*\).*/\1/p' "$out.$half.gcc.log" | sed -n 1p \
        > "$out.$half.analyzer"
    # shellcheck disable=SC2086
    ask $half clang $clang -Wno-error
done

# What stops it on seL4.
: > "$out.bad.release"
[ -n "$refused" ] || sh "$here/boot.sh" "$name" "$out.bad.release.log" > "$out.bad.release"

# What the sanitizers say; a case without a host half has no file of that name.
if [ -z "$refused" ] && ! grep -q 'selkie\|sel4' "$file"; then
    host=$build/asan/bin/safety
    case $name in cwe362* | cwe366*) host=$work/threads ;; esac
    ASAN_OPTIONS=detect_stack_use_after_return=1:allocator_may_return_null=1 \
        timeout 60 "$host" "bad $name" > "$out.bad.host.log" 2>&1 < /dev/null
    sed -n '/runtime error:/ { s/.*/ubsan/p; q }
        /ERROR: AddressSanitizer/ { s/.*/asan/p; q }
        /ERROR: LeakSanitizer/ { s/.*/leak/p; q }
        /WARNING: ThreadSanitizer/ { s/.*/tsan/p; q }' "$out.bad.host.log" > "$out.bad.host"
fi

for defence in gcc clang analyzer; do
    [ ! -s "$out.bad.$defence" ] || printf '%s ' $defence
done > "$out.found"
for defence in release host; do
    [ ! -s "$out.bad.$defence" ] || printf '%s=%s ' $defence "$(cat "$out.bad.$defence")"
done >> "$out.found"
for defence in gcc clang analyzer; do
    [ ! -s "$out.good.$defence" ] || printf '%s ' $defence
done > "$out.alarms"
