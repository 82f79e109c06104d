#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# harness.sh BUILD: the property harness itself. It must notice damage and crashes, leave out
# what does not matter, replay what it printed, and refuse what it cannot read.
set -u
property=$1/asan/bin/property
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
count=0

is() {
    count=$((count + 1))
    if [ "$2" = "$3" ]; then
        echo "ok $count - $1"
    else
        echo "not ok $count - $1"
        printf '%s\n' "expected: $2" "found: $3" | sed 's/^/# /'
    fi
}

# Some harmless operations around one that breaks something.
around() {
    for n in 1 2 3 4 5 6 7 8 9; do
        echo "sys=-11"
        echo "time=$n"
        [ "$n" -ne 5 ] || echo "$1 words=1,2,3 reply=7  # what matters"
    done
}

status() {
    "$property" "$@" > "$scratch/out" 2> "$scratch/err" < "$scratch/in"
    echo $?
}

around 'sys=-8 cptr=1024' > "$scratch/in"
is "a sound sequence has status 0" 0 "$(status --replay -)"
around 'break=1' > "$scratch/in"
is "damage has status 1" 1 "$(status --replay -)"
is "one operation and no argument is left of the damage" "# break=1" \
    "$(grep '^# [a-z]*=' "$scratch/out")"
cp "$scratch/out" "$scratch/in"
is "what was printed can be replayed" 1 "$(status --replay -)"
around 'break=2' > "$scratch/in"
is "a crash has status 1" 1 "$(status --replay -)"
is "one operation is left of the crash" "# break=2" "$(grep '^# [a-z]*=' "$scratch/out")"
is "a crash names its function" 1 "$(grep -c ' in break_kernel' "$scratch/out")"

echo 'sys=-1 colour=3' > "$scratch/in"
is "an unknown field is refused" 125 "$(status --replay -)"
is "the refusal names the line" "-:1:1: error: not an operation" "$(head -n 1 "$scratch/err")"
is "a file that is not there is refused" 125 "$(status --replay "$scratch/none")"
is "an unknown option is refused" 125 "$(status --colour 3)"
is "an option without a value is refused" 125 "$(status --seed)"
is "a sequence too long is refused" 125 "$(status --length 1001)"
status --seed 7 --count 2 > "$scratch/first"
cp "$scratch/out" "$scratch/saved"
status --seed 7 --count 2 > "$scratch/first"
is "the same seed does the same" "$(grep -v 'per second' "$scratch/saved")" \
    "$(grep -v 'per second' "$scratch/out")"
echo "1..$count"
