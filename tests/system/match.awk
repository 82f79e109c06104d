# SPDX-License-Identifier: BSD-2-Clause
# awk -f match.awk EXPECT OUTPUT: does the output look as expected? README.md has the rules.
# Status 1, and the first expected line that nothing fits, if not.

function pattern(line)
{
    gsub(/[][\\.^$+?(){}|]/, "\\\\&", line)
    gsub(/\*/, ".*", line)
    return "^" line "$"
}

FILENAME == ARGV[1] {
    text[++wanted] = $0
    want[wanted] = pattern($0)
    is_gap[wanted] = $0 == "..."
    next
}
{ sub(/\r$/, ""); got[++lines] = $0 }

# The usual wildcard match, by lines: on a mismatch the last gap swallows one line more.
END {
    w = g = 1
    while (g <= lines) {
        if (w <= wanted && is_gap[w]) {
            gap = w++
            resume = g
        } else if (w <= wanted && got[g] ~ want[w]) {
            w++
            g++
        } else if (gap) {
            furthest = w > furthest ? w : furthest
            w = gap + 1
            g = ++resume
        } else {
            break
        }
    }
    furthest = w > furthest ? w : furthest
    while (w <= wanted && is_gap[w]) {
        w++
    }
    if (w > wanted && g > lines) {
        exit 0
    }
    if (furthest <= wanted) {
        print "no line for: " text[furthest]
    } else {
        print "more lines follow the last one expected"
    }
    exit 1
}
