# SPDX-License-Identifier: BSD-2-Clause
# Sourced by the scripts here. isa_of INCLUDE_DIR: the instruction set of those raw headers, as
# compilers spell it.

isa_of() {
    isa_found=$(sed -n 's/^#define CONFIG_SEL4_ARCH  *\([a-z0-9_]*\).*/\1/p' \
        "$1/kernel/gen_config.h" 2> /dev/null)
    case $isa_found in
    aarch64 | riscv64 | x86_64)
        echo "$isa_found"
        ;;
    *)
        echo "$1: error: kernel/gen_config.h names no known CONFIG_SEL4_ARCH" >&2
        return 1
        ;;
    esac
}
