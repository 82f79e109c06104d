# SPDX-License-Identifier: BSD-2-Clause
# Sets "name value" files side by side, one column a file.

BEGIN {
    rows = split("boot boot-loader boot-kernel yield poll signal call-0 call-4 call-8 " \
                 "copy map endpoint tcb " \
                 "size-hello-plain size-hello wall", row)
    label["boot"] = "reset to the first instruction of the root task"
    label["boot-loader"] = "    in the loader"
    label["boot-kernel"] = "    in the kernel"
    label["yield"] = "null system call: Yield, nobody else ready"
    label["poll"] = "Poll of a notification, nothing there"
    label["signal"] = "Signal, nobody waits"
    label["call-0"] = "Call and ReplyRecv, there and back, 0 words"
    label["call-4"] = "the same with 4 words"
    label["call-8"] = "the same with 8 words"
    label["copy"] = "CNode Copy of a frame, and Delete"
    label["map"] = "Page Unmap and Map"
    label["endpoint"] = "Retype to an endpoint, and Delete"
    label["tcb"] = "Retype to a TCB, and Delete"
    label["size-hello-plain"] = "hello that prints: text, rodata, data in bytes"
    label["size-hello"] = "hello that formats: text, rodata, data in bytes"
    label["wall"] = "start of QEMU to the end of hello, best of 5, ms"
}

FNR == 1 { columns++ }
{
    name = $1
    sub(/^[^ ]+ /, "")
    value[columns, name] = $0
}

function line(name, text) {
    printf "%-48s", text
    for (c = 1; c <= columns; c++) {
        printf " %17s", (c, name) in value ? value[c, name] : "-"
    }
    printf "\n"
}

END {
    line("title", "instructions: all (user+kernel)")
    line("subtitle", "")
    for (r = 1; r <= rows; r++) {
        line(row[r], label[row[r]])
    }
}
