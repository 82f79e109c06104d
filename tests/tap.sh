# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
# TAP, for scripts that source this: result and skip print a test's line, and count it. What
# $tap_log holds is shown after a test that failed: its first $tap_lines lines, or all if that
# is $. The plan is the script's: echo "1..$count".
count=0 failed=0
tap_log=
tap_lines=20

# result STATUS NAME: the next test, which failed if STATUS is not 0.
result() {
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $count - $2"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2"
        [ -z "$tap_log" ] || sed "s/^/# /; ${tap_lines}q" "$tap_log"
    fi
}

# skip NAME WHY: the next test, which cannot run here.
skip() {
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}
