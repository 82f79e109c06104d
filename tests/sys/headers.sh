#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# headers.sh INCLUDE_DIR [COMPILER...]: each header of headers.txt compiles alone, as gnu2x and
# as gnu11, without warnings, and gives the CONFIG_ macros. Prints TAP. A COMPILER is a command
# with its options in one word; by default gcc and clang for the headers' instruction set.
set -u
here=$(dirname "$0")
include=$1
shift
. "$here/isa.sh"
isa=$(isa_of "$include") || exit 125
if [ $# -eq 0 ]; then
    set -- "$isa-linux-gnu-gcc" "clang --target=$isa-linux-gnu"
fi
flags="-ffreestanding -Wall -Wextra -Wundef -Wstrict-prototypes -Werror -I$include"
work=$(mktemp -d) || exit 125
trap 'rm -rf "$work"' EXIT

# symbols FILE...: the CONFIG_ macros they define.
symbols() { sed -n 's/^#define \(CONFIG_[A-Z0-9_]*\).*/\1/p' "$@" | sort; }
symbols "$include/kernel/gen_config.h" > "$work/kernel"
symbols "$include/sel4/gen_config.h" > "$work/libsel4"
sort "$work/kernel" "$work/libsel4" > "$work/both"

. "$here/../tap.sh"
tap_log=$work/log
tap_lines=5
# report TEXT: one test; it failed if $work/log holds anything.
report() {
    [ ! -s "$work/log" ]
    result $? "$1"
}

# check HEADER CONFIG COMPILER...
check() {
    header=$1 config=$2
    shift 2
    echo "#include <$header>" > "$work/alone.c"
    for cc; do
        for standard in gnu2x gnu11; do
            $cc $flags -std=$standard -fsyntax-only "$work/alone.c" > "$work/log" 2>&1
            [ ! -s "$work/log" ] || break
        done
        report "$header compiles alone with ${cc%% *}"
    done
    $1 $flags -std=gnu2x -E -dM "$work/alone.c" 2>&1 | symbols > "$work/given"
    comm -23 "$work/$config" "$work/given" > "$work/log"
    report "$header gives the configuration"
}

while read -r header options; do
    config=both
    case $header in '#'*) continue ;; esac
    for option in $options; do
        value=${option#*=}
        case $option in
        isa=*) case ",$value," in *",$isa,"*) ;; *) continue 2 ;; esac ;;
        if=*) grep -qx "$value" "$work/both" || continue 2 ;;
        config=*) config=$value ;;
        *) echo "$here/headers.txt: error: unknown option $option" >&2 && exit 125 ;;
        esac
    done
    check "$header" "$config" "$@"
done < "$here/headers.txt"
echo "1..$count"
[ "$failed" -eq 0 ]
