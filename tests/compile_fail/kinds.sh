#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# kinds.sh SKGEN: no kind of capability passes for another. Every pair of kinds, then, for each
# configuration under tests/gen, every argument of every typed call with every other kind; and
# every call that the configuration lacks says why. gcc and clang; each sentence is compared.
# Prints TAP.
set -u
skgen=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
root=$(realpath "$here/../..")
work=$(mktemp -d) || exit 125
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
flags="-std=gnu2x -ffreestanding -Wall -Wextra -Werror"
. "$here/../tap.sh"
tap_log=$work/log

# sentences: "LINE: ERROR" of a compiler's output, gcc's note "expected ..." behind it.
sentences() {
    sed "s/ {aka [^}]*}//g; s/ (aka '[^']*')//g" |
        awk '/: error: / {
                 if (n++) print said
                 split($0, part, ":")
                 said = part[2] ": " substr($0, index($0, "error: ") + 7)
             }
             /: note: expected / { said = said "; " substr($0, index($0, "expected ")) }
             END { if (n) print said }' | sort
}

# compile NAME ISA CC FILE: its errors are those in $work/said, and no others. It has as many
# lines as $all says, unless that is empty.
compile() {
    gcc=$2-linux-gnu-gcc
    [ "$2" != x86_64 ] || gcc=gcc
    case $3 in
    gcc) set -- "$1" "$4" "$gcc" -fno-diagnostics-show-caret ;;
    *) set -- "$1" "$4" clang "--target=$2-linux-gnu" -ferror-limit=0 -fno-caret-diagnostics ;;
    esac
    name=$1 file=$2
    shift 2
    # shellcheck disable=SC2086
    "$@" $flags -fsyntax-only -I "$work/include" -I "$root/include" -include "$work/all.h" \
        "$file" > "$work/output" 2>&1
    sentences < "$work/output" > "$work/heard"
    sort "$work/said" | diff - "$work/heard" > "$work/log"
    status=$?
    of=$(wc -l < "$work/said")
    [ -z "$all" ] || [ "$all" = "$(wc -l < "$file")" ] || status=1
    result $status "$name with ${1##*/}: $(wc -l < "$file") uses, $of sentences"
}

# pairs CC: a function that takes each kind, called with each other.
pairs() {
    sed -n 's/^typedef struct sk_\([a-z0-9_]*\) .*/\1/p' "$work/include/selkie/cap/kinds.h" |
        awk -v cc="$1" -v said="$work/said" '
            { kind[NR] = "sk_" $1 }
            function pair(wanted, given) {
                n++
                printf "void take%d(%s); ", n, wanted
                printf "void pair%d(%s given) { take%d(given); }\n", n, given, n
                if (cc == "gcc")
                    printf "%d: incompatible type for argument 1 of \047take%d\047; " \
                        "expected \047%s\047 but argument is of type \047%s\047\n",
                        n, n, wanted, given > said
                else
                    printf "%d: passing \047%s\047 to parameter of incompatible type " \
                        "\047%s\047\n", n, given, wanted > said
            }
            END {
                for (a = 1; a <= NR; a++)
                    for (b = 1; b <= NR; b++)
                        if (a != b) pair(kind[a], kind[b])
            }' > "$work/uses.c"
}

# declared PATTERN: how many lines of the typed headers match.
declared() { cat "$work"/include/selkie/cap/*.h | grep -c "$1"; }

# calls CC WANT: see calls.awk.
calls() {
    : > "$work/said"
    cap=$work/include/selkie/cap
    awk -v cc="$1" -v want="$2" -v said="$work/said" -f "$here/calls.awk" "$cap/kinds.h" \
        $(find "$cap" -name '*.h' ! -name kinds.h | sort) > "$work/uses.c"
}

for folder in "$root"/tests/gen/configs/*/; do
    config=$(basename "$folder")
    isa=${config%%-*}
    rm -rf "$work/include"
    "$skgen" generate --idl "$root/idl/sel4" --kernel-config "$folder/kernel.json" \
        --libsel4-config "$folder/libsel4.json" --board test --config test --out "$work" ||
        exit 125
    (cd "$work/include" && ls selkie/cap/*.h) | sed 's/.*/#include <&>/' > "$work/all.h"
    for cc in gcc clang; do
        if [ "$config" = aarch64-mcs ]; then
            kinds=$(grep -c "^typedef struct" "$work/include/selkie/cap/kinds.h")
            pairs $cc
            all=$((kinds * (kinds - 1)))
            compile "pairs of kinds" "$isa" $cc "$work/uses.c"
        fi
        for want in good bad lack; do
            calls $cc $want
            case $want in
            good) all=$(declared '^static SK_ALWAYS_INLINE') ;;
            bad) all= ;;
            lack) all=$(declared '^SK_UNAVAILABLE') ;;
            esac
            compile "$want calls of $config" "$isa" $cc "$work/uses.c"
        done
    done
done
echo "1..$count"
[ $failed = 0 ]
