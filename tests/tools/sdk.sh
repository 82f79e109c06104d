#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# sdk.sh BUILD: uses BUILD/sdk as its user would, from a folder of its own: compile, link, run.
set -u
. "$(dirname "$0")/../tap.sh"
unset SEL4_PREFIX # the SDK brings kernels of its own
sdk=$(cd "$1/sdk" && pwd) || exit 1
example=$(pwd)/examples/hello/main.c
dining=$(pwd)/examples/dining
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
tap_log=$work/log
tap_lines=$

build() {
    board=$sdk/board/qemu_virt_aarch64_el1/$1
    aarch64-linux-gnu-gcc -std=gnu11 -O2 -ffreestanding -fno-pic -ftls-model=local-exec \
        -I"$board/include/thread-ipc" -I"$board/include" -static -nostdlib \
        -Wl,-z,max-page-size=4096,-u,sk_config_note \
        -o "hello-$1.elf" "$example" -L"$board/lib/thread-ipc" -L"$board/lib" \
        -Wl,--start-group -lselkie "-lselkie-sink-$2" -Wl,--end-group > log 2>&1
}

for config in debug:debug release:semihosting; do
    name=${config%:*}
    build "$name" "${config#*:}"
    result $? "hello is built from the SDK alone, $name"
    "$sdk/bin/selkie" run "hello-$name.elf" > log 2>&1 &&
        tr -d '\r' < log | grep -q '^hello, seL4$'
    result $? "selkie of the SDK runs it on the SDK's kernel, $name"
    "$sdk/bin/selkie" run "hello-$name.elf" --config none > log 2>&1
    [ $? -eq 125 ] && grep -q '^help: ' log
    result $? "a configuration that is not in the SDK is refused with help, $name"
done

# What a layer above rt needs is one line more.
cat > dining.mk << END
SELKIE_SDK := $sdk
SELKIE_CONFIG := release
SELKIE_USES := selkie-sync
include $sdk/share/selkie.mk
compile := \$(SELKIE_CC) -std=gnu2x -O2 \$(SELKIE_CFLAGS) \$(SELKIE_LDFLAGS)
dining.elf: \$(addprefix $dining/,main.c table.c ways.c); \$(compile) -o \$@ \$^ \$(SELKIE_LIBS)
END
make -f dining.mk dining.elf > log 2>&1 &&
    "$sdk/bin/selkie" run --config release dining.elf > log 2>&1 &&
    tr -d '\r' < log | grep -q '^both or none: 1000 meals, 0 quarrels$'
result $? "a program with a library of an upper layer is built from the SDK, and runs"

# Typed headers, generated and written by hand, are in one folder there.
for config in debug release; do
    include=$sdk/board/qemu_virt_aarch64_el1/$config/include
    (cd "$include" && ls selkie/cap/*.h) > headers
    while read -r header; do
        echo "#include <$header>" |
            aarch64-linux-gnu-gcc -std=gnu11 -ffreestanding -Wall -Wextra -Werror -I"$include" \
                -fsyntax-only -x c -
    done < headers > log 2>&1
    grep -qx selkie/cap/kinds.h headers && grep -qx selkie/cap/slot.h headers && [ ! -s log ]
    result $? "every typed header of the SDK compiles alone, $config"
done

for symbol in ROOT_CNODE_SIZE_BITS:17 NUM_DOMAINS:16 NUM_DOMAIN_SCHEDULES:100; do
    line="#define CONFIG_${symbol%:*}  ${symbol#*:}"
    grep -h CONFIG_ "$sdk"/board/*/*/include/kernel/gen_config.h > log
    [ "$(grep -c "^$line *\(/\|$\)" log)" -eq 2 ]
    result $? "the SDK's kernels have Microkit's number: $line"
done

# What share/selkie.mk compiles finds mistakes, with each compiler, unless it is told not to.
cat > Makefile << 'END'
SELKIE_SDK := $(SDK)
include $(SDK)/share/selkie.mk
compile := $(SELKIE_CC) -std=gnu11 -O2 -Werror $(SELKIE_CFLAGS)
%.elf: %.c; $(compile) $(SELKIE_LDFLAGS) -o $@ $< $(SELKIE_LIBS)
END
cat > overflow.c << 'END'
#include <selkie/rt/main.h>
SK_ROOT_TASK(bi)
{
    volatile int most = __INT_MAX__;
    most = most + 1;
    return 0;
}
END
cat > smash.c << 'END'
#include <selkie/rt/main.h>
__attribute__((noinline)) static void fill(volatile int size)
{
    char text[16];
    volatile char *to = text;
    for (int i = 0; i < size; i++) {
        to[i] = 'x';
    }
}
SK_ROOT_TASK(bi)
{
    fill(40);
    return 0;
}
END
cat > bounds.c << 'END'
#include <selkie/rt/main.h>
char row[4];
SK_ROOT_TASK(bi)
{
    volatile int at = 5;
    volatile char found = row[at];
    (void)found;
    return 0;
}
END

# ends STATUS TEXT PROGRAM VARIABLE=VALUE...: compiled so, it ends with it and prints a line so.
ends() {
    want=$1 text=$2 program=$3
    shift 3
    rm -f ./*.elf
    make -s "SDK=$sdk" "$@" "$program.elf" > log 2>&1 || return 1
    "$sdk/bin/selkie" run --deterministic --timeout 60 "$program.elf" > log 2>&1
    [ $? -eq "$want" ] && tr -d '\r' < log | grep -q "$text"
}
for cc in aarch64-linux-gnu-gcc 'clang --target=aarch64-linux-gnu'; do
    name=${cc%% *}
    name=${name##*-}
    trap=-fsanitize-undefined-trap-on-error
    [ "$name" = gcc ] || trap=-fsanitize-trap=all
    ends 3 '^fault: trap' overflow "SELKIE_CC=$cc"
    result $? "a signed overflow traps in a program that share/selkie.mk compiles, $name"
    ends 3 '^fault: trap' bounds "SELKIE_CC=$cc" SELKIE_TRAPS=$trap
    result $? "so does an index behind an array, by the guards alone, $name"
    ends 0 . bounds "SELKIE_CC=$cc" SELKIE_TRAPS=
    result $? "without SELKIE_TRAPS it does not, and the program links, $name"
    ends 2 '^panic: stack smashed' smash "SELKIE_CC=$cc" SELKIE_TRAPS=
    result $? "a smashed stack is a panic, $name"
    ends 0 . bounds "SELKIE_CC=$cc" SELKIE_TRAPS=$trap SELKIE_GUARDS= &&
        make -s "SDK=$sdk" "SELKIE_CC=$cc" SELKIE_GUARDS= smash.elf > log 2>&1 &&
        aarch64-linux-gnu-nm smash.elf > log && ! grep -q __stack_chk log
    result $? "without SELKIE_GUARDS neither is looked for, $name"
done

# A program of a protocol of its own: the SDK generates what it includes.
cat > count.xml << 'END'
<protocol name="count" version="1" brief="Counts.">
    <method name="up" brief="One more.">
        <in name="by" type="u8" brief="Or more than one."/>
        <out name="now" type="u32" brief="How many there are."/>
    </method>
</protocol>
END
cat > count.c << 'END'
#include <rpc/count_client.h>
#include <rpc/count_server.h>
#include <selkie/rt/boot_source.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>

static struct sk_rpc_server server;
static uint32_t count;

static sk_err up(struct sk_rpc_server *self, uint8_t by, uint32_t *ret_now)
{
    (void)self;
    *ret_now = count += by;
    return SK_OK;
}

static const struct count_handlers handlers = {.up = up};

static void serve(void *arg)
{
    (void)arg;
    count_serve(&server, &handlers);
}

static sk_err run(uint32_t *ret_now)
{
    struct sk_source *source = sk_boot_source();
    struct sk_thread *thread;
    struct count_client client;
    sk_owned_object endpoint;

    SK_TRY(sk_owned_object_make(source, SK_BLUEPRINT(Endpoint), &endpoint));
    SK_TRY(sk_rpc_server_init(&server, (struct sk_rpc_server_options){
                                           .endpoint = {sk_owned_object_cptr(&endpoint)},
                                           .source = source,
                                       }));
    SK_TRY(sk_thread_start(serve, NULL, &(struct sk_thread_options){.priority = 1}, &thread));
    SK_TRY(count_connect(server.endpoint, (struct sk_rpc_client_options){0}, &client));
    SK_TRY(count_up(&client, 40, ret_now));
    return count_up(&client, 2, ret_now);
}

SK_ROOT_TASK(bi)
{
    uint32_t now = 0;

    if (run(&now) == SK_OK) {
        sk_printf("counted to %u\n", now);
    }
    return 0;
}
END
ends 0 '^counted to 42' count SELKIE_PROTOCOLS=count.xml SELKIE_USES=selkie-proto
result $? "a protocol is generated, and both its sides are built from the SDK"
sed -i 's/type="u8"/type="u9"/' count.xml
make -s "SDK=$sdk" SELKIE_PROTOCOLS=count.xml SELKIE_USES=selkie-proto count.elf > log 2>&1
[ $? -eq 2 ] && grep -q '^count.xml:3:9: error: ' log && grep -q '^help: ' log
result $? "a protocol that is none is refused there, with help"

cp "$sdk/board/qemu_virt_aarch64_el1/debug/elf/sel4.elf" . 2> log
result $? "the development kernel is elf/sel4.elf"

# What tools in other languages, and makefiles, read.
for config in debug release; do
    board=$sdk/board/qemu_virt_aarch64_el1/$config
    arch=$(grep 'CONFIG_SEL4_ARCH  ' "$board/include/kernel/gen_config.h" | cut -d ' ' -f 4)
    [ "$arch" = aarch64 ]
    result $? "Microkit's makefiles find the instruction set in gen_config.h, $config"
    {
        jq -e '.memory == [{"start": 1073741824, "end": 3221225472}] and
            (.devices | length == 4 and .[0].start == 0)' "$board/platform_gen.json" &&
            jq -e '.InvalidInvocation == 0 and .UntypedRetype == 1 and .TCBConfigure == 5 and
                length == ([.[]] | max + 1)' "$board/invocations_all.json" &&
            jq -e '.seL4_TCBObject == 11 and .seL4_Slot == 5 and .seL4_LargePageObject == 21' \
                "$board/object_sizes.json" &&
            jq -e '.seL4_UserTop == 140737488355327' "$board/address_space_constants.json" &&
            jq -e '.SEL4_ARCH == "aarch64"' "$board/include/kernel/gen_config.json"
    } > log 2>&1
    result $? "its JSON files say what the headers say, $config"
    cat > alone.c << 'END'
#include <microkit.h>
extern seL4_IPCBuffer *__sel4_ipc_buffer;
_Static_assert(MICROKIT_MAX_CHANNELS == 62, "");
END
    aarch64-linux-gnu-gcc -std=gnu11 -Wall -Werror -ffreestanding -fsyntax-only \
        -I"$board/include" alone.c > log 2>&1
    result $? "microkit.h compiles with include alone: the IPC buffer is one variable, $config"
    sed 's/extern/extern __thread/' alone.c > thread.c
    aarch64-linux-gnu-gcc -std=gnu11 -Wall -Werror -ffreestanding -fsyntax-only \
        -I"$board/include/thread-ipc" -I"$board/include" thread.c > log 2>&1
    result $? "with include/thread-ipc before it there is one a thread, $config"
    missing=
    for file in lib/libmicrokit.a lib/microkit.ld elf/loader.elf elf/initialiser.elf; do
        [ -f "$board/$file" ] || missing="$missing $file"
    done
    echo "$missing" > log
    [ -z "$missing" ]
    result $? "a system's own parts are where Microkit has them, $config"
done
bare=$sdk/share/toolchain/bin/aarch64-none-elf
echo 'int counter; int next(void) { return __sync_add_and_fetch(&counter, 1); }' > bare.c
{
    "$bare-gcc" -O2 -c bare.c -o bare.o && "$bare-as" --version &&
        "$bare-ar" rc libbare.a bare.o && "$bare-ld" -e next -o bare.elf bare.o &&
        "$bare-objcopy" -O binary bare.elf bare.bin &&
        "$bare-readelf" -h bare.elf | grep -w EXEC &&
        ! "$bare-nm" bare.elf | grep GLOBAL_OFFSET &&
        "$bare-gcc" -nostdlib -e next -o whole.elf bare.c &&
        ! "$bare-readelf" -SW whole.elf | grep build-id
} > log 2>&1
result $? "its tool chain compiles and links for no system: no helpers, no table of offsets"
[ -s "$sdk/LICENSES/BSD-2-Clause.txt" ] && [ "selkie $(cat "$sdk/VERSION")" = \
    "$("$sdk/bin/selkie" --version)" ] && [ -s "$sdk/doc/guide/sdk.md" ]
result $? "it says its licence, its version and how it is used"
echo "1..$count"
