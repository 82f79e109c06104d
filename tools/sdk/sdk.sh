#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# sdk.sh SDK BUILD PREFIX VARIANT...: what `make sdk` does once everything is built. Writes the
# folder SDK, laid out as Microkit's: docs/guide/sdk.md says what is in it. PREFIX is an
# installed seL4 whose kernel goes into it, or empty. ISA, CC and AR are in the environment.
set -eu
sdk=$1 build=$2 prefix=$3
shift 3

# Microkit's headers have one pointer to the IPC buffer, and so have include/ and lib/ here.
# What differs with one for each thread is in thread-ipc below them.
copy_flavours() {
    cp -R "$1/include" "$1/lib" "$2"
    cp -R include/. "arch/$ISA/include/selkie" "$2/include"
    rm -r "$2/include/README.md" "$2/include/rpc"
    for part in include lib; do
        (cd "$2/$part/global-ipc" && find . -type f) | while read -r file; do
            if [ -f "$2/$part/$file" ]; then
                mkdir -p "$2/$part/thread-ipc/${file%/*}"
                mv "$2/$part/$file" "$2/$part/thread-ipc/$file"
            fi
            mv "$2/$part/global-ipc/$file" "$2/$part/$file"
        done
        rm -r "$2/$part/global-ipc"
    done
}

# The kernel of the prefix in place of ours; what is built for it names the configuration so.
install_kernel() {
    cp "$prefix/bin/kernel.elf" "$2/elf/sel4.elf"
    cp "$prefix/support/kernel.dtb" "$2/elf"
    sed "s/@config=[^\\\\]*/@config=$3/" "$1/gen/config_note.S" > "$2/config_note.S"
    $CC -c "$2/config_note.S" -o "$2/config_note.o"
    for library in "$2/lib/libselkie.a" "$2/lib/thread-ipc/libselkie.a"; do
        $AR rD "$library" "$2/config_note.o" # replaces the member
    done
    rm "$2"/config_note.*
}

copy_config() {
    if [ -z "$prefix" ]; then
        config=${1##*/sdk-}
    elif grep -q '"DEBUG_BUILD": true' "$build/$1/gen_config.json"; then
        config=debug
    else
        config=release
    fi
    to=$sdk/board/${1%/*}/$config
    mkdir -p "$to"
    cp -R "$build/$1/elf" "$build/$1/board.json" "$build/$1/platform_gen.json" "$to"
    copy_flavours "$build/$1" "$to"
    rm -f "$to/lib/libselkie-init.a" # what it is for is in elf/
    [ ! -f "$to/lib/libmicrokit.a" ] || cp src/microkit/microkit.ld "$to/lib"
    [ -z "$prefix" ] || install_kernel "$build/$1" "$to" "$config"
    sh tools/sdk/constants.sh "$to"
}

# Microkit's makefiles call their compiler so. What a bare-metal one would not do is turned off.
make_toolchain() {
    mkdir -p "$1"
    for tool in gcc ld as ar objcopy objdump readelf nm; do
        options=
        [ $tool != gcc ] || options=' -fno-pie -no-pie -mno-outline-atomics -Wl,--build-id=none'
        printf '#!/bin/sh\nexec %s-linux-gnu-%s%s "$@"\n' "$ISA" $tool "$options" \
            > "$1/$ISA-none-elf-$tool"
        chmod +x "$1/$ISA-none-elf-$tool"
    done
}

rm -rf "$sdk"
mkdir -p "$sdk/bin" "$sdk/doc"
for tool in selkie microkit skgen; do
    [ ! -f "$build/bin/$tool" ] || cp "$build/bin/$tool" "$sdk/bin"
done
for variant; do
    copy_config "$variant"
done
cp -R tools/share "$sdk/share"
cp src/rt/panic_abort.ld src/rt/unwind/link_check.sh "$sdk/share"
make_toolchain "$sdk/share/toolchain/bin"
cp -R LICENSES docs/guide docs/spec "$sdk"
mv "$sdk/guide" "$sdk/spec" "$sdk/doc"
"$sdk/bin/selkie" --version | sed 's/^selkie //' > "$sdk/VERSION"
