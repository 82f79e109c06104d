#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD VARIANT: is what the composer predicts what a root task finds? With and without a
# device tree, with images of several sizes, each on a kernel of VARIANT. Prints TAP.
set -u
build=$1
variant=$2
selkie=$build/bin/selkie
folder=$build/$variant
work=$build/logs/boot/$variant
case $variant in
*/sel4-*) prefix=$SEL4_PREFIX ;;
*) prefix= ;; # what is built for another kernel does not run there
esac
unset SEL4_PREFIX # it is selkie's default kernel; each run here names its own
. "$(dirname "$0")/../../tap.sh"
mkdir -p "$work"
tap_log=$work/difference

# agrees KERNEL PAGES HOW OPTION...: does it?
agrees() {
    kernel=$1
    pages=$2
    how=$3
    shift 3
    dtb=$folder/elf/kernel.dtb
    "$build/asan/bin/boot-predict" "$kernel" "$dtb" "$folder/elf/loader.elf" \
        "$folder/tests/init/init-boot.elf" "$folder/gen_config.json" \
        "$folder/platform_gen.json" "$pages" "$how" "$work/image" > "$work/predicted" \
        2> "$tap_log" || return 1
    "$selkie" run --deterministic --timeout 60 "$@" "$work/image" 2> "$tap_log" \
        < /dev/null | tr -d '\r' | grep -E '^(untyped|image) ' > "$work/found"
    rm -f "$work/image"
    [ -s "$work/found" ] && diff "$work/predicted" "$work/found" > "$tap_log"
}

# on NAME KERNEL OPTION...: all images on it.
on() {
    name=$1
    kernel=$2
    shift 2
    for how in dtb bare; do
        for pages in 0 1 37 512 3000; do
            agrees "$kernel" $pages $how "$@"
            result $? "the memory behind an image of $pages pages is predicted, $how, $name"
        done
    done
}

if ! grep -q '"KERNEL_MCS": true' "$folder/gen_config.json"; then
    skip "the memory behind an image is predicted" "the kernel has no MCS scheduling"
    echo "1..$count"
    exit 0
fi
if [ -n "$prefix" ]; then
    on "real seL4" "$prefix/bin/kernel.elf" --sel4 "$prefix"
fi
if [ -f "$folder/elf/sel4.elf" ]; then
    on "development kernel" "$folder/elf/sel4.elf"
fi
echo "1..$count"
