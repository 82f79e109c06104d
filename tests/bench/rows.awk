# SPDX-License-Identifier: BSD-2-Clause
# The first file names the rows; each other is a column: its title, and the plugin's notes.

FNR == 1 { files++ }
files == 1 { label[rows++] = $0; next }
$1 == "title" { sub(/^title /, ""); title[files] = $0 }

function each(first, last) { return int((last - first) / repeats + 0.5) }

# Marks 2n and 2n + 1 enclose the repetitions of row n.
$1 == "mark" && $2 % 2 == 0 { low = $3; high = $4 }
$1 == "mark" && $2 % 2 == 1 {
    user = each(low, $3)
    kernel = each(high, $4)
    value[files, ($2 - 1) / 2] = sprintf("%d (%d+%d)", user + kernel, user, kernel)
}

END {
    printf "\n%-48s", name ", instructions: all (user+kernel)"
    for (c = 2; c <= files; c++) {
        printf " %20s", title[c]
    }
    printf "\n"
    for (r = 0; r < rows; r++) {
        printf "%-48s", label[r]
        for (c = 2; c <= files; c++) {
            printf " %20s", (c, r) in value ? value[c, r] : "-"
        }
        printf "\n"
    }
}
