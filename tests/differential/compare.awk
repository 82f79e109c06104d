# SPDX-License-Identifier: BSD-2-Clause
# awk -f compare.awk NAME FIRST_TRACE SECOND_TRACE: prints the first difference of two traces,
# with what was before and after it. Status 0 if there is none.
BEGIN {
    name = ARGV[1]
    before = 9
    after = 3
    while (1) {
        more1 = (getline line1 < ARGV[2]) > 0
        more2 = (getline line2 < ARGV[3]) > 0
        if (!more1 && !more2) {
            exit 0
        }
        number++
        if (!more1 || !more2 || line1 != line2) {
            break
        }
        past[number % before] = line1
        if (line1 ~ / op [0-9a-f]/) {
            operation = line1
        }
    }
    printf "%s: line %d differs, in or after:\n  %s\n", name, number, operation
    for (i = number - before; i < number; i++) {
        if (i > 0) {
            printf "  | %s\n", past[i % before]
        }
    }
    show(ARGV[2], line1, more1)
    show(ARGV[3], line2, more2)
    exit 1
}

function show(file, line, more, i, base) {
    base = file
    sub(/.*\//, "", base)
    printf "  %s:\n", base
    for (i = 0; i < after && more; i++) {
        printf "  > %s\n", line
        more = (getline line < file) > 0
    }
}
