#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# platform.sh BOARD.json: what an installed kernel's support/platform_gen.json says, memory and
# devices in bytes, for a kernel that is built from the board file.
set -eu
separator=
printf '{'
for kind in devices memory; do
    printf '%s"%s": [' "$separator" $kind
    separator=
    jq -r ".$kind[] | .start + \" \" + .end" "$1" | while read -r start end; do
        printf '%s{"start": %d, "end": %d}' "$separator" "$start" "$end"
        separator=', '
    done
    printf ']'
    separator=', '
done
printf '}\n'
