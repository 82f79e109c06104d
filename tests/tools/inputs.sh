# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh disable=SC2154
# Files for the cases in run.sh, made in the current folder: programs, a kernel, a prefix,
# board files, and scripts that play QEMU.

cross() {
    out=$1
    shift
    aarch64-linux-gnu-gcc -nostdlib -static -no-pie \
        -Wl,--build-id=none,--no-warn-rwx-segments,-z,noexecstack,-z,max-page-size=4096 \
        -o "$out" "$@" "$here/program.S"
}

# not_qemu NAME: a script from standard input.
not_qemu() {
    { echo '#!/bin/sh'; cat; } > "$1"
    chmod +x "$1"
}

# fake NAME: a script that plays QEMU, from standard input; its log says that it started.
fake() {
    { echo 'for log; do [ "$was" != -D ] || echo "CPU Reset (CPU 0)" > "$log"; was=$log; done'
        echo 'for log; do [ "$was" != -D ] || break; was=$log; done'
        cat; } | not_qemu "$1"
}

# patch FILE OFFSET BYTES: overwrite; BYTES as printf spells them.
patch() {
    printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2> /dev/null
}

make_elves() {
    symbols='KERNEL_MCS=1\nPRINTING=0\nNUM_DOMAINS=1\nWORD_SIZE=64\n'
    cross plain.elf -DBSS=64
    cross hello.elf -DBSS=64 "-DNOTE=\"$symbols\""
    cross old.elf -DBSS=64 '-DNOTE="KERNEL_MCS=0\n"'
    cross high.elf -DBSS=64 -Wl,-Ttext-segment=0x7fffffffb000
    cross huge.elf -DBSS=0x10000000
    cross object.o -DBSS=64 -c
    cross kernel.elf -DBSS=64 "-Wl,-T,$here/kernel.ld" \
        '-DNOTE="KERNEL_MCS=1\nPRINTING=1\nNUM_DOMAINS=16\nWORD_SIZE=64\nEXTRA=1\n"'
    cross classic.elf -DBSS=64 "-Wl,-T,$here/kernel.ld" \
        '-DNOTE="KERNEL_MCS=0\nPRINTING=1\n"'
    cross hypervisor.elf -DBSS=64 -Wl,--defsym=link_address=0xffc0000000 \
        "-Wl,-T,$here/kernel.ld"
    cross crash.elf -DBSS=64 "-Wl,-T,$here/kernel.ld" '-DSTART=udf #0'
    cross off.elf -DBSS=64 "-Wl,-T,$here/kernel.ld" \
        '-DSTART=movz w0, #0x8400, lsl #16; movk w0, #8; hvc #0'
    cross reset.elf -DBSS=64 "-Wl,-T,$here/kernel.ld" \
        '-DSTART=movz w0, #0x8400, lsl #16; movk w0, #9; hvc #0'
    cross small-cnode.elf -DBSS=64 "-Wl,-T,$here/kernel.ld" \
        '-DNOTE="ROOT_CNODE_SIZE_BITS=12\nKERNEL_MCS=1\n"'
    # An image page for each slot that the kernel leaves: its code, then zeros.
    cross full-cnode.elf -DBSS=0xf9b000-0x4f0
    cross over-cnode.elf -DBSS=0xf9c000-0x4f0
    cross for-prefix.elf -DBSS=64 \
        "-DNOTE=\"@board=qemu_virt_aarch64_el1\n@config=sel4-there\n$symbols\""
    cross for-other.elf -DBSS=64 "-DNOTE=\"@config=sel4-nowhere\n$symbols\""
    head -c 800 plain.elf > short.elf
    head -c 30 plain.elf > tiny.elf
    echo 'int main(void) { return 0; }' > text.c
    cp plain.elf riscv.elf
    patch riscv.elf 18 '\363'
    cp plain.elf lying.elf
    patch lying.elf 32 '\377\377\377\377\377\377\377\177'
    cp plain.elf entry.elf
    patch entry.elf 24 '\0\0\0\0\0\0\0\0'
    : > empty.elf
}

# config_prefix NAME FILTER: a kernel with our configuration, but for what the filter changes.
config_prefix() {
    cp -R prefix "$1"
    jq "$2" "$whole" > "$1/libsel4/include/kernel/gen_config.json"
}

make_prefix() {
    mkdir -p prefix/bin prefix/libsel4/include/kernel prefix/support no-kernel
    cp kernel.elf prefix/bin
    echo '{"KERNEL_MCS": true, "PRINTING": false, "NUM_DOMAINS": "1", "WORD_SIZE": "64"}' \
        > prefix/libsel4/include/kernel/gen_config.json
    dtc -q -I dts -O dtb -o prefix/support/kernel.dtb "$here/board.dts"
    cp prefix/support/kernel.dtb .
    head -c 100 kernel.dtb > short.dtb

    cp -R prefix other-prefix
    echo '{"KERNEL_MCS": false, "NUM_DOMAINS": "1", "WORD_SIZE": "64"}' \
        > other-prefix/libsel4/include/kernel/gen_config.json
    cp -R prefix bad-prefix
    echo '{"KERNEL_MCS": tru}' > bad-prefix/libsel4/include/kernel/gen_config.json
    cp -R prefix small-prefix
    printf '{"ROOT_CNODE_SIZE_BITS": "5", %s}\n' \
        '"KERNEL_MCS": true, "PRINTING": false, "WORD_SIZE": "64"' \
        > small-prefix/libsel4/include/kernel/gen_config.json
    # Kernels that systems are composed for, and others.
    whole=$(ls "$build"/*_el1/debug/gen_config.json)
    config_prefix mcs-prefix .
    config_prefix quiet-prefix '.PRINTING = false'
    config_prefix classic-prefix '.KERNEL_MCS = false'
    config_prefix riscv-prefix '.ARCH_AARCH64 = false'
    config_prefix no-number-prefix 'del(.TIMER_FREQUENCY)'
    cp -R prefix no-config
    rm no-config/libsel4/include/kernel/gen_config.json
}

# board FILE JSON: a board file whose "qemu" is given.
board() {
    printf '{\n  "loader": {"base": "0x48000000"},\n  "qemu": %s\n}\n' "$2" > "$1"
}

make_boards() {
    board board.json '{"binary": "./qemu", "args": ["-machine", "virt"]}'
    board no-args.json '{"binary": "./qemu"}'
    board args-no-array.json '{"binary": "./qemu", "args": "-m 2048"}'
    board args-number.json '{"binary": "./qemu", "args": ["-m", 2048]}'
    board missing-qemu.json \
        '{"binary": "./no-qemu-here", "package": "qemu-system-arm", "args": []}'
    echo '{"qemu": {"binary": "x", "args": []}, "loader": {"base": "high"}}' > bad-base.json
    printf '{\n  "qemu": [\n' > damaged.json

    real=$(ls "$build"/*_el1/debug/board.json)
    sed 's/virtualization=off/virtualization=on/' "$real" > el2.json
    sed 's/0x70000000/0x40000000/' "$real" > taken.json
    sed 's/cortex-a57/no-such-cpu/' "$real" > no-cpu.json
    jq 'del(.memory)' "$real" > no-memory.json
    jq 'del(.name)' "$real" > no-name.json
    jq '.devices[1].end = "far"' "$real" > bad-device.json
    jq '.interrupts.kernel = [160]' "$real" > bad-interrupt.json
    jq 'del(.kernel_config)' "$real" > no-kernel.json
}

# Build folders: a part of one, for two installed kernels; and a copy of selkie outside any.
make_trees() {
    mkdir -p tree/bin copy/bin tree/qemu_virt_aarch64_el1/sel4-there \
        tree/qemu_virt_aarch64_el1/sel4-other-prefix
    cp "$selkie" tree/bin
    cp "$selkie" copy/bin
    cp board.json tree/qemu_virt_aarch64_el1/sel4-there
}

make_fakes() {
    fake qemu << 'END'
printf '%s\n' "$@" | sed 's,/proc/self/fd/[0-9]*$,FILE,' | tr '\n' ' '
echo
END
    fake qemu-status << 'END'
echo console
exit 7
END
    fake qemu-input << 'END'
read -r line && echo "got $line"
exit 0
END
    fake qemu-complaint << 'END'
echo "$(basename "$0"): -cpu cortex-a99: unable to find CPU model" >&2
exit 1
END
    not_qemu qemu-gdb-taken << 'END'
echo "$(basename "$0"): -gdb tcp:127.0.0.1:1234: Failed to find an available port:" \
    "Address already in use" >&2
exit 1
END
    fake qemu-warning << 'END'
echo "$(basename "$0"): warning: the sky is grey" >&2
echo console
exit 1
END
    fake qemu-dies << 'END'
kill -SEGV $$
END
    not_qemu qemu-not << 'END'
exit 0
END
    not_qemu qemu-not-either << 'END'
exit 3
END
    fake qemu-off << 'END'
echo "runstate_set current_run_state 9 (running) new_state 10 (shutdown)" >> "$log"
END
    fake qemu-terminated << 'END'
echo console
echo "$(basename "$0"): terminating on signal 15 from pid 7 (oom)" >&2
END
    fake qemu-debugged << 'END'
echo "$(basename "$0"): QEMU: Terminated via GDBstub" >&2
END
    fake qemu-spam << 'END'
: > ready
while :; do echo "a line of a program that never ends, and prints and prints"; done
END
    fake qemu-much << 'END'
exec head -c 68000 /dev/zero
END
    fake qemu-lives << 'END'
: > ready
echo console
exec sleep 20
END
    fake qemu-silent << 'END'
: > ready
exec sleep 20
END
    fake qemu-deaf << 'END'
trap '' TERM
echo console
while :; do sleep 0.05; done
END
    # Real seL4's reports: with MCS, and (in colour, after a line that was not ended) without.
    fake qemu-fault << 'END'
echo 'Found thread has no fault handler while trying to handle:'
echo 'vm fault on data at address 0x10 with status 0x92000006'
echo 'in thread 0xffffff80bffe9400 "rootserver" at address 0x4002fc'
echo 'With stack:'
sleep 0.1
echo '0x405fd0: 0x0'
exec sleep 10
END
    fake qemu-fault-classic << 'END'
printf 'no newline\033[31mCaught cap fault in send phase at address 0\r\n'
printf 'while trying to handle:\r\n'
printf 'user exception 0x2000000 code 0\r\n'
printf '\033[0min thread 0xffffff80bffe9400 "rootserver" at address 0x4002f8\r\n'
exec sleep 10
END
    fake qemu-fault-told << 'END'
echo 'my notes on what it says while trying to handle:'
echo one; echo two; echo three; echo four
echo 'in thread 0x1'
exit 0
END
    fake qemu-fault-lives << 'END'
echo 'Found thread has no fault handler while trying to handle:'
echo 'unknown syscall 0x1'
echo 'in thread 0xffffff80bffe9400 "child of main" at address 0x4002fc'
sleep 0.5
echo 'main goes on'
exit 0
END
    fake qemu-loader << 'END'
echo 'selkie loader: error: this kernel runs at EL2, and the machine started at EL1'
exec sleep 10
END
}
