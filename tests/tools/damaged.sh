# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh disable=SC2154
# What tools/image says of files that are wrong, one case for each of its messages that
# cases.sh has not. ELF files are damaged at offsets of the format: the file header has 64
# bytes and each program header 56; plain.elf has two loadable ones, and one for the stack.

# damaged COPY FILE OFFSET BYTES: a copy of FILE with BYTES at OFFSET.
damaged() {
    cp "$2" "$1"
    patch "$1" "$3" "$4"
}

# segments COUNT: program headers of one byte each, 64 KiB apart, from 0x1000010 on.
segments() {
    i=0
    while [ "$i" -lt "$1" ]; do
        printf '\001\0\0\0\005\0\0\0\0\0\0\0\0\0\0\0'
        printf "\\020\\0\\$(printf '%03o' "$i")\\001\\0\\0\\0\\0"
        printf '\0\0\0\0\0\0\0\0\001\0\0\0\0\0\0\0\001\0\0\0\0\0\0\0\0\020\0\0\0\0\0\0'
        i=$((i + 1))
    done
}

# with_headers FILE COUNT: put the COUNT program headers of standard input behind the header.
with_headers() {
    { head -c 64 plain.elf; cat; } > "$1"
    patch "$1" 56 "\\$(printf '%03o' "$2")"
    patch "$1" 24 '\020\0\0\001'
}

make_damaged() {
    damaged class.elf plain.elf 4 '\001'
    damaged endian.elf plain.elf 5 '\002'
    damaged pie.elf plain.elf 16 '\003'
    damaged core.elf plain.elf 16 '\004'
    damaged header-size.elf plain.elf 54 '\001'
    damaged file-size.elf plain.elf 104 '\001\0'
    damaged address.elf plain.elf 136 '\377\377\377\377\377\377\377\377'
    damaged dynamic.elf plain.elf 176 '\003\0\0\0'
    damaged nothing.elf plain.elf 64 '\0'
    patch nothing.elf 120 '\0'
    damaged overlap.elf plain.elf 136 '\0\001'
    damaged data-entry.elf plain.elf 24 '\0\040'
    segments 33 | with_headers segments.elf 33
    segments 32 | with_headers gaps.elf 32
    { segments 1; head -c 5544 /dev/zero; } | with_headers headers.elf 100
    cross high.elf -DBSS=64 -Wl,-Ttext-segment=0x7ffffffe0000

    damaged distance.elf plain.elf 144 '\0\0'
    damaged block.elf kernel.elf 89 '\020'
    damaged elsewhere.elf kernel.elf 91 '\300'
    damaged far.elf kernel.elf 93 '\001'
    sed 's/<0 /<0x100 /' "$here/board.dts" | dtc -q -I dts -O dtb -o far.dtb
    sed 's/device_type = "memory";//' "$here/board.dts" | dtc -q -I dts -O dtb -o none.dtb
    plan=$(aarch64-linux-gnu-readelf -SW "$loader" |
        sed -n 's/^ *\[ *\([0-9]*\)\] \.plan .*/\1/p')
    sections=$(od -A n -t u8 -j 40 -N 8 "$loader" | tr -d ' ')
    damaged plan.elf "$loader" $((sections + 64 * plan + 24)) '\0\0\0\0\0\0\0\0'
}

make_damaged
t elf-class 'a 32-bit ELF file is refused' run class.elf
t elf-endian 'a big-endian ELF file is refused' run endian.elf
t elf-pie 'a position independent program is refused' run pie.elf
t elf-core 'an ELF file that is no executable is refused' run core.elf
t elf-header-size 'program headers of an impossible size are refused' run header-size.elf
t elf-file-size 'a segment larger in the file than in memory is refused' run file-size.elf
t elf-address 'a segment beyond the address space is refused' run address.elf
t elf-dynamic 'a dynamically linked program is refused' run dynamic.elf
t elf-nothing 'a program without segments is refused' run nothing.elf
t elf-overlap 'segments that overlap are refused' run overlap.elf
t elf-data-entry 'an entry point outside code is refused' run data-entry.elf
t elf-segments 'more segments than the packer takes are refused' run segments.elf
t elf-gaps 'more gaps than the boot plan holds are refused' run gaps.elf
t elf-headers 'program headers larger than their page are refused' run headers.elf
t elf-high 'a program above user addresses is refused' run high.elf
t kernel-distance 'a kernel with two distances to its memory is refused' \
    run hello.elf --kernel distance.elf
t kernel-block 'a kernel that large pages cannot map is refused' \
    run hello.elf --kernel block.elf
t kernel-elsewhere 'a kernel outside memory is refused' run hello.elf --kernel elsewhere.elf
t dtb-far 'memory that the boot tables cannot map is refused' \
    run hello.elf --dtb far.dtb --kernel far.elf
t dtb-none 'a device tree without memory is refused' run hello.elf --dtb none.dtb
t loader-plan 'a loader whose plan is not loaded is refused' run hello.elf --loader plan.elf
