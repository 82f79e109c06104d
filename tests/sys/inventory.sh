#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# inventory.sh OURS THEIRS: whatever the headers in THEIRS define, OURS must define alike. Both
# are include directories; THEIRS belongs to a libsel4 of the same kernel configuration.
#
# clang lists the names of THEIRS. Each becomes a probe, a line of C compiled against both: the
# compiler itself compares types, and values are read from its assembly output, so that nothing
# has to run and any instruction set will do. Prints TAP, one test for each kind of name.
set -u
here=$(dirname "$0")
ours=$1 theirs=$2
. "$here/isa.sh"
isa=$(isa_of "$theirs") && isa_of "$ours" > /dev/null || exit 125
cc="${INVENTORY_CC:-clang} --target=$isa-linux-gnu -std=gnu2x -ffreestanding -w"
work=$(mktemp -d) || exit 125
trap 'rm -rf "$work"' EXIT
tab=$(printf '\t')

# Left out: headers that exclude one another (calls of the other scheduler, other processors).
together() {
    (cd "$1" && find . -name '*.h') | sed 's|^\./||' | sort |
        grep -Ev '/syscalls_(m|sysenter)|/constants_cortex_'
}

# includes DIR: all headers of THEIRS that DIR has.
includes() {
    printf '#include <%s.h>\n' stdint sel4/sel4
    while read -r header; do
        [ ! -e "$1/$header" ] || echo "#include <$header>"
    done < "$work/headers"
}

# Macros that nothing but libsel4's own stubs can use.
private='^(MCS_(PARAM|REPLY)|assert_size_correct)'

# macros DIR: "NAME TEXT" or "NAME(PARAMETERS) TEXT", without what the compiler brings along.
macros() {
    printf '#include <std%s.h>\n' arg bool def int | $cc -E -dM -x c - | sort > "$work/builtin"
    includes "$1" | $cc -I"$1" -E -dM -x c - | sort | comm -23 - "$work/builtin" |
        sed -n 's/[ \t]*$//; s/^#define \([A-Za-z]\)/\1/p' | grep -Ev "$private"
}

# strings DIR: "NAME TEXT" of each of THEIRS' macros that stands for a string in DIR.
strings() {
    {
        includes "$1"
        awk '$1 !~ /\(/ { printf "#ifdef %s\n\"%s\": %s\n#endif\n", $1, $1, $1 }' \
            "$work/macros.theirs"
    } | $cc -I"$1" -E -P -x c - |
        sed -n 's/" *"//g; s/^"\([A-Za-z0-9_]*\)" *: *\(".*"\)$/\1 \2/p'
}

# compile DIR PROBES OUT: OUT.values gets lines "NUMBER VALUE", OUT.broken the numbers of probes
# that do not compile.
compile() {
    {
        includes "$1"
        echo '#define same(x, ...) \'
        echo '    __builtin_types_compatible_p(__typeof__(x), __typeof__(__VA_ARGS__))'
        echo '#line 1 "probes"'
        awk -F"$tab" '{
            if ($3 ~ /^same\(/)
                printf "_Static_assert(%s, \"\");\n", $3
            else
                printf "void probe%d(void) { __asm__(\".ascii \\\"@%d %%c0@\\\"\""  \
                       " : : \"i\"((%s) * 1LL)); }\n", NR, NR, $3
        }' "$2"
    } > "$work/all.c"
    $cc -I"$1" -fsyntax-only -ferror-limit=0 -fno-caret-diagnostics "$work/all.c" \
        2> "$work/errors"
    if sed '/^probes:/d; /error:/!d' "$work/errors" | grep . >&2; then
        echo "$1: error: the headers do not compile when taken together" >&2
        exit 1
    fi
    sed -n 's/^probes:\([0-9]*\):.*error:.*/\1/p' "$work/errors" | sort -un > "$3.broken"
    awk -v list="$3.broken" '
        BEGIN { while ((getline number < list) > 0) broken[number] }
        probing { print ++n in broken ? "" : $0; next }
        { print; probing = /^#line/ }' "$work/all.c" |
        $cc -I"$1" -S -x c - -o - |
        sed -n 's/.*@\([0-9]*\) \(-*[0-9]*\)@.*/\1 \2/p' > "$3.values"
}

together "$theirs" > "$work/headers"
includes "$theirs" | $cc -I"$theirs" -fsyntax-only -Xclang -ast-dump=json -x c - |
    jq -r -f "$here/inventory.jq" | sort -u > "$work/declared"
[ -s "$work/declared" ] || exit 125
macros "$theirs" > "$work/macros.theirs"
macros "$ours" > "$work/macros.ours"
strings "$theirs" > "$work/strings.theirs"
strings "$ours" > "$work/strings.ours"
awk -v OFS="$tab" '$1 !~ /\(/ { print "macro value", $1, $1 }' "$work/macros.theirs" |
    cat "$work/declared" - > "$work/candidates"

# What breaks here is a macro that is no integer, a name hidden by such, or an incomplete type.
compile "$theirs" "$work/candidates" "$work/theirs"
awk -F"$tab" -v list="$work/theirs.broken" '
    BEGIN { while ((getline number < list) > 0) broken[number] }
    !(FNR in broken)' "$work/candidates" > "$work/probes"
awk -F"$tab" -v OFS="$tab" -v list="$work/theirs.broken" '
    BEGIN { while ((getline number < list) > 0) broken[number] }
    FILENAME ~ /macros/ { split($0, word, " "); macro[word[1]]; next }
    FNR in broken && $1 != "type" && !($2 in macro) {
        print "probe", $2 ": " $3 ": does not fit libsel4"
    }' \
    "$work/macros.theirs" "$work/candidates" > "$work/results"
compile "$theirs" "$work/probes" "$work/theirs"
compile "$ours" "$work/probes" "$work/ours"

# From here on a result is "KIND" for a pass, "KIND<tab>message" for a failure.
awk -F"$tab" -v OFS="$tab" '
    FILENAME ~ /broken$/ { broken[$1]; next }
    FILENAME ~ /values$/ { split($0, v, " "); value[FILENAME, v[1]] = v[2]; next }
    FNR in broken { print $1, $2 ": absent or different: " $3; next }
    $3 ~ /^same\(/ { print $1; next }
    { have = value[ours, FNR]; want = value[theirs, FNR] }
    have == "" || have != want { print $1, $2 ": " $3 " is " have ", in libsel4 " want; next }
    { print $1 }' ours="$work/ours.values" theirs="$work/theirs.values" \
    "$work/ours.broken" "$work/ours.values" "$work/theirs.values" "$work/probes" \
    >> "$work/results"

awk -v OFS="$tab" '
    function compare(kind) {
        print kind (ours[name] == text ? "" : OFS text ": here " ours[name])
    }
    { name = $1; sub(/\(.*/, "", name); text = $0; sub(/[ \t]+/, " ", text) }
    FILENAME ~ /ours$/ { ours[name] = text; next }
    FILENAME ~ /strings/ { compare("macro string"); next }
    /^CONFIG_/ { compare("configuration macro") }
    { print "macro name" (name in ours ? "" : OFS name ": absent") }
    ' "$work/macros.ours" "$work/macros.theirs" "$work/strings.ours" "$work/strings.theirs" \
    >> "$work/results"

while read -r header; do
    [ -e "$ours/$header" ] && echo "header" || echo "header$tab$header: absent"
done < "$work/headers" >> "$work/results"

sort -u -t"$tab" -k1,1 "$work/results" | wc -l | sed 's/^ */1../'
sort -s -t"$tab" -k1,1 "$work/results" | awk -F"$tab" '
    function flush() {
        if (kind != "")
            printf "%s %d - every %s is that of libsel4 (%d facts, %d differ)\n%s",
                bad ? "not ok" : "ok", ++n, kind, good + bad, bad, text
    }
    $1 != kind { flush(); kind = $1; good = bad = 0; text = "" }
    $2 == "" { ++good; next }
    { ++bad; ++differences; text = text "# " $2 "\n" }
    END { flush(); exit differences > 0 }'
