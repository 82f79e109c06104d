#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD COUNT SEED: gives every tool COUNT damaged inputs of each kind and prints TAP.
# A tool may succeed, or end with 125 (compose: 1), an error and a help line; anything else is a
# finding, and its input is kept in BUILD/fuzz. The tools are those built with sanitizers, whose
# findings end with 99.
set -u
build=$1 count=$2 seed=$3
board=qemu_virt_aarch64_el1
config=$build/$board/debug
hello=$config/examples/hello.elf
kept=$build/fuzz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tests=0
skgen=$build/asan/bin/skgen selkie=$build/asan/bin/selkie
export ASAN_OPTIONS=detect_leaks=0:exitcode=99 UBSAN_OPTIONS=print_stacktrace=1:exitcode=99
refused=125
echo "# SEED=$seed COUNT=$count"

# answered STATUS: is this how a tool may end?
answered() {
    [ "$1" -eq 0 ] && return 0
    [ "$1" -eq $refused ] && grep -q 'error: ' "$work/log" && grep -q '^help: ' "$work/log"
}

# pick N FILE...: one of the files.
pick() {
    n=$1
    shift
    shift $((n % $#))
    echo "$1"
}

# fuzz NAME FUNCTION FILE...: FUNCTION runs a tool on $damaged, a damaged copy of $chosen.
fuzz() {
    name=$1 run=$2
    shift 2
    findings=0 accepted=0 i=0
    damaged=$work/damaged chosen=$1
    cp "$chosen" "$damaged"
    if ! $run > "$work/log" 2>&1 < /dev/null; then
        findings=1
        echo "# $name: the undamaged $chosen is refused"
        sed 's/^/# /' "$work/log" | head -20
    fi
    while [ $i -lt "$count" ]; do
        chosen=$(pick $i "$@")
        "$build/bin/mutate" $((seed + i)) "$chosen" > "$damaged"
        $run > "$work/log" 2>&1 < /dev/null
        status=$?
        [ $status -ne 0 ] || accepted=$((accepted + 1))
        if ! answered $status; then
            findings=$((findings + 1))
            mkdir -p "$kept"
            cp "$damaged" "$kept/$name-$((seed + i))"
            echo "# $chosen, seed $((seed + i)): status $status, kept in $kept"
            sed 's/^/# /' "$work/log" | head -20
        fi
        i=$((i + 1))
    done
    tests=$((tests + 1))
    not=
    [ $findings -eq 0 ] || not='not '
    echo "# $name: accepted $accepted of $count"
    echo "${not}ok $tests - $name: every damaged input is answered"
}

generate() {
    timeout 20 "$skgen" generate --idl "$1" --kernel-config "$2" --libsel4-config "$3" \
        --board b --config c --out "$work/out" --docs "$work/out/docs"
}

interface() {
    rm -rf "$work/idl" && cp -R idl/sel4 "$work/idl" &&
        cp "$damaged" "$work/idl/${chosen#idl/sel4/}" &&
        ln -sfn "$PWD/src" "$work/src" && ln -sfn "$PWD/arch" "$work/arch" &&
        sed -i 's#\.\./\.\./#../#g' "$work"/idl/*.xml "$work"/idl/*/*.xml &&
        generate "$work/idl" "$config/gen_config.json" "$config/libsel4_config.json"
}

kernel_config() {
    generate idl/sel4 "$damaged" "$config/libsel4_config.json"
}

libsel4_config() {
    generate idl/sel4 "$config/gen_config.json" "$damaged"
}

installed() {
    rm -rf "$work/prefix" && mkdir -p "$work/prefix/libsel4" "$work/prefix/bin" &&
        cp -R "$config/include" "$work/prefix/libsel4/include" &&
        cp "$damaged" "$work/prefix/libsel4/include/${chosen#"$config/include/"}" &&
        : > "$work/prefix/bin/kernel.elf" &&
        timeout 20 "$skgen" generate --idl idl/sel4 --sel4 "$work/prefix" \
            --kernel-config "$config/gen_config.json" \
            --libsel4-config "$config/libsel4_config.json" \
            --board b --config c --out "$work/out"
}

protocol() {
    rm -rf "$work/protocol" && mkdir -p "$work/protocol/published" &&
        cp "$damaged" "$work/protocol/p.xml" && cp "$chosen" "$work/protocol/published/p.xml" &&
        timeout 20 "$skgen" rpc --out "$work/out" "$work/protocol/p.xml"
}

board_to_config() {
    timeout 20 "$skgen" config --board "$damaged" --config release \
        --kernel-out "$work/k.json" --libsel4-out "$work/l.json"
}

pack() {
    timeout 20 "$selkie" image "$1" -o "$work/image" --kernel "$config/elf/sel4.elf" \
        --dtb "$2" --loader "$config/elf/loader.elf" --board "$3"
}

program() {
    pack "$damaged" "$config/elf/kernel.dtb" "$config/board.json"
}

device_tree() {
    pack "$hello" "$damaged" "$config/board.json"
}

needs() {
    timeout 20 "$selkie" size --needs "$damaged"
}

board_to_image() {
    pack "$hello" "$config/elf/kernel.dtb" "$damaged"
}

description() {
    timeout 20 "$selkie" compose --check-only "$damaged" --board "$config/board.json"
}

fuzz skgen-interface interface idl/sel4/*.xml idl/sel4/generic/*.xml idl/sel4/a*/*.xml
fuzz skgen-kernel-config kernel_config "$config/gen_config.json"
fuzz skgen-libsel4-config libsel4_config "$config/libsel4_config.json"
fuzz skgen-prefix installed "$config/include/sel4/shared_types.pbf" \
    "$config/include/sel4/sel4_arch/types.pbf" "$config/include/api/syscall.xml" \
    "$config/include/interfaces/object-api.xml"
fuzz skgen-protocol protocol tests/gen/rpc/small.xml tests/rpc/probe.xml
fuzz skgen-board board_to_config boards/$board.json
fuzz selkie-program program "$hello"
fuzz selkie-needs needs "$hello"
fuzz selkie-device-tree device_tree "$config/elf/kernel.dtb"
fuzz selkie-board board_to_image boards/$board.json
refused=1
fuzz compose description tests/tools/sdf/good/[!hx]*.system tests/tools/sdf/bad/*.system
echo "1..$tests"
