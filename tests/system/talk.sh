#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# talk.sh SCRIPT LOG: somebody at a serial line, who types what SCRIPT says to standard output
# and reads in LOG, while it grows, what comes back. A line of SCRIPT is one of
#
#   < text    wait until text has come, behind what was waited for before
#   > keys    type keys and Enter
#   >> keys   type keys, without Enter
#   # text    a remark; and so is an empty line
#
# In keys, \b and \0NNN (octal) are as printf's %b has them. Who is never answered waits for
# ever: whoever starts this ends it.
set -u
script=$1
log=$2
seen=0 # bytes of the log

see() {
    while ! hit=$(tail -c "+$((seen + 1))" "$log" | grep -abo -F -e "$1"); do
        sleep 0.05
    done
    seen=$((seen + ${hit%%:*} + ${#1}))
}

while IFS= read -r line; do
    case $line in
    '< '*) see "${line#< }" ;;
    '> '*) printf '%b\r' "${line#> }" ;;
    '>> '*) printf '%b' "${line#>> }" ;;
    '#'* | '') ;;
    *)
        echo "$script: what is this? $line" >&2
        exit 1
        ;;
    esac
done < "$script"
