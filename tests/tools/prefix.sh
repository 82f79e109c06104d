#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# prefix.sh BUILD BOARD: what make says of an SEL4_PREFIX that it has no use for. TOOLCHAIN is
# make's. Runs in the top folder. Prints TAP.
set -u
build=$1 board=$2
scratch=$(mktemp -d)
prefix=$scratch/refused-$$
trap 'rm -rf "$scratch" "$build/$board/sel4-${prefix##*/}"' EXIT
count=0

# prefix FILTER: an installed kernel with our configuration, but for what the filter changes.
prefix() {
    config=$prefix/libsel4/include
    mkdir -p "$config/kernel" "$config/sel4"
    jq "$1" "$build/$board/debug/gen_config.json" > "$config/kernel/gen_config.json"
    cp "$build/$board/debug/libsel4_config.json" "$config/sel4/gen_config.json"
}

# says TEXT PREFIX TARGET 'SENTENCE': make ends with this error, and not for want of a rule.
says() {
    count=$((count + 1))
    if MAKEFLAGS='' make -n "TOOLCHAIN=${TOOLCHAIN:-gcc}" "SEL4_PREFIX=$2" "$3" \
        > "$scratch/log" 2>&1; then
        echo "not ok $count - $4"
    elif grep -q -F "*** $1" "$scratch/log"; then
        echo "ok $count - $4"
    else
        echo "not ok $count - $4"
        sed 's/^/# /' "$scratch/log"
    fi
}

prefix '.KERNEL_MCS = false'
says "examples/hello-domain needs KERNEL_MCS, which $prefix lacks" "$prefix" \
    run-hello-domain 'a system needs a kernel with MCS'
says "examples/root-task needs KERNEL_MCS, which $prefix lacks" "$prefix" \
    demo 'and so does a program that says so'
prefix '.SEL4_ARCH = "riscv64"'
says "SEL4_PREFIX=$prefix is a kernel for riscv64" "$prefix" \
    run-hello 'a kernel for another machine is refused'
says "SEL4_PREFIX=$scratch is not an installed seL4" "$scratch" \
    run-hello 'so is a folder that holds none'
says "SEL4_PREFIX=$scratch/a b: make cannot handle a path with spaces" "$scratch/a b" \
    run-hello 'and a path with spaces'
echo "1..$count"
