#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD VARIANT: images of one piece, as `selkie image` writes them, boot by QEMU's
# -kernel, by its loader device at the loader's address, and by `selkie run`, on two processors.
set -u
. "$(dirname "$0")/../tap.sh"
build=$(cd "$1" && pwd)
variant=$2
prefix=${SEL4_PREFIX-}
case $variant in
*/sel4-*) ;;
*) prefix= ;;
esac
unset SEL4_PREFIX
programs=$build/$variant
selkie=$build/bin/selkie
base=$(jq -r .loader.base "$programs/board.json")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
tap_log=log
tap_lines=$

# image TYPE PROGRAM OUT
image() {
    "$selkie" image ${prefix:+--sel4 "$prefix"} --image-type "$1" -o "$3" "$programs/$2.elf"
}

# boots CPU QEMU-ARGUMENT...: the machine that Microkit's manual starts, and hello on it.
boots() {
    cpu=$1
    shift
    timeout 60 qemu-system-aarch64 -machine virt -cpu "$cpu" -m size=2G -nographic \
        -serial mon:stdio -semihosting-config enable=on,userspace=on,target=native "$@" \
        < /dev/null > log 2>&1 && tr -d '\r' < log | grep -qx 'hello, seL4'
}

for type in binary elf; do
    image $type examples/hello hello.$type > log 2>&1
    result $? "hello is packed as one piece, $type"
    "$selkie" run --deterministic --timeout 60 hello.$type > log 2>&1 &&
        tr -d '\r' < log | grep -qx 'hello, seL4'
    result $? "selkie run boots it, $type"
    cp log first
    "$selkie" run --deterministic --timeout 60 hello.$type > log 2>&1
    cmp -s first log
    result $? "and prints the same again, $type"
    for cpu in cortex-a53 cortex-a57; do
        boots $cpu -kernel hello.$type
        result $? "QEMU's -kernel boots it on $cpu, $type"
    done
done
for cpu in cortex-a53 cortex-a57; do
    boots $cpu -device "loader,file=hello.binary,addr=$base,cpu-num=0"
    result $? "QEMU's loader device boots the binary at $base on $cpu"
    boots $cpu -device loader,file=hello.elf,cpu-num=0
    result $? "QEMU's loader device boots the ELF on $cpu"
done
boots cortex-a57 -machine virtualization=on -kernel hello.binary
result $? "the binary boots where the machine starts at EL2"

image binary tests/system/status-7 seven > log 2>&1 &&
    { "$selkie" run --timeout 60 seven > log 2>&1; [ $? -eq 7 ]; }
result $? "the status of an image is its program's"
image binary tests/system/time-out idle > log 2>&1 &&
    { "$selkie" run --timeout 1 idle > log 2>&1; [ $? -eq 124 ]; }
result $? "an image that does not end is ended at the time limit"
image binary tests/system/alloc alloc > log 2>&1 &&
    "$selkie" run --deterministic --timeout 60 alloc > log 2>&1
result $? "a program that takes all memory runs from an image"

# Memory behind the file may hold anything: here ones, and QEMU's own device tree at its start.
size=$(wc -c < hello.binary)
head -c 1048576 /dev/zero | tr '\0' '\377' > ones
boots cortex-a57 -device "loader,file=hello.binary,addr=$base,cpu-num=0,force-raw=on" \
    -device "loader,file=ones,addr=$((base + size)),force-raw=on"
result $? "what no file fills is zero, whatever was in memory"
echo "1..$count"
