#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD: the example systems, copied away from this repository, build with the SDK alone
# and their own makefiles, and say what they should. Prints TAP.
set -u
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../../.." && pwd)
sdk=$build/sdk
work=$build/logs/tools/systems
count=0
rm -rf "$work"
mkdir -p "$work"
unset SEL4_PREFIX

# result STATUS NAME: the log says why.
result() {
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
        tail -n 20 "$work/log" | sed 's/^/# /'
    fi
}

for folder in "$root"/examples/*/; do
    name=$(basename "$folder")
    [ -f "$folder/$name.system" ] || continue
    cp -R "$folder" "$work/"
    for config in debug release; do
        make -C "$work/$name" SELKIE_SDK="$sdk" SELKIE_CONFIG=$config O=$config \
            CFLAGS='-Wextra -Werror' > "$work/log" 2>&1
        result $? "$name builds with the SDK alone, $config"
        [ ! -f "$folder/talk.txt" ] || continue # which tests/system does
        expect=$folder/expect.txt
        [ $config = debug ] || [ ! -f "$folder/expect.release.txt" ] ||
            expect=$folder/expect.release.txt
        "$sdk/bin/selkie" run --deterministic --timeout 3 "$work/$name/$config/$name.img" \
            < /dev/null 2> "$work/errors" > "$work/log"
        awk -f "$root/tests/system/match.awk" "$expect" "$work/log" > "$work/why" 2>&1
        status=$?
        cat "$work/errors" "$work/why" >> "$work/log"
        result $status "and says what it should"
    done
done

# A description that a program does not fit: the region has another name.
sed 's/mr="text"/mr="words"/; s/name="text"/name="words"/' \
    "$root/examples/client-server/client-server.system" \
    > "$work/client-server/client-server.system"
! make -C "$work/client-server" SELKIE_SDK="$sdk" O=debug > "$work/log" 2>&1 &&
    grep -q "error: .client_text. undeclared" "$work/log"
result $? "a program that does not fit its description does not compile"
echo "1..$count"
