#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# objects.sh BUILD BOARD: objects as Microkit's users compile them, linked as they link them, by
# two compilers and two linkers: the file is what a composer wants. Prints TAP.
set -u
root=$(cd "$(dirname "$0")/../../.." && pwd)
. "$root/tests/tap.sh"
build=$(cd "$1" && pwd)/$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 125
tap_log=$work/log
export LC_ALL=C
prefix=aarch64-linux-gnu-
gcc=${prefix}gcc
clang='clang --target=aarch64-none-elf'
config=debug

# compile COMPILER FLAGS SOURCE OBJECT: with the flags of Microkit's examples. The folders are
# one in the SDK.
compile() {
    # shellcheck disable=SC2086 # a compiler and flags are several words
    $1 -c -mstrict-align -mcpu=cortex-a53 -nostdlib -ffreestanding -g -Wall \
        -Wno-unused-function -Werror -I"$build/$config/include/global-ipc" \
        -I"$build/$config/include" -I"$root/include" -I"$root/arch/aarch64/include" \
        $2 -o "$4" "$3"
}

# link LINKER OBJECT...: to domain.elf.
link() {
    linker=$1
    shift
    rm -f domain.elf
    "$linker" -L"$build/$config/lib/global-ipc" -L"$root/src/microkit" "$@" -lmicrokit \
        -Tmicrokit.ld -o domain.elf
}

# Two segments on pages of their own, code and variables, and no thread-local ones.
examine_segments() {
    ${prefix}readelf -lW domain.elf | awk '
        /^Entry point/ && $3 != "0x200000" { print "the entry is " $3; bad = 1 }
        $1 == "TLS" { print "there is a TLS segment"; bad = 1 }
        $1 == "LOAD" {
            if ($3 !~ /000$/) { print "a segment begins at " $3; bad = 1 }
            flags = flags " " $7 ($8 == "E" ? $8 : "")
        }
        END {
            if (flags != " RE RW") { print "the segments are" flags; bad = 1 }
            exit bad
        }'
}

# What the composer writes is there, as long as it should be, and has contents.
examine_symbols() {
    ${prefix}nm -S domain.elf > symbols || return 1
    for want in microkit_name:40 microkit_passive:1 microkit_irqs:8 microkit_notifications:8 \
        microkit_pps:8 microkit_ioports:8 sk_microkit_extension:198 sk_microkit_restore:80; do
        grep -Eq "^0*[0-9a-f]+ 0*${want#*:} [DdRr] ${want%:*}\$" symbols ||
            { echo "${want%:*} is not as long, or has no contents"; return 1; }
    done
    grep -q '^0*200000 .* _start$' symbols || { echo "_start is not the first"; return 1; }
}

examine() {
    examine_segments && examine_symbols
}

# --- every call, by each compiler and linker

for config in debug release; do
    for compiler in "$gcc" "$clang"; do
        for flags in -O0 -O1 -O2 -O3 -Os '-O2 -std=gnu11' '-O2 -std=gnu2x'; do
            { compile "$compiler" "$flags" "$root/tests/system/microkit/objects.c" domain.o &&
                link ${prefix}ld domain.o && examine && link ld.lld domain.o && examine; } \
                > log 2>&1
            result $? "$config, ${compiler%% *}, $flags"
        done
    done
done
config=release

# --- what tools do with the file

# section FILE: the contents of .timer_config.
section() {
    ${prefix}objcopy -O binary -j .timer_config "$1" section && cat section
}

for linker in ${prefix}ld ld.lld; do
    { link "$linker" domain.o && printf 'xyz\0\0' > new &&
        llvm-objcopy --update-section .timer_config=new domain.elf && examine &&
        [ "$(section domain.elf | tr -d '\0')" = xyz ]; } > log 2>&1
    result $? "a section of its own can be replaced, $linker"
done

# --- what a domain may bring itself

cat > empty.c << 'END'
#include <microkit.h>
void init(void) {}
void notified(microkit_channel ch) {}
END
compile "$gcc" -O2 empty.c empty.o
cat > own.c << 'END'
void *memcpy(void *to, const void *from, unsigned long size);
void *memset(void *to, int byte, unsigned long size);
void __assert_fail(const char *what, const char *file, int line, const char *function);
void *memcpy(void *to, const void *from, unsigned long size) { return to; }
void *memset(void *to, int byte, unsigned long size) { return to; }
void __assert_fail(const char *what, const char *file, int line, const char *function) {}
int main(void) { return 0; }
END
compile "$gcc" -O2 own.c own.o
for linker in ${prefix}ld ld.lld; do
    { link "$linker" empty.o own.o &&
        ! ${prefix}nm domain.elf | grep 'microkit_have_signal'; } > log 2>&1
    result $? "main(), memcpy() and __assert_fail() of its own win, $linker"
done
link ${prefix}ld empty.o > log 2>&1
result $? "a domain without protected() and fault() is linked"
${prefix}size domain.elf | awk 'NR == 2 {
    print "# an empty domain: " $1 " bytes of code and constants, " $2 " of variables" }'

# --- mistakes

# refused TEXT LINKER OBJECT...: it is not linked, and this is said.
refused() {
    text=$1
    shift
    ! link "$@" > log 2>&1 && grep -q "$text" log
}

echo '__thread int x = 1;' > local.c
compile "$gcc" -O2 local.c local.o
refused 'libmicrokit has no thread-local variables' ${prefix}ld empty.o local.o
result $? "a thread-local variable is refused, ${prefix}ld"
refused 'libmicrokit has no thread-local variables' ld.lld empty.o local.o
result $? "a thread-local variable is refused, ld.lld"

# Without global-ipc: each thread would have its own pointer to the buffer.
aarch64-linux-gnu-gcc -c -O2 -ffreestanding -I"$build/$config/include" -I"$root/include" \
    -I"$root/arch/aarch64/include" -Wall -o other.o "$root/tests/system/microkit/objects.c"
refused 'compile_without_include_global-ipc\|TLS\|thread-local' ${prefix}ld other.o
result $? "an object of the other flavour is refused, ${prefix}ld"

for call in 'microkit_vcpu_stop(1)' 'microkit_vcpu_restart(1, 2)' \
    'microkit_vcpu_arm_inject_irq(1, 2, 3, 4, 5)' 'microkit_vcpu_arm_ack_vppi(1, 2)' \
    'microkit_vcpu_arm_read_reg(1, 2)' 'microkit_vcpu_arm_write_reg(1, 2, 3)' \
    'microkit_arm_smc_call(0, 0)'; do
    printf '#include <microkit.h>\nvoid init(void) { %s; }\n' "$call" > call.c
    said='unavailable: this board.s kernel'
    { compile "$gcc" -O2 call.c call.o || compile "$clang" -O2 call.c call.o; } > log 2>&1
    [ $? -ne 0 ] && [ "$(grep -c "$said" log)" -eq 2 ]
    result $? "what the board does not have is said: ${call%%(*}"
done
echo "1..$count"
[ "$failed" -eq 0 ]
