#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD: what `selkie compose --check-only` says of bad/NAME.system and good/NAME.system,
# against NAME.txt beside it, as TAP tests. A description is for the first board unless its
# first line is "<!-- board: NAME -->". UPDATE=1 writes the texts anew: read the difference.
set -u
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset SEL4_PREFIX
. "$here/../../tap.sh"
tap_log=$scratch/difference

# board NAME FILTER: a board like the first one, but for what the filter changes.
board() {
    jq ".name = \"$1\" | .kernel_config += .configs[\"sdk-debug\"] | .configs = {} | $2" \
        "$(ls "$build"/*_el1/debug/board.json)" > "$scratch/$1.json"
}

x86='.isa = "x86_64" | .kernel_config.ARCH_AARCH64 = false | .kernel_config.ARCH_X86_64 = true'
board first .
board smp '.kernel_config.MAX_NUM_NODES = "4"'
board one-domain '.kernel_config.NUM_DOMAINS = "1"'
board hyp '.kernel_config += {ARM_HYPERVISOR_SUPPORT: true, ALLOW_SMC_CALLS: true,
    MAX_NUM_NODES: "4"}'
board riscv '.kernel_config.ARCH_AARCH64 = false | .kernel_config.ARCH_RISCV64 = true'
board x86 "$x86 | .kernel_config += {IOMMU: true, VTX: true}"
board x86-plain "$x86"

for file in "$here"/bad/*.system "$here"/good/*.system; do
    name=$(basename "$file" .system)
    cd "$(dirname "$file")" || exit 1
    board=$(sed -n '1s/^<!-- board: \([a-z0-9-]*\) -->$/\1/p' "$name.system" 2> /dev/null)
    "$build/bin/selkie" compose --check-only "$name.system" \
        --board "$scratch/${board:-first}.json" > "$scratch/out" 2> "$scratch/err"
    echo "-- status $?" | cat "$scratch/out" "$scratch/err" - > "$scratch/got"
    [ -z "${UPDATE:-}" ] || cp "$scratch/got" "$name.txt"
    diff "$name.txt" "$scratch/got" > "$tap_log" 2>&1
    result $? "$(basename "$(pwd)")/$name: the right answer"
done

# As large as Microkit's format allows: 63 domains, each with a channel to every other one.
awk 'BEGIN {
    print "<system>"
    for (i = 0; i < 63; i++) {
        printf "<protection_domain name=\"d%d\" priority=\"%d\">", i, i
        print "<program_image path=\"d.elf\" /></protection_domain>"
    }
    for (i = 0; i < 63; i++) {
        for (j = i + 1; j < 63; j++) {
            printf "<channel><end pd=\"d%d\" id=\"%d\" pp=\"true\" />", i, j - 1
            printf "<end pd=\"d%d\" id=\"%d\" /></channel>\n", j, i
        }
    }
    print "</system>"
}' > "$scratch/full.system"
cd "$scratch" || exit 1
echo "full.system: 63 protection domains, 1953 channels, 0 memory regions" > want
"$build/bin/selkie" compose --check-only full.system --board first.json > got 2>&1
diff want got > "$tap_log"
result $? "63 domains with 62 channels each are good"

# nested COUNT: domains in one another, the innermost of which has a capability in its <cspace>.
nested() {
    awk -v count="$1" 'BEGIN {
        for (i = 0; i < count; i++) {
            printf "<protection_domain name=\"d%d\"%s>", i, (i > 0 ? " id=\"1\"" : "")
            print "<program_image path=\"d.elf\" />"
        }
        print "<cspace><cap_tcb slot=\"1\" pd=\"d0\" /></cspace>"
        for (i = 0; i < count; i++) {
            print "</protection_domain>"
        }
    }'
}
(echo "<system>" && nested 63 && echo "</system>") > nested.system
echo "nested.system: 63 protection domains, 0 channels, 0 memory regions" > want
"$build/bin/selkie" compose --check-only nested.system --board first.json > got 2>&1
diff want got > "$tap_log"
result $? "63 domains in one another are good"
(echo '<system xmlns:sk="https://selkie.systems/sdf/1">' && nested 1024 && echo "</system>") \
    > deeper.system
echo "deeper.system: 1024 protection domains, 0 channels, 0 memory regions" > want
"$build/bin/selkie" compose --check-only deeper.system --board first.json > got 2>&1
diff want got > "$tap_log"
result $? "1024 domains in one another are good, with extensions"
echo "1..$count"
