#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# facts.sh INCLUDE [CC...]: numbers recorded from a real kernel's headers (facts.txt) are those
# of ours. differential.sh compares everything, but only where a real kernel is installed.
# INCLUDE is the debug configuration's. Prints TAP.
set -u
include=$1
shift
[ $# -gt 0 ] || set -- aarch64-linux-gnu-gcc
facts=$(dirname "$0")/facts.txt

# Every fact as an assertion; its text is the fact.
assertions() {
    printf '#include <stddef.h>\n#include <sel4/sel4.h>\n'
    sed -n 's/^\([^#].*\) = \(.*\)/_Static_assert((long long)(\1) == \2ll, "\1 = \2");/p' \
        "$facts"
}

number=$(assertions | grep -c _Static_assert)
echo "1..1"
if wrong=$(assertions | "$@" -std=gnu2x -ffreestanding -w -I"$include" -fsyntax-only -x c - \
               2>&1) && [ "$number" -gt 0 ]; then
    echo "ok 1 - $number numbers are those of a real kernel"
else
    echo "not ok 1 - $number numbers are those of a real kernel"
    printf '%s\n' "$wrong" | grep 'error:' | head -n 20 | sed 's/^/# /'
fi
