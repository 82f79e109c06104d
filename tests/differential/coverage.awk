# SPDX-License-Identifier: BSD-2-Clause
# awk -f coverage.awk UNREACHED CONFORMANCE HOST: what the conformance suite reaches and random
# operations do not. CONFORMANCE is what a development kernel with debug output prints during
# the suite, HOST what the differential program prints at its end. Prints TAP, without a plan.
BEGIN {
    split("NoError InvalidArgument InvalidCapability IllegalOperation RangeError " \
          "AlignmentError FailedLookup TruncatedMessage DeleteFirst RevokeFirst " \
          "NotEnoughMemory", results, " ")
    split("no error,invalid argument,invalid capability,illegal operation,range error," \
          "alignment error,failed lookup,truncated message,delete first,revoke first," \
          "not enough memory", texts, ",")
    split("target-good target-bad argument-good argument-bad message", columns, " ")
}

FNR == 1 {
    file++
}

/^#/ {
    next
}

file == 1 {
    cell = $0
    sub(/:.*/, "", cell)
    excluded[cell] = 1
}

# A note of a failed invocation: <<selkie [NAME T0x... "thread" @pc]: why...>>
file == 2 && match($0, /<<selkie \[[A-Za-z_ ]* T0x/) {
    name = substr($0, RSTART + 10, RLENGTH - 14)
    why = substr($0, RSTART)
    sub(/^[^@]*@[0-9a-f]*\]: /, "", why)
    # The kernel does not say what was asked of an empty slot.
    if (name == "on an empty slot") {
        next
    }
    if (name == "an unknown invocation") {
        name = "unknown"
    }
    for (i in texts) {
        if (index(why, texts[i]) == 1) {
            wanted[name " seL4_" results[i]] = 1
            notes++
        }
    }
}

file == 3 && $1 == "cover" {
    # The suite has a case of success for each.
    if ($2 != "unknown") {
        wanted[$2 " seL4_NoError"] = 1
    }
    for (i = 3; i <= NF; i++) {
        count($2 " seL4_" results[i - 2], $i)
    }
}

# Each type as a target and as an argument, where it fits and where it does not. What fits no
# invocation as an argument can still be sent in a message.
file == 3 && $1 == "type" {
    count($2 " target-good", $3)
    count($2 " target-bad", $4)
    count($2 " argument-good", $5 + $7)
    count($2 " argument-bad", $6)
    for (i = 1; i <= 4; i++) {
        wanted[$2 " " columns[i]] = 1
        types++
    }
}

function count(cell, number) {
    if (number > 0) {
        reached[cell] = 1
    }
}

function result(is_good, text) {
    printf "%s %d - %s\n", is_good ? "ok" : "not ok", ++number, text
}

END {
    for (cell in wanted) {
        total++
        if (!(cell in reached) && !(cell in excluded)) {
            lacking = lacking "# " cell "\n"
        }
    }
    for (cell in excluded) {
        if (!(cell in wanted) || cell in reached) {
            stale = stale "# " cell "\n"
        }
    }
    result(notes > 100 && types > 50, "both programs told what they reached")
    result(lacking == "", "random operations reach what the conformance suite does: " \
           total " cells")
    printf "%s", lacking
    result(stale == "", "what unreached.txt says is so")
    printf "%s", stale
}
