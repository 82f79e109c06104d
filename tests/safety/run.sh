#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD VARIANT [--write]: every case of the corpus, and its twin, against the compilers,
# seL4 in a release build and the host's sanitizers. What finds a mistake must be what the case
# expects; so must what complains of a twin (nothing, or a FALSE ALARM of the analyzer); and
# docs/spec/memory-safety.md must have the table that results; --write puts it there. TAP.
set -u
build=$(realpath "$1")
variant=$2
here=$(realpath "$(dirname "$0")")
root=$(realpath "$here/../..")
elf=$build/$variant/tests/safety.elf
work=$build/logs/safety
page=$root/docs/spec/memory-safety.md
kernel=
unset SEL4_PREFIX
count=0 failed=0
rm -rf "$work"
mkdir -p "$work"
cd "$root" || exit 125

gcc="$(cat "$build/$variant/user.flags") -Itests/safety/target"
clang=$(printf '%s\n' "$gcc" | sed 's/^[^ ]*/clang --target=aarch64-linux-gnu/
    s/-fsanitize-undefined-trap-on-error/-fsanitize-trap=all/
    s/-fsanitize=bounds-strict/-fsanitize=local-bounds/; s/-fstack-clash-protection [^ ]*//')
export build work here elf kernel gcc clang

# result STATUS NAME: one line of TAP; $work/why is shown after a failure.
result() {
    count=$((count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $count - $2"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2"
        sed 's/^/# /' "$work/why" | head -n 20
    fi
}

# same NAME WANTED: is what $work/why holds what was wanted?
same() {
    printf 'expected: %s\nfound: %s\n' "$2" "$(cat "$work/why")" > "$work/both"
    [ "$(cat "$work/why")" = "$2" ]
    status=$?
    mv "$work/both" "$work/why"
    result $status "$1"
}

# The host's races need another sanitizer than its other mistakes.
${CC:-cc} -std=gnu2x -O1 -g -w -fsanitize=thread -pthread -Iinclude \
    -Itests/safety/host -o "$work/threads" "$here/support.c" "$here/host/main.c" \
    "$here"/cases/cwe36[26]*.c || exit 125

find "$here/cases" "$here/refused" -name '*.c' | sort > "$work/cases"
xargs -n 1 -P 2 sh "$here/job.sh" < "$work/cases"

while read -r file; do
    name=$(basename "$file" .c)
    expected=$(sed -n 's|^/\* EXPECT: \(.*\) \*/$|\1|p' "$file")
    sed 's/ $//' "$work/$name.found" > "$work/why"
    [ -s "$work/why" ] || echo nothing > "$work/why"
    same "$name is found by: $expected" "$expected"
    sed 's/ $//' "$work/$name.alarms" > "$work/why"
    alarms=$(sed -n 's|^/\* FALSE ALARM: \(.*\) \*/$|\1|p' "$file")
    same "the twin of $name is complained of by: ${alarms:-nothing}" "$alarms"
done < "$work/cases"

# run_twins WHERE COMMAND...: all twins, one after another in one program.
run_twins() {
    where=$1
    shift
    ASAN_OPTIONS=allocator_may_return_null=1 timeout 120 "$@" > "$work/why" 2>&1 < /dev/null
    result $? "all twins run $where"
}
run_twins "on seL4" "$build/bin/selkie" run --deterministic --timeout 60 --args good "$elf"
run_twins "with sanitizers on the host" "$build/asan/bin/safety" good
run_twins "in threads on the host" "$work/threads" good

awk -v work="$work" -f "$here/table.awk" "$work/cases" > "$work/table.md"
if [ "${3-}" = --write ]; then
    awk -v table="$work/table.md" '
        /^<!-- end of the table -->$/ { skip = 0 }
        !skip
        /^<!-- table: / { skip = 1; while ((getline line < table) > 0) print line }' \
        "$page" > "$work/page.md" && cp "$work/page.md" "$page"
fi
sed '1,/^<!-- table: /d; /^<!-- end of the table -->$/,$d' "$page" |
    diff - "$work/table.md" > "$work/why"
result $? "docs/spec/memory-safety.md has this table"
sed -n 's/^\*\*\(.*\)\*\*$/# \1/p' "$work/table.md"
echo "1..$count"
[ $failed = 0 ]
