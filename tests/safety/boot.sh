#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# boot.sh NAME LOG: boots the mistake of a case and prints what stopped it, or nothing. run.sh
# and kernel.sh export build, elf and kernel.
set -u
# shellcheck disable=SC2086 # kernel is options of selkie
"$build/bin/selkie" run --deterministic --timeout 20 $kernel --args "bad $1" "$elf" \
    > "$2" 2>&1 < /dev/null
case $? in 2 | 3) ;; *) exit 0 ;; esac
sed -n '/^fault: trap/ { s/.*/trap/p; q }
    /^fault: stack overflow/ { s/.*/guard/p; q }
    /^panic: .*ledger: a leak/ { s/.*/leak/p; q }
    /^panic: .*ledger: / { s/.*/ledger/p; q }
    /^fault: use of a capability/ { s/.*/kernel/p; q }
    /^fault: / { s/.*/fault/p; q }
    /^panic: stack smashed/ { s/.*/canary/p; q }
    /^panic: .*heap: a leak/ { s/.*/leak/p; q }
    /^panic: .*heap: / { s/.*/heap/p; q }
    /^panic: .*assertion failed/ { s/.*/assert/p; q }
    /^panic: .*fortify/ { s/.*/fortify/p; q }' "$2"
