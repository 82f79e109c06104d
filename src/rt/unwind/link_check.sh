#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# link_check.sh READELF OBJECT-OR-ARCHIVE...: can a panic unwind through all of these? Status
# 1, and a sentence for each that it cannot.
#
# An object with code must have an unwind table (.eh_frame), and must not have the mark that
# selkie/base/attr.h leaves where it is compiled without -fexceptions: drops would not run.
set -u
# readelf names a file only if it has several.
LC_ALL=C "$@" -SW 2>&1 | awk -v name="$2" '
# The file before it is over.
function judge()
{
    if (name != "" && is_marked) {
        refuse("is compiled without -fexceptions, so its drops would not run")
    } else if (name != "" && has_code && !has_table) {
        refuse("has code and no unwind table; compile it with -fexceptions, or give " \
               "assembly code its .cfi directives")
    }
}

function refuse(why)
{
    print "error: " name ": a panic cannot unwind through it: it " why > "/dev/stderr"
    failed = 1
}

/^[^ ]*: Error: / {
    print "error: " $0 > "/dev/stderr"
    failed = 1
}
/^File: / {
    judge()
    name = substr($0, 7)
    has_code = has_table = is_marked = 0
}
/^ *\[ *[0-9]+\] / {
    sub(/^ *\[ *[0-9]+\] */, "")
    # name type address offset size entry-size flags
    if ($7 ~ /X/ && $5 !~ /^0+$/) {
        has_code = 1
    }
    has_table = has_table || $1 == ".eh_frame"
    is_marked = is_marked || $1 == ".sk_no_exceptions"
}
END {
    judge()
    exit failed
}'
