#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# cap_code.sh BUILD VARIANT: the machine code of messages and mutexes, by gcc and clang, is that
# of the raw calls. Prints TAP. VARIANT is a release: a debug kernel's programs mark who holds
# the IPC buffer.
set -u
here=$(dirname "$0")
build=$1 variant=$2
work=$(mktemp -d) || exit 125
trap 'rm -rf "$work"' EXIT
# The flags of programs, but for those that only one of the compilers knows.
flags=$(cut -d' ' -f2- "$build/$variant/user.flags" | tr ' ' '\n' |
    grep -v -e '^-fsanitize' -e '^-fno-sanitize' -e '^-fstack-clash')

# try COMPILER TRAPS
try() {
    # shellcheck disable=SC2086 # lists of words
    if ! $1 $flags -fsanitize=undefined $2 -c "$here/cap_code.c" -o "$work/code.o"; then
        echo "not ok 1 - ${1%% *} compiles cap_code.c"
        return
    fi
    aarch64-linux-gnu-objdump -d --no-show-raw-insn "$work/code.o" |
        awk -f "$here/cap_code.awk"
}

# Two plans become one.
{
    try aarch64-linux-gnu-gcc '-fsanitize-undefined-trap-on-error -fno-sanitize=bool,enum'
    try 'clang --target=aarch64-linux-gnu -Wno-unused-command-line-argument' \
        '-fsanitize-trap=all'
} | awk '
    /ok [0-9]+ - / { sub(/[0-9]+ - /, ++count " - "); print }
    END { print "1.." count + 0 }'
