#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# constants.sh CONFIG-FOLDER: writes what its headers say as JSON, for tools in other languages:
# invocations_all.json, object_sizes.json and address_space_constants.json. CC compiles.
set -eu
folder=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# values FILE: of lines NAME EXPRESSION on standard input, `    "NAME": VALUE`, to FILE. The
# compiler evaluates: its assembly has the numbers.
values() {
    {
        echo '#include <sel4/sel4.h>'
        echo 'void values(void) {'
        while read -r name expression; do
            printf '__asm__("@ %s %%c0" : : "i"(%s));\n' "$name" "$expression"
        done
        echo '}'
    } > "$work/values.c"
    $CC -std=gnu11 -ffreestanding -w -S -I"$folder/include" -o "$work/values.s" "$work/values.c"
    {
        echo '{'
        sed -n 's/^[[:space:]]*@ \([^ ]*\) \(.*\)/    "\1": \2/p' "$work/values.s" |
            sed '$!s/$/,/'
        echo '}'
    } > "$1"
}

# The labels of all invocations, in the order of their numbers.
cd "$folder/include/sel4"
for header in invocation.h sel4_arch/invocation.h arch/invocation.h; do
    label='^ *\([A-Z][A-Za-z0-9_]*\)\( = [A-Za-z0-9_]*\)\{0,1\},\{0,1\}$'
    [ ! -f $header ] || sed -n "s/$label/\1 \1/p" $header
done > "$work/labels"
cd "$OLDPWD"
grep -v '^n[A-Z]' "$work/labels" | values "$folder/invocations_all.json"

# Sizes of objects as logarithms, by the names that capDL's tools know.
grep -ho 'seL4_[A-Za-z]*Bits\>' -r "$folder/include/sel4" | sort -u > "$work/known"
while read -r object bits; do
    if grep -qx "$bits" "$work/known"; then
        echo "$object $bits"
    fi
done << 'END' | values "$folder/object_sizes.json"
seL4_TCBObject seL4_TCBBits
seL4_EndpointObject seL4_EndpointBits
seL4_NotificationObject seL4_NotificationBits
seL4_ReplyObject seL4_ReplyBits
seL4_MinSchedContextObject seL4_MinSchedContextBits
seL4_Slot seL4_SlotBits
seL4_MinUntyped seL4_MinUntypedBits
seL4_MaxUntyped seL4_MaxUntypedBits
seL4_ASID_Pool seL4_ASIDPoolBits
seL4_SmallPageObject seL4_PageBits
seL4_LargePageObject seL4_LargePageBits
seL4_HugePageObject seL4_HugePageBits
seL4_PageTableObject seL4_PageTableBits
seL4_VSpaceObject seL4_VSpaceBits
seL4_VCPU seL4_VCPUBits
END

values "$folder/address_space_constants.json" << 'END'
seL4_UserTop seL4_UserTop
seL4_UserVSpaceTop seL4_UserVSpaceTop
seL4_PageBits seL4_PageBits
seL4_BootInfoFrameBits seL4_BootInfoFrameBits
seL4_WordBits seL4_WordBits
END
