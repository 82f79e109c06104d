#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# choices.sh SDK: what each choice of a program costs in bytes, as the tables of
# docs/guide/choices.md. Programs are linked as the SDK's users link them, for release; they are
# compiled without guards, which cost each function something and not each choice.
# choices.sh SDK FILE: prints TAP; do the tables in FILE say the same, to a tenth?
set -u
sdk=$(cd "$1" && pwd) || exit 1
file=${2-}
[ -z "$file" ] || file=$(cd "$(dirname "$file")" && pwd)/$(basename "$file")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

cat > Makefile << 'END'
SELKIE_SDK := $(SDK)
SELKIE_CONFIG := release
SELKIE_GUARDS :=
include $(SDK)/share/selkie.mk
compile := $(SELKIE_CC) -std=gnu11 -O2 $(CFLAGS) $(SELKIE_CFLAGS)
program.elf: program.c; $(compile) $(SELKIE_LDFLAGS) -o $@ $< $(SELKIE_LIBS)
END

root='SK_ROOT_TASK(bi) { int argc = (int)bi->numNodes; struct sk_thread *t;'
main='int main(int argc, char **argv) { struct sk_thread *t; (void)argv;'

# write LINE...: a program whose body is these lines, behind what $start says.
start=$root
write() {
    {
        for header in heap main panic print thread; do
            echo "#include <selkie/rt/$header.h>"
        done
        echo 'static void work(void *arg) { (void)arg; }'
        printf '%s\n' "$start (void)argc; (void)t; (void)work;" "$@" 'return 0; }'
    } > program.c
}

# size VARIABLE=VALUE...: "LOADED BSS" of program.c linked so.
size() {
    rm -f program.elf
    make -s "SDK=$sdk" "$@" program.elf > log 2>&1 || {
        cat log >&2
        exit 1
    }
    aarch64-linux-gnu-size program.elf | awk 'NR == 2 { print $1 + $2, $3 }'
}

plain='sk_puts("hello");'
format='sk_printf("%d\n", argc);'
allocate='free(malloc((unsigned)argc));'

matrix() {
    echo '| heap | panic | prints by | bytes | of zeroed memory |'
    echo '| --- | --- | --- | ---: | ---: |'
    for heap in none bump general; do
        for panic in abort unwind; do
            for print in sk_puts sk_printf; do
                say=$plain
                [ $print = sk_puts ] || say=$format
                use=
                [ $heap = none ] || use=$allocate
                write "$say" "$use"
                set -- $(size SELKIE_HEAP=$heap SELKIE_PANIC=$panic)
                echo "| $heap | $panic | $print | $1 | $2 |"
            done
        done
    done
}

# row TEXT VARIABLE=VALUE...: what program.c costs above the base.
row() {
    text=$1
    shift
    set -- $(size "$@")
    echo "| $text | $(($1 - base)) | $(($2 - base_bss)) |"
}

rows() {
    write "$plain"
    set -- $(size)
    base=$1 base_bss=$2
    echo '| what is added to a program that prints by sk_puts | bytes | of zeroed memory |'
    echo '| --- | ---: | ---: |'
    row 'fault handler' SELKIE_FAULT=handler
    row 'sink: none' SELKIE_SINK=none
    row 'sink: serial port' SELKIE_SINK=pl011
    row 'stack: 64k' SELKIE_STACK=64k
    row 'stack protector' CFLAGS=-fstack-protector-all
    start=$main
    write "$plain"
    row 'a main() in place of SK_ROOT_TASK'
    row 'the same, environment: task' SELKIE_ENV=task
    row 'the same, environment: domain of Microkit' SELKIE_ENV=microkit
    start=$root
    write "$plain" "$format"
    row 'sk_printf'
    write "$plain" "(void)sk_thread_start(work, 0, &(struct sk_thread_options){0}, &t);" \
        "sk_thread_join(t, 0);"
    row 'threads: start and join'
    write "$plain" "if (argc == 7) { sk_panic(\"seven\"); }"
    row 'a panic that aborts'
    row 'a panic that unwinds' SELKIE_PANIC=unwind
    write "$plain" "$allocate"
    row 'heap: bump' SELKIE_HEAP=bump
    row 'heap: general' SELKIE_HEAP=general
    row 'heap: grow' SELKIE_HEAP=grow
    row 'heap: general, with the audit' 'SELKIE_HEAP=general audit' \
        CFLAGS=-Wl,-u,sk_heap_audit
    write "$plain" "$format"
    row 'sk_printf that knows doubles' 'CFLAGS=-Wl,-u,sk_format_float -lselkie-float'
    write "$plain"
    row 'the ledger of slots' 'CFLAGS=-Wl,-u,sk_ledger_over -lselkie-ledger'
}

tables() {
    matrix
    echo
    rows
}

if [ -z "$file" ]; then
    tables
    exit
fi

# Each row of ours is in the file, with figures that are off by 10 % or 64 bytes at most.
tables | grep '^| .*[0-9]' > ours
awk -F '|' '
function size_of(n) { return n < 0 ? -n : n }
function near(a, b) { return size_of(a - b) <= 64 || size_of(a - b) * 10 <= size_of(a) }
function name(k, i) { k = ""; for (i = 2; i < NF - 2; i++) { k = k $i "|" } return k }
FNR == NR && NF > 4 { bytes[name()] = $(NF - 2) + 0; bss[name()] = $(NF - 1) + 0 }
FNR == NR { next }
{
    ok = name() in bytes && near($(NF - 2) + 0, bytes[name()]) &&
         near($(NF - 1) + 0, bss[name()])
    print (ok ? "ok " : "not ok ") FNR " - the documented size is right:" name()
    if (!ok) { print "# now:" $0 }
}
END { print "1.." FNR }' "$file" ours
