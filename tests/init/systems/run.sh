#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh SDK: systems that not every kernel has room for, composed with an SDK for each of its
# kernels: a domain schedule, and as many protection domains as there can be. Prints TAP.
set -u
. "$(dirname "$0")/../../tap.sh"
unset SEL4_PREFIX MICROKIT_SDK
sdk=$(cd "$1" && pwd) || exit 1
here=$(cd "$(dirname "$0")" && pwd)
board=qemu_virt_aarch64_el1
clients=1023
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
tap_log=log

# A server and its clients, all that a description can have.
many() {
    awk -v count=$clients 'BEGIN {
        print "<system xmlns:sk=\"https://selkie.systems/sdf/1\">"
        print "<protection_domain name=\"server\" priority=\"200\" sk:channels=\"" count "\">"
        print "<program_image path=\"many.elf\" /></protection_domain>"
        for (i = 0; i < count; i++) {
            print "<protection_domain name=\"c" i "\" priority=\"100\" stack_size=\"0x1000\">"
            print "<program_image path=\"many.elf\" /></protection_domain>"
            print "<channel><end pd=\"server\" id=\"" i "\" />"
            print "<end pd=\"c" i "\" id=\"0\" pp=\"true\" /></channel>"
        }
        print "</system>"
    }'
}

# number SYMBOL: its value in the kernel's configuration.
number() {
    jq -r ".$1" "$folder/include/kernel/gen_config.json"
}

# program NAME: linked as Microkit's users do.
program() {
    "$sdk/share/toolchain/bin/aarch64-none-elf-gcc" -ffreestanding -O2 -Wall -Wextra -Werror \
        -nostdlib -static -DCOUNT=$clients -I"$folder/include" -L"$folder/lib" \
        -T "$folder/lib/microkit.ld" -o "$1.elf" "$here/$1.c" -lmicrokit
}

# compose SYSTEM
compose() {
    "$sdk/bin/selkie" compose "$1" --config "$config" -o image > log 2>&1
}

# boots LINE...: it ends well, and has said these lines and what the initialiser's calls were.
boots() {
    "$sdk/bin/selkie" run --deterministic --timeout 60 image > log 2>&1 < /dev/null || return 1
    [ "$(jq .PRINTING "$folder/include/kernel/gen_config.json")" = true ] || return 0
    tr -d '\r' < log > lines
    for line; do
        grep -qx "$line" lines || return 1
    done
    grep -q '^initialiser: .* kernel calls, .* of them retypes, as predicted$' lines
}

for folder in "$sdk/board/$board"/*/; do
    config=$(basename "$folder")
    kernel="$(basename "$sdk"), $config"
    program turns > log 2>&1 && program many > log 2>&1
    result $? "programs are linked, $kernel"

    compose "$here/turns.system"
    status=$?
    if [ "$(number NUM_DOMAINS)" -gt 15 ]; then
        [ $status -eq 0 ] &&
            boots 'red has its turns' 'blue has its turns' 'green has its turns'
        result $? "domains have turns as described, $kernel"
    else
        [ $status -eq 1 ] && grep -q 'has one domain only' log
        result $? "a kernel without domains is named, $kernel"
    fi

    many > many.system
    compose many.system
    status=$?
    if [ "$(number ROOT_CNODE_SIZE_BITS)" -gt 14 ]; then
        [ $status -eq 0 ] && boots 'all clients have called'
        result $? "$((clients + 1)) protection domains run, $kernel"
    else
        [ $status -eq 1 ] && grep -q "the kernel's root CNode has not enough slots" log
        result $? "a kernel with too few slots for $((clients + 1)) is named, $kernel"
    fi
done
echo "1..$count"
