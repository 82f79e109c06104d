#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh SKGEN: golden outputs, golden diagnostics, and compilation of what is generated.
# Prints TAP. UPDATE=1 in the environment rewrites what is expected.
set -u
skgen=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
root=$(realpath "$here/../..")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
. "$here/../tap.sh"
tap_log=$work/log
tap_lines=40
warnings="-Wall -Wextra -Wundef -Wshadow -Wstrict-prototypes -Werror"

# fixture DIR: a fresh copy of the small interface, in it also a board, and, once there is
# one, an installed kernel made of our own output.
fixture() {
    rm -rf "$1"
    mkdir -p "$1/prefix/libsel4"
    cp -R "$here/idl" "$here/config" "$here/rpc" "$here/board.json" "$1"
    [ ! -d "$work/small/out" ] || cp -R "$work/small/out/include" "$1/prefix/libsel4"
}

# small DIR ARGUMENT...: generate from the fixture in DIR, into DIR/out.
small() {
    (
        cd "$1" || exit 1
        shift
        "$skgen" generate --idl idl --kernel-config config/kernel.json \
            --libsel4-config config/libsel4.json --board test --config debug --out out "$@"
    )
}

# golden NAME DIR: each file under golden/NAME is what DIR has.
golden() {
    status=0
    : > "$work/log"
    for expect in $(cd "$here/golden/$1" && find . -type f | sort); do
        if [ -n "${UPDATE-}" ]; then
            cp "$2/${expect%.expect}" "$here/golden/$1/$expect"
        fi
        diff -u "$here/golden/$1/$expect" "$2/${expect%.expect}" >> "$work/log" 2>&1 || status=1
    done
    result $status "output is as expected: $1"
}

# bad CASE: the diagnostic, and the exit status, of input that is wrong.
bad() {
    name=$(basename "$1" .case)
    fixture "$work/bad"
    sed -n 's/^edit: \([^ ]*\) \(.*\)/\1\n\2/p' "$1" |
        while read -r file && read -r script; do
            sed -i "$script" "$work/bad/$file"
        done
    args=$(sed -n 's/^args: //p' "$1")
    command=$(sed -n 's/^command: //p' "$1")
    if [ -n "$command" ]; then
        # shellcheck disable=SC2086
        (cd "$work/bad" && "$skgen" $command) > "$work/out" 2> "$work/err"
    else
        # shellcheck disable=SC2086
        small "$work/bad" $args > "$work/out" 2> "$work/err"
    fi
    status=$?
    if [ -n "${UPDATE-}" ]; then
        sed '/^---$/q' "$1" | cat - "$work/err" > "$work/case" && cp "$work/case" "$1"
    fi
    sed '1,/^---$/d' "$1" | diff -u - "$work/err" > "$work/log" 2>&1
    verdict=$?
    if [ $status != 125 ]; then
        echo "exit status $status, not 125" >> "$work/log"
        verdict=1
    fi
    if [ -e "$work/bad/out" ]; then
        echo "something was written all the same" >> "$work/log"
        verdict=1
    fi
    if [ -s "$work/out" ]; then
        echo "something on standard output" >> "$work/log"
        verdict=1
    fi
    result $verdict "diagnostic: $name"
}

# compile NAME COMPILER...: every header in one translation unit, in three dialects, and
# the configuration note.
compile() {
    name=$1
    shift
    if ! command -v "$1" > /dev/null; then
        skip "compile $name with $1" "not installed"
        return
    fi
    include=$work/$name/include
    status=0
    : > "$work/log"
    (cd "$include" && find . -name '*.h' ! -name 'constants_cortex_*') | sort |
        sed 's,^\./,#include <,; s,$,>,' > "$work/all.c"
    for dialect in gnu11 gnu2x; do
        # shellcheck disable=SC2086
        "$@" -std=$dialect $warnings -O2 -ffreestanding -c -I "$include" -I "$root/include" \
            -o "$work/all.o" "$work/all.c" >> "$work/log" 2>&1 || status=1
    done
    "$@" -c -o "$work/note.o" "$work/$name/gen/config_note.S" >> "$work/log" 2>&1 ||
        status=1
    result $status "compile $name with $1"
}

# cplusplus NAME COMPILER...: the headers are C++ as well.
cplusplus() {
    name=$1
    shift
    if ! command -v "$1" > /dev/null; then
        skip "C++ $name with $1" "not installed"
        return
    fi
    (cd "$work/$name/include" && find . -name '*.h' ! -name 'constants_cortex_*') | sort |
        sed 's,^\./,#include <,; s,$,>,' |
        "$@" -x c++ -std=c++17 -Wall -Wextra -Werror -ffreestanding -fsyntax-only \
            -I "$work/$name/include" -I "$root/include" - > "$work/log" 2>&1
    result $? "the headers of $name parse as C++ with $1"
}

# alone NAME COMPILER...: every header by itself, and all CONFIG_ macros with it.
alone() {
    name=$1
    shift
    if ! command -v "$1" > /dev/null; then
        skip "each header alone: $name with $1" "not installed"
        return
    fi
    status=0
    : > "$work/log"
    for header in $(cd "$work/$name/include" && find . -name '*.h' ! -path './selkie/gen/*' \
                        ! -path './selkie/config.h'); do
        # shellcheck disable=SC2086
        printf '#include <%s>\nint word_size = CONFIG_WORD_SIZE;\n' "${header#./}" |
            "$@" -std=gnu11 $warnings -ffreestanding -fsyntax-only \
                -I "$work/$name/include" -I "$root/include" -x c - \
                >> "$work/log" 2>&1 || status=1
    done
    result $status "each header alone: $name with $1"
}

# protocol COMPILER...: a client and a server in one translation unit, with every warning.
protocol() {
    if ! command -v "$1" > /dev/null; then
        skip "a protocol compiles with $1" "not installed"
        return
    fi
    include=$work/protocol/include
    config=$here/configs/aarch64-mcs
    status=0
    "$skgen" generate --idl "$root/idl/sel4" --kernel-config "$config/kernel.json" \
        --libsel4-config "$config/libsel4.json" --board test --config test \
        --out "$work/protocol" > "$work/log" 2>&1 || status=1
    for dialect in gnu11 gnu2x; do
        # shellcheck disable=SC2086
        printf '#include "small_client.h"\n#include "small_server.h"\n' |
            "$@" -std=$dialect $warnings -O2 -ffreestanding -c -I "$work/protocol/out" \
                -I "$include" -I "$root/include" -I "$root/arch/aarch64/include" \
                -o "$work/rpc.o" -x c - >> "$work/log" 2>&1 || status=1
    done
    result $status "a protocol compiles with $1"
}

# configuration NAME: generate the real interface for it, twice.
configuration() {
    status=0
    for pass in 1 2; do
        [ $pass = 1 ] || (cd "$work/$1" && find . -type f -exec touch -d 2001-01-01 {} +)
        "$skgen" generate --idl "$root/idl/sel4" \
            --kernel-config "$here/configs/$1/kernel.json" \
            --libsel4-config "$here/configs/$1/libsel4.json" --board test --config "$1" \
            --out "$work/$1" --docs "$work/$1/docs" > "$work/log" 2>&1 || status=1
    done
    find "$work/$1" -type f -newermt 2001-01-02 >> "$work/log"
    [ -s "$work/log" ] && status=1
    result $status "generate $1; the second time nothing is written"
    grep -rnE '^ *# *(if|ifdef|ifndef|else|endif)' "$work/$1/include" --include='*.h' \
        > "$work/log"
    [ -s "$work/log" ]
    result $((1 - $?)) "no preprocessor condition in the headers of $1"
    grep -rn -F -e "$work" -e "$root" "$work/$1" > "$work/log"
    [ -s "$work/log" ]
    result $((1 - $?)) "no path of this machine in what is generated for $1"
    sed 's/ *#.*//; /^$/d; s/^/#define SK_CFG_/; s/$/ /' "$root/idl/sel4/config_symbols.txt" |
        while read -r define symbol; do
            grep -q "^$define $symbol ." "$work/$1/include/selkie/config.h" || echo "$symbol"
        done > "$work/log"
    [ -s "$work/log" ]
    result $((1 - $?)) "every symbol of every kernel has a value in selkie/config.h of $1"
}

cases=$(find "$here/bad" -name '*.case' | wc -l)
configs=$(find "$here/configs" -name kernel.json | wc -l)
echo "1..$((11 + cases + configs * 6 + 6))"

fixture "$work/small"
small "$work/small" --docs out/docs > "$work/log" 2>&1
golden small "$work/small/out"

fixture "$work/again"
small "$work/again" --sel4 prefix > "$work/log" 2>&1
diff -r -I '^ \*' -I '/\* .*[a-z]:[0-9]' "$work/small/out/include" \
    "$work/again/out/include" > "$work/log" 2>&1
result $? "what was generated serves as an installed kernel, and gives the same again"

fixture "$work/long"
long=$(printf 'X%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)
sed -i "s/NullFault/$long$long$long/g" "$work/long/idl/headers.xml"
small "$work/long" > "$work/log" 2>&1
result $? "names that leave no room on a line are no problem"

(cd "$work/again" && "$skgen" config --board board.json --config release \
    --kernel-out out/kernel.json --libsel4-out out/libsel4.json) > "$work/log" 2>&1
golden config "$work/again/out"

fixture "$work/classic"
sed -i 's/"KERNEL_MCS": true/"KERNEL_MCS": false/; s/"PRINTING": false/"PRINTING": true/' \
    "$work/classic/config/kernel.json"
small "$work/classic" --docs out/docs > "$work/log" 2>&1
golden classic "$work/classic/out"

fixture "$work/protocol"
(cd "$work/protocol" && "$skgen" rpc --out out rpc/small.xml) > "$work/log" 2>&1
golden rpc "$work/protocol/out"
protocol aarch64-linux-gnu-gcc
protocol clang --target=aarch64-linux-gnu
sed -n 's/^ *<kind name="\([a-z0-9_]*\)".*/\1/p' "$root/idl/sel4/cap.xml" | sort > "$work/kinds"
sed -n '/^static const char \*const kinds/,/^}/p' "$root/tools/skgen/rpc_type.c" |
    grep -o '"[a-z0-9_]*"' | tr -d '"' | sort | diff "$work/kinds" - > "$work/log" 2>&1
result $? "protocols know the kinds of capabilities that there are"

# refused LINE: skgen refuses rpc/small.xml of the fixture with this line, and help.
refused() {
    (cd "$work/protocol" && "$skgen" rpc --out out rpc/small.xml) > "$work/log" 2>&1
    [ $? = 125 ] && [ "$(head -n 1 "$work/log")" = "$1" ] && grep -q '^help: ' "$work/log"
}
awk '/<error/ {
        for (n = 1; n < 900; n++) {
            print "<method name=\"m" n "\" brief=\"One more.\"/>"
        }
    }
    { print }' "$here/rpc/small.xml" > "$work/protocol/rpc/small.xml"
rm -r "$work/protocol/rpc/published"
refused "rpc/small.xml:917:5: error: a protocol has at most 900 methods"
result $? "diagnostic: more methods than a protocol may have"
: > "$work/protocol/rpc/published"
cp "$here/rpc/small.xml" "$work/protocol/rpc/small.xml"
refused "skgen: error: cannot read 'rpc/published/small.xml': Not a directory"
result $? "diagnostic: what was published cannot be read"

for case in "$here"/bad/*.case; do
    bad "$case"
done

for folder in "$here"/configs/*/; do
    config=$(basename "$folder")
    isa=${config%%-*}
    configuration "$config"
    if [ "$isa" = x86_64 ]; then
        compile "$config" gcc
    else
        compile "$config" "$isa-linux-gnu-gcc"
    fi
    compile "$config" clang "--target=$isa-linux-gnu"
done
cplusplus aarch64-mcs clang --target=aarch64-linux-gnu
cplusplus riscv64-classic clang --target=riscv64-linux-gnu
cplusplus x86_64-mcs clang --target=x86_64-linux-gnu
alone aarch64-mcs aarch64-linux-gnu-gcc
alone riscv64-mcs clang --target=riscv64-linux-gnu
alone x86_64-classic gcc
