# SPDX-License-Identifier: BSD-2-Clause
# Reads, one after the other, C sources with "writes:" comments and the disassembly of what they
# became (aarch64 objdump -d). For each function: up to the system call it stores to the offsets
# listed and nowhere else, and loads nothing unless it stores; from there at least one way leads
# to its end without touching memory. That way is success; the other is the error branch.
# The function's own stack does not count.

function fail(text) { why = why == "" ? text : why "; " text }

function store(text,    offset)
{
    if (!match(text, /\[x[0-9]+(, #[0-9]+)?\]$/)) {
        fail("writes to " text)
        return
    }
    offset = text
    sub(/.*\[x[0-9]+(, #)?/, "", offset)
    written[offset + 0] = 1
    if (text ~ /^stp/) {
        written[offset + 8] = 1
    }
}

# Is there a way from instruction i to the function's end that leaves memory alone?
function quiet(i,    op, target)
{
    for (; i <= count && !(i in seen); ++i) {
        seen[i] = 1
        op = code[i]
        sub(/[ \t].*/, "", op)
        if (op == "ret") {
            return 1
        }
        if (touches(code[i]) || op == "bl" || op == "blr" || op == "br" || op == "svc") {
            return 0
        }
        if (op ~ /^(b|b\..*|cbn?z|tbn?z)$/) {
            target = code[i]
            sub(/ *<.*/, "", target)
            sub(/.*[ \t,]/, "", target)
            if ((target in at) && quiet(at[target])) {
                return 1
            }
            if (op == "b") {
                return 0
            }
        }
    }
    return 0
}

function touches(text) { return text ~ /^(ld|st)[a-z]*[ \t]/ && text !~ /\[(sp|x29)[],]/ }

function judge(    i, call, list, wanted, n, offsets)
{
    why = ""
    split("", written)
    split("", seen)
    loads = 0
    for (i = 1; i <= count && !call; ++i) {
        if (code[i] ~ /^svc/) {
            call = i
        } else if (touches(code[i])) {
            if (code[i] ~ /^st/) {
                store(code[i])
            } else {
                ++loads
            }
        } else if (code[i] ~ /^(b|bl|br|blr|ret|b\..*|cbn?z|tbn?z)([ \t]|$)/) {
            fail("branches before the call: " code[i])
        }
    }
    wanted = writes[name]
    n = split(wanted, list, " ")
    for (i = 1; i <= n; ++i) {
        if (!(list[i] in written)) {
            fail("does not write offset " list[i])
        }
        delete written[list[i]]
    }
    for (i in written) {
        fail("writes offset " i)
    }
    if (loads > (n ? 2 : 0)) {
        fail("loads " loads " times")
    }
    if (!call) {
        fail("makes no system call")
    } else if (!quiet(call + 1)) {
        fail("touches memory after success")
    }
    printf "%s %d - %s %s\n", why == "" ? "ok" : "not ok", ++number, name,
           n ? "writes " wanted " through the IPC buffer" : "leaves the IPC buffer alone"
    if (why != "") {
        ++bad
        print "# " why
        for (i = 1; i <= count; ++i) {
            print "#     " code[i]
        }
    }
}

/\/\* writes:/ {
    pending = $0
    gsub(/.*writes: *| *\*\//, "", pending)
    expecting = 1
    next
}
expecting && /\(/ {
    name = $0
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
    writes[name] = pending
    expecting = 0
}
/^[0-9a-f]+ <.*>:$/ {
    if (count) {
        judge()
    }
    name = $2
    gsub(/[<>:]/, "", name)
    count = 0
    split("", at)
    found[name] = 1
}
/^ *[0-9a-f]+:\t/ {
    text = $0
    sub(/^ *[0-9a-f]+:\t/, "", text)
    sub(/[ \t]*\/\/.*/, "", text)
    code[++count] = text
    address = $1
    sub(/:/, "", address)
    at[address] = count
}
END {
    if (count) {
        judge()
    }
    for (name in writes) {
        if (!(name in found)) {
            printf "not ok %d - %s was compiled\n", ++number, name
            ++bad
        }
    }
    print "1.." number + 0
    exit bad > 0
}
