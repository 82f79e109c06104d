#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# outputs.sh BUILD: which files BUILD/sdk's tools write, and which they refuse to. Prints TAP.
set -u
. "$(dirname "$0")/../../tap.sh"
unset SEL4_PREFIX MICROKIT_SDK MICROKIT_BOARD MICROKIT_CONFIG
sdk=$(cd "$1/sdk" && pwd) || exit 1
board=qemu_virt_aarch64_el1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
tap_log=$work/log
tap_lines=$
cp "$here/hello.c" "$here/hello.system" .
PATH=$sdk/share/toolchain/bin:$PATH make -s -f "$here/project.mk" BUILD_DIR=. \
    "MICROKIT_SDK=$sdk" MICROKIT_BOARD=$board MICROKIT_CONFIG=debug ./hello.elf > log 2>&1
result $? "a domain is built"

compose() {
    "$sdk/bin/selkie" compose "$@"
}

# refuses ERROR SYSTEM ARGUMENT...: compose says so, and leaves all files as they are.
refuses() {
    text=$1
    shift
    ls -R > files
    cksum ./*.elf ./*.system ./*.h > sums 2> cksum-log
    compose "$@" > out 2> log
    [ $? -eq 125 ] && [ ! -s out ] && grep -qxF "selkie: error: $text" log || return 1
    ls -R > files-now
    cksum ./*.elf ./*.system ./*.h > sums-now 2> cksum-log
    diff sums sums-now >> log && diff files files-now >> log
}
: > files && : > files-now && : > out && : > log && : > sums && : > sums-now && : > cksum-log

# --- two outputs are two files, however they are spelt

two='two outputs are to be written to'
mkdir q && ln -s q link && ln -s q/x dangling
for other in q/x q/../q/x q//x "$work/q/x" link/x dangling; do
    refuses "$two $other" hello.system -o "$other" --report-json ./q/x
    result $? "q/x and $other are one file that is not there yet"
done
echo > q/x && ln q/x hard
for other in q/../q/x "$work/q/x" link/x dangling hard; do
    refuses "$two $other" hello.system --cdl q/x -o "$other"
    result $? "q/x and $other are one file that is there"
done
rm q/x hard
refuses "$two q/hello.h" hello.system --headers ./q -o q/hello.h
result $? "a header is an output like others"
refuses "$two new/../new/hello.h" hello.system --headers new -o new/../new/hello.h
result $? "also in a folder that would be made for it, which is not left"
refuses "$two q/hello.vpr" hello.system --viper link -o q/hello.vpr
result $? "so is what verifiers get"
compose hello.system -o q/x --report-json x --headers q --viper q > log 2>&1 &&
    [ -s x ] && [ -s q/x ] && [ -s q/hello.h ] && [ -s q/hello.vpr ]
result $? "what differs in folder or name is two files"

# --- no output overwrites an input

cp hello.elf hello.h && sed 's/hello.elf/hello.h/' hello.system > h.system
refuses "./hello.h: the output would overwrite hello.h, of which it is made" \
    h.system --headers . -o x.img
result $? "no header overwrites a program"
refuses "./hello.h: the output would overwrite hello.h, of which it is made" \
    h.system --headers .
result $? "not even where it is made of the description alone"
sed 's,hello.elf" ,& path_for_symbols="hello.h" ,' hello.system > symbols.system
refuses "./hello.h: the output would overwrite hello.h, of which it is made" \
    symbols.system --headers .
result $? "nor a program's symbols"
mv hello.h q
refuses "./q/hello.h: the output would overwrite q/hello.h, of which it is made" \
    h.system --headers ./q --search-path q --check-only
result $? "wherever they were found"
rm q/hello.h
# --- standard output is closed, or full

# loses STATUS COMMAND...: it fails, and says what was lost.
loses() {
    status=$1
    shift
    "$@" 2> log
    [ $? -eq "$status" ] && grep -q "$lost" log && grep -q '^help: ' log
}
lost='error: output was lost: cannot write standard output: '
loses 1 "$sdk/bin/microkit" -h >&-
result $? "microkit -h says that standard output is closed"
loses 1 "$sdk/bin/microkit" -h > /dev/full
result $? "or full"
loses 125 compose hello.system --check-only >&-
result $? "so does selkie compose --check-only"
lost='error: /dev/stdout: cannot write: '
for to in - /dev/full; do
    if [ $to = - ]; then
        loses 125 compose hello.system -o /dev/stdout >&-
    else
        loses 125 compose hello.system -o /dev/stdout > $to
    fi
    result $? "an image is not lost in it either, $to"
done
compose hello.system -o closed.img >&- 2> log && [ -s closed.img ]
result $? "what goes to files needs no standard output"
"$sdk/bin/microkit" hello.system --board $board --config debug -o own.img -r own.txt \
    <&- >&- 2>&- && cmp own.img closed.img > log 2>&1
result $? "nor any other"
compose hello.system -o /dev/stdout 2> log | cmp - closed.img >> log 2>&1
result $? "a pipe gets the whole image"
echo "1..$count"
