#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# differential.sh BUILD PREFIX...: inventory.sh for installed kernels of any instruction set.
# The headers to compare are generated for each kernel's configuration twice: from our own
# description alone, and with the interface files that the kernel brings. Prints TAP.
set -u
here=$(dirname "$0")
build=$1
shift
work=$(mktemp -d) || exit 125
trap 'rm -rf "$work"' EXIT

# compare PREFIX NAME OPTION...: NAME says where the interface comes from.
compare() {
    theirs=$1/libsel4/include name="$(basename "$1"), $2"
    shift 2
    rm -rf "$work/out"
    if "$build/bin/skgen" generate --idl "$here/../../idl/sel4" \
        --kernel-config "$theirs/kernel/gen_config.json" \
        --libsel4-config "$theirs/sel4/gen_config.json" \
        --board any --config any --out "$work/out" "$@" > "$work/log" 2>&1; then
        echo "ok - $name: generated"
        sh "$here/inventory.sh" "$work/out/include" "$theirs" > "$work/log" 2>&1
        status=$?
        grep -q '^1\.\.[1-9]' "$work/log" || echo "not ok - $name: compared, status $status"
        sed "/^1\.\./d; s/^\(ok\|not ok\) [0-9]* -/\1 - $name:/" "$work/log"
    else
        echo "not ok - $name: generated"
        sed 's/^/# /' "$work/log"
    fi
}

for prefix; do
    compare "$prefix" "our interface"
    compare "$prefix" "its own interface" --sel4 "$prefix"
done | awk '
    /^(ok|not ok) / { sub(/ok -/, "ok " ++n " -"); bad += /^not/ }
    { print }
    END { print "1.." n + 0; exit bad > 0 || !n }'
