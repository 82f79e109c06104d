# SPDX-License-Identifier: BSD-2-Clause
# From the plugin's notes to "name value" lines. repeats is how often each call was repeated.

BEGIN { split("yield poll signal call-0 call-4 call-8 copy map endpoint tcb", call) }

function per_call(first, last) { return int((last - first) / repeats + 0.5) }

$1 == "entry" { printf "boot %d\nboot-loader %d\nboot-kernel %d\n", $2 + $3, $2, $3 }

# Marks 2n and 2n + 1 enclose the repetitions of call n.
$1 == "mark" && $2 % 2 == 0 { low = $3; high = $4 }
$1 == "mark" && $2 % 2 == 1 {
    user = per_call(low, $3)
    kernel = per_call(high, $4)
    printf "%s %d (%d+%d)\n", call[($2 + 1) / 2], user + kernel, user, kernel
}
