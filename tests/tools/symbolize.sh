# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh disable=SC2154
# Logs with addresses, explained: `selkie symbolize`, and `selkie run --symbolize`.

make_traced() {
    cp "$here/traced.c" .
    cross_flags='-static -nostdlib -ffreestanding -O1 -Wl,--build-id=none'
    # shellcheck disable=SC2086 # flags
    aarch64-linux-gnu-gcc $cross_flags -g -o traced.elf traced.c
    aarch64-linux-gnu-objcopy --remove-section=.debug_aranges traced.elf as-clang.elf
    aarch64-linux-gnu-strip -g -o no-lines.elf traced.elf
    # A program of clang's, linked between libraries of gcc's.
    echo 'int library(int n); int library(int n) { return n + 1; }' > library.c
    sed 's/library/another/g' library.c > library2.c
    # shellcheck disable=SC2086 # flags
    clang --target=aarch64-linux-gnu -ffreestanding -O1 -g -c -o traced.o traced.c &&
        aarch64-linux-gnu-gcc $cross_flags -g -o mixed.elf library.c traced.o library2.c
    printf 'backtrace: 0x%s' "$(aarch64-linux-gnu-nm mixed.elf |
        sed -n 's/^0*\([0-9a-f]*\) . in_start$/\1/p')" > mixed-log
    aarch64-linux-gnu-strip -o stripped.elf traced.elf
    aarch64-linux-gnu-nm traced.elf |
        sed -n 's,^0*\([0-9a-f]*\) . \(in_.*\)$,s/\2/0x\1/g,p' > places.sed
    sed -f places.sed > log << 'END'
an ordinary line with 0x400000 in it
backtrace: in_innermost in_start
panic: in the middle of a line, backtrace: in_outer
fault: a fault of a function that called nothing
backtrace: in_innermost (in_start) in_start
fault: a fault of a function that called something before
backtrace: in_innermost (in_outer) in_start
backtrace: (0x0) 0x123 in_start and so on
backtrace:
in thread 0xffffff8001 "main" at address in_innermost
END
    printf 'the last line has no end\nbacktrace: ' > short-log
    sed -n 's/^backtrace: \(0x[0-9a-f]*\) 0x.*/\1/p' log | head -n 1 | tr -d '\n' >> short-log
    { echo 'printf "with a return\\r\\n"'; echo 'cat log'; } | fake qemu-traced
}

# places COMMAND...: addresses as ADDRESS.
places() {
    "$@" > places-out
    status=$?
    sed 's/0x[0-9a-f]\{6\} /ADDRESS /g
         s/0x[0-9a-f]\{6\}\([^0-9a-f]\|$\)/ADDRESS\1/g' places-out
    return $status
}

make_traced
t symbolize 'addresses become functions, files and lines, inlined ones too' \
    places "$selkie" symbolize traced.elf log
t symbolize-input 'the log may come from standard input, and end anywhere' \
    places sh -c '"$1" symbolize traced.elf < short-log' sh "$selkie"
t symbolize-as-clang 'the table of address ranges, which clang leaves out, is not needed' \
    places "$selkie" symbolize as-clang.elf short-log
t symbolize-mixed 'nor that of other parts of the program mistaken for its own' \
    places "$selkie" symbolize mixed.elf mixed-log
t symbolize-no-lines 'without debug information, functions are named' \
    places "$selkie" symbolize no-lines.elf short-log
t symbolize-stripped 'without symbols, nothing is known' \
    places "$selkie" symbolize stripped.elf short-log
t symbolize-no-program 'a program that is not there is named' \
    "$selkie" symbolize nowhere.elf log
t symbolize-text 'the program must be an ELF file' "$selkie" symbolize traced.c log
t symbolize-no-log 'a log that is not there is named' "$selkie" symbolize traced.elf nowhere
t symbolize-folder 'a folder is no log' "$selkie" symbolize traced.elf .
t symbolize-surplus 'symbolize takes one log' "$selkie" symbolize traced.elf log log
t symbolize-nothing 'symbolize needs a program' "$selkie" symbolize
# A program that can be run has a note; its places are those of the log.
t run-symbolize '--symbolize explains while the program runs' \
    places run traced.elf --qemu ./qemu-traced --symbolize
t run-symbolize-none 'without it the log is as it is' \
    places run traced.elf --qemu ./qemu-traced
