#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD: BUILD/sdk as a Microkit project uses it: bin/microkit's command line, what it
# says of mistakes, and images that boot. Prints TAP.
set -u
. "$(dirname "$0")/../../tap.sh"
unset SEL4_PREFIX MICROKIT_SDK MICROKIT_BOARD MICROKIT_CONFIG
sdk=$(cd "$1/sdk" && pwd) || exit 1
board=qemu_virt_aarch64_el1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
tap_log=$work/log
tap_lines=$
cp "$here/hello.c" "$here/hello.system" .
cp "$here/project.mk" Makefile

# --- a project

for config in debug release; do
    out=build-$config
    mkdir $out
    PATH=$sdk/share/toolchain/bin:$PATH make -s "BUILD_DIR=$out" "MICROKIT_SDK=$sdk" \
        MICROKIT_BOARD=$board MICROKIT_CONFIG=$config > log 2>&1
    result $? "a project of Microkit's builds with its own makefile, $config"
    grep -q hello $out/report.txt
    result $? "its report names its domain, $config"
done

# greets COMMAND...: it boots, and the domain says its name; then it idles for ever.
greets() {
    timeout 10 "$@" < /dev/null > log 2>&1
    tr -d '\r' < log | grep -qx 'hello from hello'
}
for cpu in cortex-a53 cortex-a57; do
    greets qemu-system-aarch64 -machine virt -cpu $cpu -m size=2G -nographic \
        -serial mon:stdio -device loader,file=build-debug/loader.img,addr=0x70000000,cpu-num=0
    result $? "the image boots as Microkit's manual starts it, on $cpu"
done
greets "$sdk/bin/selkie" run --timeout 4 build-debug/loader.img
result $? "the image boots with selkie run"

# --- the command line

# microkit ARGUMENT...: with the project's board, configuration and programs.
microkit() {
    "$sdk/bin/microkit" hello.system --board $board --config debug \
        --search-path build-debug "$@"
}
microkit > log 2>&1 && cmp loader.img build-debug/loader.img >> log 2>&1 && [ -s report.txt ]
result $? "loader.img and report.txt are written unless told otherwise, the same every time"
microkit -o other.img --report other.txt > log 2>&1 && cmp other.img loader.img > log 2>&1 &&
    cmp other.txt report.txt > log 2>&1
result $? "the long and short names of options are one"
microkit -o image.elf --image-type elf > log 2>&1 &&
    greets "$sdk/bin/selkie" run --timeout 4 image.elf
result $? "--image-type elf boots too"
microkit --capdl-json caps.json > log 2>&1 && jq . caps.json > /dev/null 2> log
result $? "--capdl-json writes JSON"
microkit --viper-output viper > log 2>&1 && grep -q 'CapKind_notification' viper/hello.vpr &&
    ! grep -qv '^[ A-Za-z0-9_():?|{}=/.,-]*$' viper/hello.vpr
result $? "--viper-output writes a file for each domain"
cp build-debug/hello.elf . && mkdir empty &&
    "$sdk/bin/microkit" --search-path empty --board $board --config debug hello.system \
        > log 2>&1
result $? "the working directory is searched as well"
mkdir first && cp build-release/hello.elf first && rm hello.elf &&
    "$sdk/bin/microkit" hello.system --board $board --config debug -o first.img \
        --search-path first build-debug > log 2>&1 && ! cmp -s first.img loader.img
result $? "folders are searched in order"
cp "$sdk/board/$board/release/elf/sel4.elf" quiet.elf
microkit --override-kernel quiet.elf -o quiet.img > log 2>&1 && ! cmp -s quiet.img loader.img
result $? "--override-kernel takes another kernel"
MICROKIT_SDK=$sdk microkit -o named.img > log 2>&1 && cmp named.img loader.img > log 2>&1
result $? "MICROKIT_SDK names the SDK"
mkdir -p moved && cp -R "$sdk/bin" "$sdk/board" moved &&
    moved/bin/microkit hello.system --board $board --config debug --search-path build-debug \
        -o moved.img > log 2>&1 && cmp moved.img loader.img > log 2>&1
result $? "otherwise it is where the program is, wherever that was moved"

# --- selkie compose, which can do more

# compose ARGUMENT...: the same with selkie.
compose() {
    "$sdk/bin/selkie" compose hello.system --config debug --search-path build-debug "$@"
}
compose -o composed.img > log 2>&1 && cmp composed.img loader.img > log 2>&1
result $? "selkie compose makes the same image"
compose -o composed.elf --image-type=elf > log 2>&1 && cmp composed.elf image.elf > log 2>&1
result $? "and the same ELF"
compose --report text.txt --report-json text.json --model-json model.json --cdl text.cdl \
    --headers headers > log 2>&1 && cmp text.txt report.txt >> log 2>&1 &&
    cmp model.json caps.json >> log 2>&1 && jq . text.json > /dev/null 2>> log &&
    grep -q '^arch aarch64$' text.cdl
result $? "it writes reports, the model and capDL without an image"
n=$(jq '[.memory.objects[].count] | add' text.json)
grep -q "^1 domain and the monitor, $n kernel objects$" text.txt
result $? "which count the same objects"
echo '#include "headers/hello.h"' |
    aarch64-linux-gnu-gcc -std=gnu11 -Wall -Werror -ffreestanding -fsyntax-only -x c - \
        > log 2>&1
result $? "and headers that compile"
cp headers/hello.h hello.was && rm -r headers && compose --check-only \
    --headers headers > log 2>&1 && cmp headers/hello.h hello.was >> log 2>&1
result $? "the same headers without programs"
"$sdk/bin/selkie" compose hello.system --check-only --headers nowhere/headers > log 2>&1
[ $? -eq 125 ] && grep -q '^selkie: error: nowhere/headers: cannot make this folder' log &&
    grep -q '^help: ' log
result $? "a folder for them that cannot be made is named"
rm -r headers && "$sdk/bin/selkie" compose hello.system --config debug --headers headers \
    > log 2>&1 && [ -s headers/hello.h ]
result $? "which are made before there are programs"
sed 's,<system>,<system xmlns:sk="https://selkie.systems/sdf/1">,
    s,priority="100",& sk:restart="2",' hello.system > extended.system
"$sdk/bin/selkie" compose extended.system --config debug --search-path build-debug \
    -o extended.img > log 2>&1 && greets "$sdk/bin/selkie" run --timeout 4 extended.img
result $? "it knows our extensions of descriptions"
mkdir split &&
    aarch64-linux-gnu-objcopy --only-keep-debug build-debug/hello.elf split/hello.sym &&
    aarch64-linux-gnu-strip -o split/hello.elf build-debug/hello.elf &&
    sed 's,path="hello.elf",& path_for_symbols="hello.sym",' hello.system > split.system &&
    "$sdk/bin/microkit" split.system --board $board --config debug --search-path split \
        -o split.img > log 2>&1 && cmp split.img loader.img >> log 2>&1
result $? "symbols may be in a file of their own, as objcopy --only-keep-debug writes it"
"$sdk/bin/microkit" extended.system --board $board --config debug --search-path build-debug \
    -o extended.img > out 2> log
[ $? -eq 1 ] && grep -q 'selkie compose' log
result $? "microkit refuses them, and says who knows them"
"$sdk/bin/selkie" graph hello.system -o hello.svg > log 2>&1 && grep -q '<svg' hello.svg &&
    grep -q hello hello.svg
result $? "selkie graph draws it"

# --- a domain on Selkie's runtime, with what that has

cp "$here/rich.c" . && sed 's/hello/rich/g' hello.system > rich.system
cat > rich.mk << END
SELKIE_SDK := $sdk
SELKIE_ENV := microkit
SELKIE_USES := selkie-microkit microkit
SELKIE_HEAP := general
include $sdk/share/selkie.mk
compile := \$(SELKIE_CC) -std=gnu11 -O2 \$(SELKIE_CFLAGS) \$(SELKIE_LDFLAGS)
rich.elf: rich.c; \$(compile) -o \$@ \$< \$(SELKIE_LIBS)
END
make -s -f rich.mk rich.elf > log 2>&1 &&
    "$sdk/bin/microkit" rich.system --board $board --config debug -o rich.img > log 2>&1
result $? "a domain on Selkie's runtime is composed like any other"
timeout 10 "$sdk/bin/selkie" run --timeout 4 rich.img > log 2>&1
tr -d '\r' < log | grep -qx 'rich is on a heap, 42'
result $? "it has a heap, thread-local variables and formatted output"

# --- mistakes: status 1, an error and a help, and nothing is written

# fails 'TEXT' 'HELP' COMMAND...: says the one in a line that begins so, and then the other.
fails() {
    text=$1 help=$2
    shift 2
    rm -f loader.img report.txt
    "$@" > out 2> log
    [ $? -eq 1 ] && [ ! -s out ] && grep -qxF -- "$text" log &&
        grep -qxF -- "help: $help" log && [ ! -e loader.img ] && [ ! -e report.txt ]
}

# case SENTENCE TEXT HELP COMMAND...
mistake() {
    sentence=$1
    shift
    fails "$@"
    result $? "$sentence"
}
tool=$sdk/bin/microkit
usage='microkit hello.system --board BOARD --config debug --search-path build'
mistake "what is required is named" \
    'microkit: error: the following arguments are required: system, --board, --config' \
    "$usage" "$tool"
mistake "so is one that is missing, which the search path took" \
    'microkit: error: the following arguments are required: system' \
    "$usage" "$tool" --board $board --config debug --search-path build hello.system
mistake "an option at the end needs its value" \
    'microkit: error: argument -o: expected one argument' 'microkit -h' microkit -o
mistake "a misspelt option is corrected" \
    'microkit: error: unrecognised argument: --serach-path' "did you mean '--search-path'?" \
    microkit --serach-path build
mistake "an unknown option is named" \
    'microkit: error: unrecognised argument: --frobnicate' 'microkit -h' \
    microkit --frobnicate x
mistake "a second system is refused" \
    'microkit: error: unrecognised argument: b.system (the system is a.system)' 'microkit -h' \
    "$tool" a.system b.system
mistake "an unknown type of image is refused" \
    "microkit: error: argument --image-type: invalid choice: 'tar'" \
    "choose from 'binary', 'elf'" microkit --image-type tar
mistake "a type for other boards is refused" \
    'microkit: error: argument --image-type: a uimage is for RISC-V boards' \
    "$board boots --image-type binary" microkit --image-type uimage
mistake "an unknown board is refused, with those that there are" \
    "microkit: error: argument --board: invalid choice: 'toaster'" \
    "choose from '$board'" "$tool" hello.system --board toaster --config debug
mistake "so is a path as a board" \
    "microkit: error: argument --board: invalid choice: '../board/$board'" \
    "choose from '$board'" "$tool" hello.system --board ../board/$board --config debug
mistake "an unknown configuration is refused, with those that there are" \
    "microkit: error: argument --config: invalid choice: 'smp-debug'" \
    "choose from 'debug', 'release'" "$tool" hello.system --board $board --config smp-debug
mistake "a MICROKIT_SDK that is none is refused" \
    "microkit: error: MICROKIT_SDK=empty: there is no SDK: it has no folder board" \
    "name the folder that 'make sdk' wrote, or unset MICROKIT_SDK" \
    env MICROKIT_SDK=empty "$tool" hello.system --board $board --config debug
mkdir -p bare/board/one
mistake "so is one without configurations" \
    "microkit: error: argument --config: invalid choice: 'debug'" \
    "bare/board/one has none: make the SDK again, or name another by MICROKIT_SDK" \
    env MICROKIT_SDK=bare "$tool" hello.system --board one --config debug
enoent='No such file or directory'
mistake "a description that is not there is named" \
    "microkit: error: nowhere.system: cannot read the system description: $enoent" \
    'check the path: ls -l nowhere.system' \
    "$tool" nowhere.system --board $board --config debug
mistake "a kernel that is not there is named" 'microkit: error: there is no nowhere.elf' \
    'make the SDK again, or name a kernel that is there' microkit --override-kernel nowhere.elf
mistake "a kernel that is none is refused" \
    'microkit: error: hello.c: the kernel is not an ELF file' \
    'name the file that the linker wrote' microkit --override-kernel hello.c
image="element 'program_image', attribute 'path'"
mistake "a program that is in no folder is named, with its place in the description" \
    "hello.system:5:30: error: $image: cannot read hello.elf: $enoent" \
    'build it, or name its folder: --search-path DIR' \
    "$tool" hello.system --board $board --config debug --search-path empty
sed 's/priority="100"/priority="255"/' hello.system > wrong.system
rm -f loader.img
"$tool" wrong.system --board $board --config debug --search-path build-debug > out 2> log
[ $? -eq 1 ] && grep -q "^wrong.system:4:47: error: .*priority" log &&
    grep -q '^help: ' log && [ ! -e loader.img ]
result $? "a wrong description is refused with its place"
mistake "an output that cannot be written is named" \
    "microkit: error: nowhere/x.img: cannot write: $enoent" \
    'choose another file with -o' microkit -o nowhere/x.img
# keeps FILE: it is there, as it was, and nothing half-written is.
keeps() {
    [ "$(cat "$1")" = kept ] && ! ls -A . headers 2>> log | grep -q '^\.selkie'
}
echo kept > kept.img
microkit -o kept.img -r nowhere/x.txt > out 2> log
[ $? -eq 1 ] && grep -q 'nowhere/x.txt: cannot write' log && keeps kept.img
result $? "an image is not written if its report cannot be"
echo kept > headers/hello.h
"$sdk/bin/selkie" compose hello.system --config debug --search-path build-debug \
    -o nowhere/x.img --headers headers > out 2> log
[ $? -eq 125 ] && keeps headers/hello.h
result $? "nor is a header if the image cannot be"
microkit -o kept.img -r /dev/full > out 2> log
[ $? -eq 1 ] && grep -q "/dev/full: cannot write: No space" log && [ -c /dev/full ] &&
    keeps kept.img
result $? "a full device is named, and stays where it is"
ln -s kept.img link.img
microkit -o link.img > log 2>&1 && cmp kept.img build-debug/loader.img >> log 2>&1 &&
    [ -L link.img ]
result $? "an output may be a link, which stays one"
microkit -o /dev/null > log 2>&1 && [ -c /dev/null ]
result $? "and a device"
elf=build-debug/hello.elf
mistake "an output does not take the place of a program" \
    "microkit: error: $elf: the output would overwrite $elf, of which it is made" \
    'choose another file' microkit -o build-debug/hello.elf
system=hello.system
mistake "nor of the description" \
    "microkit: error: ./$system: the output would overwrite $system, of which it is made" \
    'choose another file' microkit -r ./hello.system
mistake "two outputs are two files" \
    'microkit: error: two outputs are to be written to same' \
    'choose another file for one of them' microkit -o same -r same

# An SDK of which something is missing, or damaged.
for file in elf/sel4.elf elf/loader.elf elf/initialiser.elf elf/kernel.dtb board.json \
    platform_gen.json include/kernel/gen_config.json; do
    path=moved/board/$board/debug/$file
    mv "$path" kept
    help='the SDK is not complete: make it again'
    [ $file != elf/sel4.elf ] || help='make the SDK again, or name a kernel that is there'
    fails "microkit: error: there is no $work/$path" "$help" \
        moved/bin/microkit hello.system --board $board --config debug
    result $? "an SDK without $file says so"
    mv kept "$path"
done
path=moved/board/$board/debug/platform_gen.json
cp $path kept.json
echo '{"memory": ' > $path
moved/bin/microkit hello.system --board $board --config debug > log 2>&1
[ $? -eq 1 ] && grep -q "^microkit: error: $work/$path:2:" log && grep -q '^help: ' log
result $? "a damaged file of the SDK is reported with its place"
echo '[]' > $path
fails "microkit: error: $work/$path: the platform's memory is not an object" \
    'the SDK is damaged: make it again' \
    moved/bin/microkit hello.system --board $board --config debug
result $? "so is one that is something else"

mv kept.json $path
path=moved/board/$board/debug/elf/initialiser.elf
cp hello.c $path
fails "microkit: error: $work/$path: the root task is not an ELF file" \
    'name the file that the linker wrote' \
    moved/bin/microkit hello.system --board $board --config debug
result $? "so is an initialiser that is none"
cp moved/board/$board/debug/elf/loader.elf $path
fails "microkit: error: $work/$path: this is Selkie's loader, not a program" \
    'selkie run PROGRAM: the loader is packed with it' \
    moved/bin/microkit hello.system --board $board --config debug
result $? "or that is another program"

# An SDK for a kernel that is not MCS has neither initialiser nor libmicrokit.
path=moved/board/$board/debug/include/kernel/gen_config.json
jq '.KERNEL_MCS = false' $path > kept.json
rm $path moved/board/$board/debug/elf/initialiser.elf
mv kept.json $path
what='this kernel is a classic one (KERNEL_MCS is not true)'
fails "microkit: error: $work/$path: $what, and systems need scheduling contexts" \
    'build seL4 with -DKernelIsMCS=ON, or choose another kernel' \
    moved/bin/microkit hello.system --board $board --config debug
result $? "a classic kernel is refused for what it is"
moved/bin/selkie compose --check-only hello.system --config debug > out 2> log
[ $? -eq 125 ] && [ ! -s out ] && grep -qxF "selkie: error: $work/$path: $what, and systems \
need scheduling contexts" log
result $? "also where a description is only checked, for the kernel that is there"

rm -r moved/board/$board/debug
greets moved/bin/selkie run --timeout 4 build-debug/loader.img
result $? "an image needs a board to run, of whatever configuration"

"$tool" -h > out 2> log && [ ! -s log ] && grep -q '^usage: microkit ' out &&
    grep -q -- --search-path out
result $? "-h says how it is used"
"$tool" hello.system --help --bogus > out 2>&1 && grep -q '^usage: microkit ' out
result $? "whatever else is on the line"
echo "1..$count"
