#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# echo.sh BUILD VARIANT: echo.c at -O0, -O2, -O3 and with link-time optimisation, by gcc and
# clang, with the IPC buffer's address in a thread-local and in a plain global: each is linked
# and booted. Prints TAP. A variant of an installed kernel (SEL4_PREFIX) boots that kernel.
set -u
here=$(dirname "$0")
build=$1 variant=$2
root=$here/../..
. "$here/isa.sh"
isa=$(isa_of "$build/$variant/include") || exit 125
if ! grep -q '"KERNEL_MCS": true' "$build/$variant/gen_config.json"; then
    echo "ok 1 - echo # SKIP it needs MCS scheduling"
    echo "1..1"
    exit 0
fi
work=$(mktemp -d) || exit 125
trap 'rm -rf "$work"' EXIT
sel4=
case $variant in
*/sel4-*) sel4="--sel4 $SEL4_PREFIX" ;;
esac

gcc=$isa-linux-gnu-gcc
clang="clang --target=$isa-linux-gnu -Wno-unused-command-line-argument"
flags="-std=gnu2x -Wall -Wextra -Werror -ffreestanding -fno-pic -fno-common -fno-strict-aliasing
    -ffunction-sections -fdata-sections -ftls-model=local-exec -fno-asynchronous-unwind-tables
    -mno-outline-atomics -I$root/include -I$root/arch/$isa/include"
link="-static -nostdlib -nostartfiles -no-pie -Wl,--gc-sections,--build-id=none
    -Wl,-z,max-page-size=4096,-z,noexecstack,-u,sk_config_note"
link_gnu="$link -Wl,-Ttext-segment=0x400000"
link_lld="$link -Wl,--image-base=0x400000 -fuse-ld=lld"

# prepare true|false: headers and library in $work/WORD, with or without thread-locals.
prepare() {
    sed "s/\"LIB_SEL4_USE_THREAD_LOCALS\": [a-z]*/\"LIB_SEL4_USE_THREAD_LOCALS\": $1/" \
        "$build/$variant/libsel4_config.json" > "$work/libsel4_config.json"
    # shellcheck disable=SC2086 # sel4 is two words or none
    "$build/bin/skgen" generate --idl "$root/idl/sel4" \
        --kernel-config "$build/$variant/gen_config.json" \
        --libsel4-config "$work/libsel4_config.json" $sel4 \
        --board "${variant%/*}" --config "${variant##*/}" --out "$work/$1" || exit 125

    # Of a pair of files, the one for MCS scheduling.
    objects=
    for source in "$work/$1/gen/config_note.S" \
        "$root"/src/sys/*.c "$root/arch/$isa"/sys/*.[cS] \
        "$root"/src/rt/*.c "$root/arch/$isa"/rt/*.[cS] \
        "$root"/src/rt/sink/semihosting/*.c; do
        case $source in
        *_classic.* | *'*'*) continue ;;
        esac
        object=$work/$1/$(echo "$source" | tr / _).o
        # shellcheck disable=SC2086 # lists of words
        $gcc $flags -O2 -I"$work/$1/include" -c "$source" -o "$object" || exit 125
        objects="$objects $object"
    done
    # shellcheck disable=SC2086 # a list of words
    "$isa-linux-gnu-ar" rcs "$work/$1/libselkie.a" $objects
}

number=0 failed=0
# try NAME LOCALS COMPILER FLAG...: builds and boots; other sources may be among the flags.
try() {
    number=$((number + 1))
    name=$1 folder=$work/$2
    shift 2
    # shellcheck disable=SC2086 # lists of words
    if "$@" $flags -I"$folder/include" "$here/echo.c" -Wl,--start-group "$folder/libselkie.a" \
        -lgcc -Wl,--end-group -o "$work/echo.elf" > "$work/log" 2>&1 &&
        "$build/bin/selkie" run --deterministic --timeout 60 $sel4 "$work/echo.elf" \
            > "$work/log" 2>&1 < /dev/null; then
        echo "ok $number - $name"
    else
        failed=$((failed + 1))
        echo "not ok $number - $name"
        tail -n 10 "$work/log" | sed 's/^/# /'
    fi
}

for locals in true false; do
    prepare $locals
    where="a thread-local"
    [ $locals = true ] || where="a global"
    # shellcheck disable=SC2086 # lists of words
    for level in -O0 -O2 -O3; do
        try "gcc $level, buffer in $where" $locals $gcc $link_gnu $level
        try "clang $level, buffer in $where" $locals $clang $link_gnu $level
    done
    # shellcheck disable=SC2086 # GNU ld would need a plugin of LLVM's
    {
        try "gcc -O2, buffer in $where of the program" $locals $gcc $link_gnu -O2 \
            "$here/own_buffer.c"
        try "gcc -O2 -flto, buffer in $where" $locals $gcc $link_gnu -O2 -flto
        try "clang -O2 -flto, buffer in $where" $locals $clang $link_lld -O2 -flto
    }
done
echo "1..$number"
[ "$failed" -eq 0 ]
