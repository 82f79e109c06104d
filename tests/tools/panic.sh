#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# panic.sh BUILD BOARD: what "panic := abort" and "panic := unwind" put into programs, and what
# the link check of unwinding programs refuses. Prints TAP. Needs compile_commands.json.
set -u
. "$(dirname "$0")/../tap.sh"
build=$1
variant=$2/release
top=$(pwd)
check=$top/src/rt/unwind/link_check.sh
tool=aarch64-linux-gnu
lib=$build/$variant/lib
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tap_log=$work/log
tap_lines=$

# --- abort: nothing of unwinding is in the program.
unwinder='sk_unwind_|sk_arch_catch|sk_arch_frame|_Unwind_Raise|_dl_find_object|__register_frame'
for program in examples/hello tests/bench/hello-plain tests/system/abort-catch; do
    elf=$build/$variant/$program.elf
    $tool-readelf -SW "$elf" | grep -E '\.eh_frame|\.gcc_except_table' > "$work/log"
    $tool-nm "$elf" | grep -E " ($unwinder)" >> "$work/log"
    [ ! -s "$work/log" ]
    result $? "${program##*/} has no unwind table and nothing of the unwinder"
done

# The same program from objects that never heard of unwinding: every command of the build
# that made a member of libselkie.a or hello itself, with the other flags. What is not built for
# this kernel has no output.
plain='s/-fexceptions/-fno-exceptions/; s/-fasynchronous-unwind-tables/-fno-unwind-tables/
       s/-fno-unwind-tables/& -fno-asynchronous-unwind-tables/'
jq -r --arg at "$build/$variant/obj/" '.[] | select(.output // "" | startswith($at)) |
    select(.output | ltrimstr($at) | test("^(src|arch/[^/]*/(rt|sys)|examples/hello)/")) |
    select(.output | ltrimstr($at) | test("^src/(init|microkit)/") | not) |
    select(.output | ltrimstr($at) | test("^src/rt/(?!sink/semi).*/|/unwind/") | not) |
    (.output | ltrimstr($at) | gsub("/"; ".")) + " " + .command' compile_commands.json |
    sed "$plain" > "$work/commands"
n=0
mkdir "$work/plain"
while read -r output line; do
    n=$((n + 1))
    eval "$line -o $work/plain/$output" || echo "$line" >> "$work/bad"
done < "$work/commands" > "$work/log" 2>&1
[ "$n" -gt 20 ] && [ ! -e "$work/bad" ]
result $? "$n sources compile without unwind tables"

# Linked as mk/target.mk links hello, but for the script that leaves tables out.
{
    mv "$work/plain/examples.hello.main.o" "$work/hello.o" &&
        $tool-ar rcs "$work/plain.a" "$work"/plain/*.o &&
        $tool-gcc -static -nostdlib -nostartfiles \
            -Wl,--gc-sections,--build-id=none,-z,max-page-size=4096,-z,noexecstack \
            -Wl,-u,sk_config_note,-Ttext-segment=0x400000 -o "$work/plain.elf" \
            "$work/hello.o" -Wl,--start-group "$work/plain.a" \
            "$build/$variant/obj/gen/config_note.o" -lgcc \
            -Wl,--end-group
} > "$work/log" 2>&1
# The order of members, and so the padding, may differ; functions and data may not.
for elf in "$work/plain.elf" "$build/$variant/examples/hello.elf"; do
    $tool-nm -S "$elf" 2>> "$work/log" | awk 'NF == 4 { print $4, $2 }' | sort \
        > "$work/sizes.${elf##*/}"
done
diff "$work/sizes.plain.elf" "$work/sizes.hello.elf" >> "$work/log" &&
    grep -q '^sk_root_task ' "$work/sizes.hello.elf"
result $? "hello has what it would have if nothing had been compiled for unwinding"

# --- unwind: its own unwinder, and no heap.
elf=$build/$variant/tests/system/catch.elf
$tool-nm "$elf" | grep -E ' (malloc|calloc|realloc|free|_dl_find_object|abort)$' > "$work/log"
[ ! -s "$work/log" ]
result $? "an unwinding program has no allocator, and nothing of libgcc_eh"
$tool-readelf -lW "$elf" > "$work/log"
grep -q GNU_EH_FRAME "$work/log"
result $? "an unwinding program has the index of its unwind table"

# --- the link check.
cd "$work" || exit 1
cat > drops.c << 'END'
#include <selkie/base/attr.h>
void drop(int *); void work(int *);
void own(void); void own(void) { __attribute__((cleanup(drop))) int x = 0; work(&x); }
END
echo 'int plain(void); int plain(void) { return 7; }' > plain.c
echo '.text; .global bare; bare: ret' > bare.S
cc() {
    to=$1
    shift
    $tool-gcc -O2 -I"$top/include" -c "$@" -o "$to"
}
unwind='-fexceptions -fasynchronous-unwind-tables'
# shellcheck disable=SC2086 # flags
cc good.o $unwind drops.c
cc no-exceptions.o -fno-exceptions -fasynchronous-unwind-tables drops.c
cc no-table.o -fno-unwind-tables -fno-asynchronous-unwind-tables plain.c
cc bare.o bare.S
$tool-ar rcs mixed.a good.o no-table.o

# refused 'SENTENCE' NAME WHY FILE...
refused() {
    sentence=$1 name=$2 why=$3
    shift 3
    sh "$check" $tool-readelf "$@" > log 2>&1
    status=$?
    [ $status -eq 1 ] && [ "$(wc -l < log)" -eq 1 ] &&
        grep -q "^error: $name: a panic cannot unwind through it: .*$why" log
    result $? "$sentence"
}
sh "$check" $tool-readelf good.o "$top/$lib/libselkie.a" "$top/$lib/libselkie-unwind.a" \
    > log 2>&1
result $? "objects with tables, and the SDK's libraries, are accepted"
refused 'an object without unwind table is refused by name' no-table.o 'no unwind table' \
    good.o no-table.o
refused 'an object whose drops would not run is refused' no-exceptions.o '-fexceptions' \
    no-exceptions.o good.o
refused 'assembly code without .cfi is refused' bare.o '.cfi directives' bare.o
refused 'so is a member of an archive' 'mixed.a(no-table.o)' 'no unwind table' mixed.a
sh "$check" $tool-readelf nowhere.o > log 2>&1
[ $? -ne 0 ] && grep -q nowhere.o log
result $? "a file that is not there is no success"

# What programs built from the SDK run before they link.
cat > Makefile << END
SELKIE_SDK := $top/$build/sdk
include \$(SELKIE_SDK)/share/selkie.mk
check: ; \$(SELKIE_CHECK) \$(FILES)
END
make -s check SELKIE_PANIC=unwind FILES='good.o' > log 2>&1 &&
    make -s check SELKIE_PANIC=abort FILES='good.o no-table.o' >> log 2>&1 &&
    ! make -s check SELKIE_PANIC=unwind FILES='good.o no-table.o' >> log 2>&1 &&
    grep -q '^error: no-table.o: a panic cannot unwind through it' log
result $? "the SDK's link check does so too, and only where panics unwind"

cd "$top" || exit 1
# As if the object were new; with -B make would remake what it includes, and skgen for that.
object=$build/$variant/obj/tests/system/catch/main.o
MAKEFLAGS='' make -n -W "$object" "TOOLCHAIN=${TOOLCHAIN:-gcc}" "$elf" 2> "$work/log" |
    grep -q "link_check.sh.* $object"
result $? "the build checks what it links into an unwinding program"
echo "1..$count"
