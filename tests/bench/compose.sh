#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# compose.sh BUILD BOARD SDK...: what it takes to compose systems of 3, 16 and 63 domains in
# which each has a channel to each other, and to start them; a table for each SDK.
set -u
build=$1
board=$2
shift 2
here=$(dirname "$0")
unset SEL4_PREFIX MICROKIT_SDK
. "$here/counter.sh"

# system COUNT: its description.
system() {
    awk -v count="$1" 'BEGIN {
        print "<system>"
        for (i = 0; i < count; i++) {
            printf "<protection_domain name=\"pd%d\" priority=\"%d\">", i, i + 1
            print "<program_image path=\"domain.elf\" /></protection_domain>"
        }
        for (i = 0; i < count; i++) {
            for (j = i + 1; j < count; j++) {
                printf "<channel><end pd=\"pd%d\" id=\"%d\" />", i, used[i]++
                printf "<end pd=\"pd%d\" id=\"%d\" /></channel>\n", j, used[j]++
            }
        }
        print "</system>"
    }'
}

# Code, constants and data of programs.
size_of() {
    aarch64-linux-gnu-size "$@" | awk 'NR > 1 { sum += $1 + $2 } END { print sum + 0 }'
}

# milliseconds COMMAND...: the least of five runs.
milliseconds() {
    best=999999
    for _ in 1 2 3 4 5; do
        start=$(date +%s%N)
        "$@" || return
        took=$((($(date +%s%N) - start) / 1000000))
        [ "$took" -ge "$best" ] || best=$took
    done
    echo "$best"
}

# address FUNCTION: of the initialiser's.
address() {
    echo 0x$(aarch64-linux-gnu-nm "$elf/initialiser.elf" | sed -n "s/ T $1\$//p")
}

# run IMAGE FUNCTION: counts to $COUNT_FILE, also where the initialiser's function is first
# called; the console to its log.
run() {
    : > "$COUNT_FILE"
    COUNT_ENTRY=$(address "$2")
    "$sdk/bin/selkie" run --qemu "$work/qemu" --deterministic --timeout 120 "$1" \
        > "$COUNT_FILE.log" 2>&1 || {
        tail -n 5 "$COUNT_FILE.log" >&2
        fail "$1 did not end well"
    }
}

# one_system COUNT: "COUNT NAME VALUE" lines for a system of so many domains.
one_system() {
    count=$1
    system "$count" > "$out/$count.system"
    compose="$sdk/bin/microkit $out/$count.system --board $board --config $config
        --search-path $out -o $out/$count.img -r $out/$count.txt"
    # shellcheck disable=SC2086 # words on purpose
    ms=$(milliseconds $compose)
    [ -n "$ms" ] || fail "$count domains are not composed"
    echo "$count time $ms"
    "$sdk/bin/selkie" compose "$out/$count.system" --config "$config" --search-path "$out" \
        --report-json "$out/$count.json" || fail "there is no report"
    echo "$count objects $(jq '[.memory.objects[].count] | add' "$out/$count.json")"
    echo "$count image $(wc -c < "$out/$count.img")"
    echo "$count parts $(($(size_of "$elf"/*.elf) + count * $(size_of "$out/domain.elf")))"
    run "$out/$count.img" sk_init_execute
    checked=$(awk '$1 == "entry" { print $2 + $3 }' "$COUNT_FILE")
    run "$out/$count.img" _start
    tr -d '\r' < "$COUNT_FILE.log" | awk -v count="$count" '
        /^initialiser: / && /kernel calls/ {
            for (i = 2; i <= NF; i++) {
                if ($i == "kernel") { print count, "calls", $(i - 1) }
                if ($i == "of") { print count, "retypes", $(i - 1) }
            }
        }'
    awk -v count="$count" -v checked="$checked" '
        $1 == "entry" { entry = $2 + $3 }
        $1 == "mark" { last = $3 + $4 }
        END {
            print count, "boot", entry
            print count, "check", checked - entry
            print count, "start", last - entry
        }' "$COUNT_FILE"
}

# table TITLE CONFIG: of the lines of one_system. A budget stands where it is meant: that of the
# initialiser is for release, and of the start of kernels there is none here, since design.md's
# is for a kernel without the SDK's numbers (run.sh). Only debug initialisers count calls.
table() {
    awk -v title="$1" -v config="$2" -v initialiser="$(size_of "$elf/initialiser.elf")" '
    { value[$1 " " $2] = $3 }
    END {
        counts = value["63 retypes"] != ""
        printf "%-58s %10s %10s %10s %10s\n", title, "3", "16", "63", "budget"
        row("boot", "reset to the first root-task instruction, instructions")
        row("start", "from there to the last domain'"'"'s first, instructions")
        row("check", "of these, until the specification is checked")
        row("calls", "kernel calls for that (debug: as predicted)")
        row("objects", "kernel objects")
        ratio("retypes", "objects", "retype calls an object (debug)", counts ? "0.200" : "")
        row("time", "time to compose, ms (budget: of 63)", 200)
        row("image", "image, bytes")
        row("parts", "code and data of its programs, bytes")
        printf "%-58s %10s %10s %10d %10s\n", "initialiser, code and data, bytes", "", "",
               initialiser, config == "release" ? 16384 : ""
    }
    function row(name, text, budget) {
        printf "%-58s %10s %10s %10s %10s\n", text, value["3 " name], value["16 " name],
               value["63 " name], budget
    }
    function one(a, b) { return value[a] == "" ? "" : sprintf("%.3f", value[a] / value[b]) }
    function ratio(a, b, text, budget) {
        printf "%-58s %10s %10s %10s %10s\n", text, one("3 " a, "3 " b), one("16 " a, "16 " b),
               one("63 " a, "63 " b), budget
    }'
}

make_counter
for sdk; do
    for folder in "$sdk/board/$board"/*/; do
        config=$(basename "$folder")
        elf=$folder/elf
        out=$work/compose-$(basename "$sdk")-$config
        mkdir -p "$out"
        COUNT_FILE=$out/counts
        export COUNT_FILE COUNT_ENTRY
        "$sdk/share/toolchain/bin/aarch64-none-elf-gcc" -ffreestanding -O2 -nostdlib -static \
            -I"$folder/include" -L"$folder/lib" -T "$folder/lib/microkit.ld" \
            -o "$out/domain.elf" "$here/compose/domain.c" -lmicrokit ||
            fail "the domain does not link"
        for count in 3 16 63; do
            one_system $count
        done | table "systems, $(basename "$sdk"), $config: domains" "$config"
        echo
    done
done
