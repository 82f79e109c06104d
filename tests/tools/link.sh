#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# link.sh BUILD: links programs as users of BUILD/sdk do, with share/selkie.mk: every choice,
# every layout that linkers make, and the mistakes, which must fail with a sentence. Prints TAP.
set -u
. "$(dirname "$0")/../tap.sh"
sdk=$(cd "$1/sdk" && pwd) || exit 1
board=$sdk/board/qemu_virt_aarch64_el1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
tap_log=$work/log
tap_lines=$

cat > Makefile << 'END'
SELKIE_SDK := $(SDK)
include $(SDK)/share/selkie.mk
compile := $(SELKIE_CC) -std=gnu11 -O2 -g $(CFLAGS) $(SELKIE_CFLAGS)
program.elf: program.c; $(compile) $(SELKIE_LDFLAGS) $(LDFLAGS) -o $@ $< $(SELKIE_LIBS)
END

# link VARIABLE=VALUE...: program.c to program.elf.
link() {
    rm -f program.elf
    make -s "SDK=$sdk" "$@" program.elf > log 2>&1
}

# run STATUS TEXT...: program.elf ends with it, and prints these in lines of their own.
run() {
    want=$1
    shift
    "$sdk/bin/selkie" run --deterministic --timeout 60 --config "${config:-release}" \
        program.elf > log 2>&1
    got=$?
    [ "$got" -eq "$want" ] || return 1
    for line; do
        tr -d '\r' < log | grep -q "$line" || return 1
    done
}

# fails TEXT...: program.elf was not linked, and these were said.
fails() {
    [ ! -e program.elf ] || return 1
    for text; do
        grep -q -e "$text" log || return 1
    done
}

# --- choices

cat > program.c << 'END'
#include <sel4runtime.h>
#include <selkie/rt/catch.h>
#include <selkie/rt/heap.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/stack.h>

static __thread int number = 3;

static void fail(void *arg)
{
    sk_panic("no %s", (const char *)arg);
}

int main(void)
{
    char *text = malloc(100);
    sk_outcome outcome;

    sk_printf("%d, heap %s, stack %zu\n", number, text != NULL ? "there" : "full",
              sk_root_stack_size / 1024);
    free(text);
    outcome = sk_catch(fail, "luck");
    sk_printf("caught: %s\n", outcome.message);
    return 0;
}
END
link SELKIE_CONFIG=release SELKIE_HEAP=general SELKIE_STACK=64k SELKIE_PANIC=unwind &&
    run 0 '^3, heap there, stack 68$' '^caught: no luck$'
result $? "a program with a main() chooses heap, stack and unwinding"
for heap in bump grow; do
    link SELKIE_CONFIG=release SELKIE_HEAP=$heap SELKIE_ARENA=1m &&
        run 2 '^3, heap there, stack 20$' '^panic: program.c:.*: no luck$'
    result $? "the same with heap $heap, a large arena, and panics that end it"
done
link SELKIE_CONFIG=debug SELKIE_HEAP=bump SELKIE_SINK=pl011 SELKIE_FAULT=none &&
    config=debug run 2 '^3, heap there, stack 20$'
result $? "the same in debug, with output through the serial port"

# --- mistakes

link SELKIE_CONFIG=release
fails "program.c:.*undefined reference to .malloc"
result $? "malloc without a heap is a link error that says which call it is"
lld='SELKIE_CC=clang --target=aarch64-linux-gnu -fuse-ld=lld'
link SELKIE_CONFIG=release "$lld"
fails "undefined symbol: malloc" "program.c:"
result $? "lld says so too"

with='section .tbss.compile_with_include_thread-ipc_or_link_lib_and_not_thread-ipc'
without='section .bss.compile_without_include_thread-ipc_or_link_lib_thread-ipc'
cat > program.c << 'END'
#include <sel4/sel4.h>
#include <selkie/rt/main.h>
int main(void) { return seL4_GetIPCBuffer() == 0; }
END
link SELKIE_CONFIG=release "CFLAGS=-I$board/release/include"
fails "__sel4_ipc_buffer" "TLS" "$with"
result $? "a program with one IPC buffer pointer does not link with a library with one a thread"
link SELKIE_CONFIG=release "LDFLAGS=-L$board/release/lib"
fails "__sel4_ipc_buffer" "TLS" "$without"
result $? "nor the other way round"
link SELKIE_CONFIG=release "$lld" "CFLAGS=-I$board/release/include"
fails "undefined symbol: sk_compiled_without_include_thread_ipc_so_link_lib_without_it"
result $? "nor with lld"
link SELKIE_CONFIG=release "$lld" "LDFLAGS=-L$board/release/lib"
fails "sel4_ipc_buffer"
result $? "nor the other way round with lld"
link SELKIE_CONFIG=release SELKIE_ENV=microkit "LDFLAGS=-L$board/release/lib/thread-ipc"
fails "__sel4_ipc_buffer" "TLS" "$with"
result $? "a domain of Microkit does not link with the library that has one a thread"
link SELKIE_CONFIG=release SELKIE_ENV=microkit
result $? "it links with that of lib, which share/selkie.mk takes"

cat > program.c << 'END'
#include <selkie/rt/hooks.h>
#include <selkie/rt/main.h>
int sk_hook_no_memory(int size) { return size; }
SK_ROOT_TASK(bi) { return 0; }
END
link SELKIE_CONFIG=release
fails "conflicting types for .sk_hook_no_memory"
result $? "a hook of the wrong type does not compile"
cat > program.c << 'END'
#include <selkie/rt/main.h>
#include <selkie/rt/sink.h>
int sk_sink_write(char c) { return c; }
SK_ROOT_TASK(bi) { return 0; }
END
link SELKIE_CONFIG=release SELKIE_SINK=own
fails "conflicting types for .sk_sink_write"
result $? "nor does a sink"

# --- layouts

cat > program.c << 'END'
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

static const char constant[5000] = "constant";
static char data[5000] = "data";
static char zero[5000];
static _Thread_local _Alignas(64) int number = 5;

static void work(void *arg)
{
    data[1] = zero[4999] = (char)(*(int *)arg + number);
}

SK_ROOT_TASK(bi)
{
    struct sk_thread *t;
    int one = 1;

    if (sk_thread_start(work, &one, &(struct sk_thread_options){.name = "w"}, &t) != SK_OK) {
        return 1;
    }
    sk_thread_join(t, 0);
    sk_printf("%s %s %d\n", constant, data + 2, zero[4999]);
    return 0;
}
END

# layout NAME OPTION...: linked so, it runs.
layout() {
    name=$1
    shift
    case $name in
    lld*) link SELKIE_CONFIG=release "$lld" "LDFLAGS=$*" ;;
    *) link SELKIE_CONFIG=release "LDFLAGS=$*" ;;
    esac && run 0 '^constant ta 6$'
    result $? "layout: $name"
}

layout "GNU ld's own"
layout "GNU ld, far up" -Wl,-Ttext-segment=0x7f0000000
layout "GNU ld, no multiple of anything but a page" -Wl,-Ttext-segment=0x12345000
layout "GNU ld, code apart" -Wl,-z,separate-code
layout "GNU ld, code and constants together" -Wl,-z,noseparate-code
layout "GNU ld, a hole of 4 MiB before the data" -Wl,-Tdata=0x800000
layout "GNU ld, segments aligned to 64 KiB" -Wl,-z,max-page-size=65536
layout "GNU ld, with a build id" -Wl,--build-id
layout "lld's own"
layout "lld, constants with the code" -Wl,--no-rosegment
layout "lld, code apart" -Wl,-z,separate-code
layout "lld, far up" -Wl,--image-base=0x7f0000000

link SELKIE_CONFIG=release LDFLAGS=-Wl,-N
fails "__ehdr_start"
result $? "a layout without the ELF headers in memory is a link error"
wx='__attribute__((section(".wx,\\"awx\\",%progbits\/\/")))'
sed -i "s/^static char zero/$wx &/" program.c
link SELKIE_CONFIG=release LDFLAGS=-Wl,--no-warn-rwx-segments &&
    run 2 '^panic: .*a page to be written and executed'
result $? "a program with a segment to be written and executed ends with a panic"

# --- the libraries

for config in debug release; do
    # Of the libraries for one pointer only, none is linked by programs with one a thread.
    for library in "$board/$config"/lib/*.a; do
        aarch64-linux-gnu-nm -A "$library" 2> /dev/null |
            sed -n 's/:[ 0-9a-f]*[A-Za-z] __sel4_ipc_buffer$//p'
    done | while IFS= read -r member; do
        name=${member##*/}
        case ${name%%:*} in
        *microkit.a) ;;
        *) [ -f "$board/$config/lib/thread-ipc/${name%%:*}" ] || echo "$name" ;;
        esac
    done > log
    [ ! -s log ]
    result $? "only libraries that come in both flavours name __sel4_ipc_buffer, $config"
    for folder in lib lib/thread-ipc; do
        aarch64-linux-gnu-nm -A --defined-only "$board/$config/$folder"/libselkie*.a \
            2> /dev/null | grep ' __sel4_ipc_buffer$' > log
        [ "$(wc -l < log)" -eq 1 ]
        result $? "one archive member of $folder defines it, $config"
    done
done
echo "1..$count"
