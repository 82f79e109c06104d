#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# real.sh SDK: what is composed with the SDK of an installed kernel boots on that kernel. TAP.
set -u
. "$(dirname "$0")/../../tap.sh"
unset SEL4_PREFIX MICROKIT_SDK MICROKIT_BOARD MICROKIT_CONFIG
sdk=$(cd "$1" && pwd) || exit 1
board=qemu_virt_aarch64_el1
here=$(cd "$(dirname "$0")" && pwd)
config=$(ls "$sdk/board/$board")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
tap_log=$work/log
tap_lines=$
cp "$here/hello.c" "$here/hello.system" .
cp "$here/project.mk" Makefile

# What tells of a start: a debug kernel has a console, without one the domain ends QEMU.
cat >> hello.c << 'END'

/* Semihosting: the program ended well. */
__attribute__((constructor)) static void end(void)
{
#ifndef CONFIG_PRINTING
    static const uint64_t reason[2] = {0x20026, 0};
    register uint64_t operation __asm__("x0") = 0x20;
    register const uint64_t *argument __asm__("x1") = reason;
    __asm__ volatile("hlt #0xf000" : "+r"(operation) : "r"(argument) : "memory");
#endif
}
END
PATH=$sdk/share/toolchain/bin:$PATH make -s BUILD_DIR=. "MICROKIT_SDK=$sdk" \
    MICROKIT_BOARD=$board MICROKIT_CONFIG="$config" > log 2>&1
result $? "a project builds with the SDK of an installed kernel"

# starts COMMAND...
starts() {
    timeout 20 "$@" < /dev/null > log 2>&1
    status=$?
    if grep -q '"PRINTING": true' "$sdk/board/$board/$config"/include/kernel/*.json; then
        tr -d '\r' < log | grep -qx 'hello from hello'
    else
        [ $status -eq 0 ]
    fi
}
starts "$sdk/bin/selkie" run --timeout 5 loader.img
result $? "selkie run boots it"
for cpu in cortex-a53 cortex-a57; do
    starts timeout 5 qemu-system-aarch64 -machine virt -cpu $cpu -m size=2G -nographic \
        -semihosting-config enable=on,userspace=on,target=native -serial mon:stdio \
        -device loader,file=loader.img,addr=0x70000000,cpu-num=0
    result $? "so does Microkit's own line, on $cpu"
done
echo "1..$count"
