#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tables.sh LOG: the coverage tables that the host's differential program printed, as comments.
set -u
awk '
$1 == "cover" {
    if (!head1++) {
        print "# operation: by result: 0 none, 1 argument, 2 capability, 3 illegal operation,"
        print "#   4 range, 5 alignment, 6 failed lookup, 7 truncated message, 8 delete first,"
        print "#   9 revoke first, 10 not enough memory"
    }
    printf "# %-30s", $2
    for (i = 3; i <= NF; i++) printf " %5d", $i
    print ""
}
$1 == "type" {
    if (!head2++) {
        print "# capability: as target, as argument (each: success, failure), in messages"
    }
    printf "# %-15s %6d %6d | %6d %6d | %6d\n", $2, $3, $4, $5, $6, $7
}
$1 == "calls" {
    if (!head3++) {
        print "# system calls: made, did not block"
    }
    printf "# %-15s %6d %6d\n", $2, $3, $4
}' "$1"
