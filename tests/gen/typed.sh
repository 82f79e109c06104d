#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# typed.sh SKGEN [PREFIX...]: the typed API, for every configuration under configs/ and every
# installed kernel given. Each raw invocation has a typed call; gcc and clang make the same
# instructions of both. Prints TAP, and how many typed calls are missing.
set -u
skgen=$(realpath "$1")
shift
here=$(realpath "$(dirname "$0")")
root=$(realpath "$here/../..")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
. "$here/../tap.sh"
tap_log=$work/log
tap_lines=40
calls=0
all_missing=0

# generate OUT KERNEL-CONFIG LIBSEL4-CONFIG ARGUMENT...
generate() {
    to=$1 kernel=$2 libsel4=$3
    shift 3
    "$skgen" generate --idl "$root/idl/sel4" --kernel-config "$kernel" \
        --libsel4-config "$libsel4" --board test --config test --out "$to" "$@"
}

# raw ISA INCLUDE: the invocations of a libsel4, ours or another.
raw() {
    echo '#include <sel4/sel4.h>' | clang "--target=$1-linux-gnu" -E -I "$2" -x c - |
        awk '/^# [0-9]/ { is_ours = /sel4_client\.h"/; next } is_ours' | tr '\n' ' ' |
        grep -oE 'seL4_[A-Za-z0-9_]+\( *seL4_[A-Za-z0-9_]+ +_service' |
        sed 's/(.*//' | sort -u
}

# own NAME: no header written by hand takes the place of a typed one.
own() {
    (cd "$work/$1/include" && ls selkie/cap/*.h) > "$work/ours"
    (cd "$root/include" && ls selkie/cap/*.h) | comm -12 - "$work/ours" > "$work/log"
    [ -s "$work/ours" ] && [ ! -s "$work/log" ]
    result $? "typed $1: no header has a namesake in include/"
}

# missing NAME ISA INCLUDE: raw functions there that no typed call makes use of.
missing() {
    raw "$2" "$3" > "$work/raw"
    sed '/^ *\*/d; /^ *\/\*/d' "$work/$1"/include/selkie/cap/*.h |
        grep -oE 'seL4_[A-Za-z0-9_]+\(' | sed 's/($//' | sort -u > "$work/used"
    comm -23 "$work/raw" "$work/used" > "$work/log"
    of=$(wc -l < "$work/raw") lost=$(wc -l < "$work/log")
    calls=$((calls + of)) all_missing=$((all_missing + lost))
    [ "$of" -gt 0 ] && [ "$lost" = 0 ]
    result $? "typed $1: $of invocations, $lost missing"
}

# instructions OBJECT TWIN: what each function of that twin (raw, typed) is made of, in a line.
instructions() {
    "$objdump" -dr --no-show-raw-insn --no-addresses "$1" |
        sed -n "s/\b$2_sk_/sk_/g; s/[ \t]*\(\/\/\|#\) .*//
                s/\.L[^ ]*\( *\x02[0-9]*\)*//; /^<sk_/,/^\$/p" |
        awk '/^<sk_/ { name = $0; next } NF { text[name] = text[name] ";" $0 }
             END { for (name in text) print name text[name] }' | sort
}

# same NAME COMPILER...: both twins of each call are the same instructions.
same() {
    name=$1
    shift
    if ! command -v "$1" > /dev/null; then
        skip "same instructions: $name with $1" "not installed"
        return
    fi
    "$@" -std=gnu2x -O2 -ffreestanding -fno-pic -ffunction-sections -Wall -Wextra -Wundef \
        -Wshadow -Werror -I "$work/$name/include" -I "$root/include" -o "$work/twins.o" \
        -c "$work/$name/gen/cap_twins.c" > "$work/log" 2>&1
    status=$?
    instructions "$work/twins.o" raw > "$work/raw"
    instructions "$work/twins.o" typed > "$work/typed"
    of=$(grep -c '^sk_err typed_' "$work/$name/gen/cap_twins.c")
    seen=$(wc -l < "$work/typed")
    diff "$work/raw" "$work/typed" | cut -c 1-600 >> "$work/log"
    cmp -s "$work/raw" "$work/typed" || status=1
    [ "$of" -gt 0 ] && [ "$of" = "$seen" ] || status=1
    result $status "same instructions: $name with $1, $seen of $of calls"
}

# both NAME ISA: with both compilers.
both() {
    objdump=$2-linux-gnu-objdump
    gcc=$2-linux-gnu-gcc
    if [ "$2" = x86_64 ]; then
        objdump=objdump
        gcc=gcc
    fi
    same "$1" "$gcc" -fno-ipa-icf
    same "$1" clang "--target=$2-linux-gnu"
}

for folder in "$here"/configs/*/; do
    name=$(basename "$folder")
    generate "$work/$name" "$folder/kernel.json" "$folder/libsel4.json" > "$work/log" 2>&1
    missing "$name" "${name%%-*}" "$work/$name/include"
    own "$name"
    both "$name" "${name%%-*}"
done
for prefix; do
    include=$prefix/libsel4/include
    name=prefix-$(basename "$prefix")
    isa=$(sed -n 's/^ *"SEL4_ARCH": "\(.*\)".*/\1/p' "$include/kernel/gen_config.json")
    generate "$work/$name" "$include/kernel/gen_config.json" "$include/sel4/gen_config.json" \
        --sel4 "$prefix" > "$work/log" 2>&1
    missing "$name" "$isa" "$include"
    both "$name" "$isa"
done
echo "# typed calls: $calls invocations, $all_missing missing"
echo "1..$count"
