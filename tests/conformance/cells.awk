# SPDX-License-Identifier: BSD-2-Clause
# awk -f cells.awk UNREACHABLE CLIENT LOG: which documented results did no statement look at?
# UNREACHABLE is unreachable.txt, CLIENT the configuration's <interfaces/sel4_client.h>, where
# each function's comment lists its errors, and LOG a run with --cover. Prints a line for each
# empty cell, and for each line of unreachable.txt that the run disproves.

BEGIN {
    count = split("NoError InvalidArgument InvalidCapability IllegalOperation RangeError " \
                  "AlignmentError FailedLookup TruncatedMessage DeleteFirst RevokeFirst " \
                  "NotEnoughMemory", results)
}

FILENAME == ARGV[1] && /^[^#]/ { reason[$1, $2] = 1; named[$1 " " $2] = 1 }

# A comment's errors are those of the invocation whose label comes next.
FILENAME == ARGV[2] && /^ \* seL4_[A-Za-z]*:/ {
    sub(/:$/, "", $2)
    errors = errors " " $2
    listed++
}
FILENAME == ARGV[2] && /^struct|^typedef/ { errors = "" }
FILENAME == ARGV[2] && match($0, /seL4_MessageInfo_new\([A-Za-z0-9_]+/) {
    label = substr($0, RSTART + 21, RLENGTH - 21)
    documented[label] = "seL4_NoError" errors
    if ($0 !~ /, 0, 0, 0\)/) { # a message of some length can be too short
        documented[label] = documented[label] " seL4_TruncatedMessage"
    }
    errors = ""
}

FILENAME == ARGV[3] && $1 == "cover" {
    covered++
    for (i = 1; i <= count; i++) {
        checked[$2, "seL4_" results[i]] = $(i + 3)
    }
}

END {
    if (covered == 0) {
        print ARGV[3] ": has no table, so the run did not end"
        exit
    }
    for (label in documented) {
        cells = split(documented[label], cell)
        for (i = 1; i <= cells; i++) {
            if (!checked[label, cell[i]] && !reason[label, cell[i]]) {
                print label ": no statement checks " cell[i]
            }
        }
    }
    for (name in named) {
        split(name, part)
        if (checked[part[1], part[2]]) {
            print part[1] ": unreachable.txt says that " part[2] " does not happen"
        }
    }
    if (listed == 0) {
        print ARGV[2] ": documents no error"
    }
}
