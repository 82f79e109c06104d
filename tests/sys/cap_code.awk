# SPDX-License-Identifier: BSD-2-Clause
# What objdump says of each function of cap_code.c, by what its name promises: typed_x is no
# longer than raw_x, and neither it nor a registers_x looks for the IPC buffer; a memory_x does;
# an alone_x makes no system call; a constant_x is one. Prints TAP.

function ok(is_good, name)
{
    printf "%sok %d - %s\n", is_good ? "" : "not ", ++count, name
}

/^[0-9a-f]+ <.*>:$/ {
    name = substr($2, 2, length($2) - 3)
    names[++found] = name
    next
}
$2 == "nop" || $2 == "udf" { next }
$1 ~ /^[0-9a-f]+:$/ {
    length_of[name]++
    buffer_of[name] += /tpidr_el0/
    calls_of[name] += $2 == "svc"
}

END {
    for (i = 1; i <= found; i++) {
        name = names[i]
        raw = "raw_" substr(name, 7)
        if (name ~ /^typed_/) {
            ok(length_of[name] <= length_of[raw],
               name " has " length_of[name] " instructions, the raw call " length_of[raw])
        }
        if (name ~ /^(typed|registers)_/) {
            ok(buffer_of[name] == 0 && calls_of[name] > 0, name " stays in registers")
        } else if (name ~ /^memory_/) {
            ok(buffer_of[name] > 0 && calls_of[name] == 1, name " uses the IPC buffer")
        } else if (name ~ /^alone_/) {
            ok(calls_of[name] == 0, name " makes no system call")
        } else if (name ~ /^constant_/) {
            ok(length_of[name] == 2, name " is known to the compiler")
        }
    }
    ok(found == 21, "all functions were found")
    print "1.." count
}
