#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# kernel.sh BUILD VARIANT PREFIX: what stops each mistake on an installed seL4 is what the case
# expects of a release build, and the twins run there. Prints TAP.
set -u
build=$(realpath "$1")
elf=$build/$2/tests/safety.elf
kernel="--sel4 $3"
here=$(dirname "$0")
work=$build/logs/safety-$(basename "$2")
unset SEL4_PREFIX
export build elf kernel
count=0 failed=0
if [ ! -f "$elf" ]; then
    printf '1..1\nok 1 - corpus # SKIP it is for release kernels\n'
    exit 0
fi
mkdir -p "$work"

# result STATUS NAME LOG
result() {
    count=$((count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $count - $2"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2"
        tail -n 10 "$3" | sed 's/^/# /'
    fi
}

for file in "$here"/cases/*.c; do
    name=$(basename "$file" .c)
    expected=$(sed -n 's|^/\* EXPECT: .*release=\([a-z]*\).*|\1|p' "$file")
    [ "$(sh "$here/boot.sh" "$name" "$work/$name.log")" = "$expected" ]
    result $? "$name is stopped by: ${expected:-nothing}" "$work/$name.log"
done
"$build/bin/selkie" run --deterministic --timeout 60 --sel4 "$3" --args good "$elf" \
    > "$work/good.log" 2>&1 < /dev/null
result $? "all twins run" "$work/good.log"
echo "1..$count"
[ $failed = 0 ]
