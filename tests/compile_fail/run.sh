#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh SKGEN: no source here compiles, with gcc or with clang, and the compiler says why; its
# twin does compile. README.md has the format. Prints TAP.
set -u
skgen=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
root=$(realpath "$here/../..")
work=$(mktemp -d) || exit 125
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
flags="-std=gnu2x -O2 -ffreestanding -fno-pic -Wall -Wextra -Wundef -Wshadow
    -Wstrict-prototypes -Werror -I$root/include -I$root/arch/aarch64/include"
. "$here/../tap.sh"
tap_log=$work/log

# generate CONFIG: the headers of one configuration of tests/gen.
generate() {
    config=$root/tests/gen/configs/$1
    "$skgen" generate --idl "$root/idl/sel4" --kernel-config "$config/kernel.json" \
        --libsel4-config "$config/libsel4.json" --board test --config test --out "$work/$1" &&
        "$skgen" rpc --out "$work/$1/include/rpc" "$root/tests/gen/rpc/small.xml" || exit 125
}

# said FILE WORD: what stands in the file's comments /* WORD: TEXT */, a line each.
said() {
    sed -n "s|^/\* $2: \(.*\) \*/\$|\1|p" "$1"
}

# include_for FILE: the headers of the first configuration with what the file NEEDS.
include_for() {
    for config in aarch64-mcs aarch64-classic; do
        include=$work/$config/include
        for need in $(said "$1" NEEDS); do
            line="#define SK_CFG_${need#!} 1"
            case $need in '!'*) line="#define SK_CFG_${need#!} 0" ;; esac
            grep -qx "$line" "$include/selkie/config.h" || continue 2
        done
        return 0
    done
    echo "$1: error: no configuration has what it NEEDS" >&2
    exit 125
}

# compile COMPILER FILE
compile() {
    # shellcheck disable=SC2086
    $1 $flags -I"$include" -c "$2" -o "$work/out.o" > "$work/log" 2>&1
}

# check FILE SHORT-NAME COMPILER
check() {
    file=$1 name=$(basename "$1") short=$2 cc=$3
    twin=$work/twin.${name##*.}
    name=${name%.*}
    compile "$cc" "$file"
    status=$?
    { said "$file" ERROR && said "$file" "ERROR $short"; } > "$work/expected"
    verdict=0
    [ $status != 0 ] && [ -s "$work/expected" ] || verdict=1
    while read -r text; do
        grep -qF -e "$text" "$work/log" && continue
        verdict=1
        echo "not said: $text" >> "$work/log"
    done < "$work/expected"
    result $verdict "$name does not compile with $short"
    said "$file" TWIN > "$work/twin"
    [ -s "$work/twin" ] || return 0
    sed -f "$work/twin" "$file" > "$twin"
    if cmp -s "$file" "$twin"; then
        echo "the TWIN changes nothing" > "$work/log"
        result 1 "the twin of $name compiles with $short"
        return 0
    fi
    compile "$cc" "$twin"
    result $? "the twin of $name compiles with $short"
}

generate aarch64-mcs
generate aarch64-classic
for file in "$here"/*.c "$here"/*.S; do
    include_for "$file"
    check "$file" gcc aarch64-linux-gnu-gcc
    check "$file" clang "clang --target=aarch64-linux-gnu"
done
echo "1..$count"
[ $failed = 0 ]
