# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh disable=SC2154
# The cases of run.sh.

# --- the command line
t no-command 'selkie alone says where help is' "$selkie"
t help 'help lists commands and options' "$selkie" help
t version '--version prints the version' "$selkie" --version
t verb-unknown 'an unknown command is named' "$selkie" frobnicate
t verb-near 'a misspelt command is corrected' "$selkie" rnu
t option-unknown 'an unknown option is named' "$selkie" run x --frobnicate
t option-near 'a misspelt option is corrected' "$selkie" run x --tiemout 3
t option-other-verb 'an option of another command is unknown' "$selkie" run x -o y
t option-no-value 'an option without its value is explained' "$selkie" run x --timeout
t option-flag-value 'a flag takes no value' "$selkie" run x --symbolize=yes
t option-port 'a port is a number' "$selkie" run x --gdb=yes
t option-port-none 'an empty port is none' "$selkie" run x --gdb=
t option-port-zero 'port 0 is none' "$selkie" run x --gdb=0
t option-port-sign 'a port has no sign' "$selkie" run x --gdb=-1
t option-port-large 'a port has 16 bits' "$selkie" run x --gdb=65536
t option-port-huge 'nor is there one beyond all numbers' \
    "$selkie" run x --gdb=99999999999999999999999
t option-seconds 'a time limit is a positive number' "$selkie" run x --timeout=-3
t option-seconds-text 'a time limit is nothing but a number' "$selkie" run x --timeout 3s
t option-type 'an unknown type of image is named' "$selkie" image x --image-type uimage -o y
t option-type-near 'a misspelt type of image is corrected' \
    "$selkie" image x --image-type binray -o y
t no-program 'run needs a program' "$selkie" run
t two-programs 'run takes one program' "$selkie" run a b
t no-output 'image needs an output' "$selkie" image hello.elf
t surplus 'help takes nothing' "$selkie" help me

# --- size
t size 'size counts the bytes of a program' "$selkie" size hello.elf
t size-needs 'size --needs counts what a process takes' "$selkie" size --needs hello.elf
t size-classic 'a classic kernel has no scheduling contexts' "$selkie" size --needs old.elf
t size-no-room 'a program may leave no room for its stack' "$selkie" size --needs high.elf
t size-text 'size wants a program' "$selkie" size text.c
t size-missing 'size names a program that is not there' "$selkie" size nowhere.elf
t size-needs-value '--needs takes no value' "$selkie" size hello.elf --needs=3

# --- compose: its own options; what it says of descriptions is tested in tests/tools/sdf
printf '<system><protection_domain name="a"><program_image path="a.elf" />%s</system>\n' \
    '</protection_domain>' > a.system
t compose 'compose --check-only counts what it read' "$selkie" compose --check-only a.system
t compose-no-file 'compose needs a description' "$selkie" compose --check-only
t compose-two 'compose takes one description' "$selkie" compose --check-only a.system b
t compose-nothing 'compose wants to know what to write' "$selkie" compose a.system
t compose-type 'an image of a system is one piece' \
    "$selkie" compose a.system -o a.img --image-type segments
t compose-program 'compose names a program that is in no folder' \
    "$selkie" compose a.system --search-path prefix -o a.img
t compose-many 'there is an end to the folders that compose searches' \
    "$selkie" compose a.system $(yes -- '--search-path x' | head -65)
t compose-config 'compose wants a configuration that is there' \
    "$selkie" compose a.system -o a.img --config debgu
t compose-mismatch 'an initialiser for another kernel is refused' \
    "$selkie" compose a.system -o a.img --sel4 quiet-prefix
t compose-classic 'no system is composed for a classic kernel' \
    "$selkie" compose a.system -o a.img --sel4 classic-prefix
t compose-classic-check 'nor checked for one' \
    "$selkie" compose --check-only a.system --sel4 classic-prefix
t compose-riscv 'nor is one for another machine' \
    "$selkie" compose a.system -o a.img --sel4 riscv-prefix
t compose-no-number 'nor for a kernel of which too little is known' \
    "$selkie" compose a.system -o a.img --sel4 no-number-prefix
t graph-no-output 'graph needs an output' "$selkie" graph a.system
t graph-itself 'a picture does not overwrite what it shows' \
    "$selkie" graph a.system -o ./a.system
t graph-wrong 'graph refuses a wrong description' "$selkie" graph text.c -o text.svg
t graph-text 'graph writes what Graphviz reads' \
    sh -c '"$0" graph a.system -o a.dot && head -1 a.dot' "$selkie"
t graph-no-dot 'without Graphviz it says what to install' \
    env PATH="$scratch/nothing" "$selkie" graph a.system -o a.svg
t graph-unwritable 'an output that cannot be written is named, as an image is' \
    "$selkie" graph a.system -o nowhere/a.svg
printf '#!/bin/sh\nexit 3\n' > dot && chmod +x dot
t graph-fails 'a Graphviz that fails is reported' \
    env PATH="$scratch:$PATH" "$selkie" graph a.system -o a.svg
printf '#!/bin/sh\nkill -ALRM $$\n' > dot
t graph-slow 'so is one that has been at it for too long' \
    env PATH="$scratch:$PATH" "$selkie" graph a.system -o a.svg
printf '#!/bin/sh\nkill -KILL $$\n' > dot
t graph-killed 'or that somebody ends' \
    env PATH="$scratch:$PATH" "$selkie" graph a.system -o a.svg
rm dot
# All channels that there can be: each of 63 domains has one to each other.
awk 'BEGIN {
    print "<system>"
    for (i = 0; i < 63; i++)
        printf "<protection_domain name=\"d%u\"><program_image path=\"a\" />%s\n", i,
            "</protection_domain>"
    for (i = 0; i < 63; i++)
        for (k = i + 1; k < 63; k++)
            printf "<channel><end pd=\"d%u\" id=\"%u\" /><end pd=\"d%u\" id=\"%u\" />%s\n",
                i, k - 1, k, i, "</channel>"
    print "</system>"
}' > large.system
t graph-large 'the largest systems are drawn in seconds, as a net' \
    sh -c 'timeout 30 "$0" graph large.system -o large.svg && tail -1 large.svg' "$selkie"
t compose-missing 'compose names a description that is not there' \
    "$selkie" compose --check-only nowhere.system
t compose-folder 'a folder is no description' "$selkie" compose --check-only prefix
mkfifo pipe && mkdir -p hit/a.elf file && cp text.c file/a.elf && mkfifo file/b.bin
t compose-folder-image 'nor is it one for an image' "$selkie" compose prefix -o a.img
t compose-pipe 'a pipe is no description' "$selkie" compose --check-only pipe
t compose-pipe-image 'nor is it one for an image' "$selkie" compose pipe -o a.img
t graph-pipe 'nor is it one to be drawn' "$selkie" graph pipe -o a.dot
t compose-program-folder 'a folder is no program, and what the search found is named' \
    "$selkie" compose a.system --search-path hit -o a.img
t compose-program-hit 'a folder does not hide a file behind it' \
    "$selkie" compose a.system --search-path hit --search-path file -o a.img
ln -s loop loop
t compose-program-loop 'what cannot be looked into is not said to be without it' \
    "$selkie" compose a.system --search-path loop -o a.img
t compose-program-behind 'nor does it hide what is behind it' \
    "$selkie" compose a.system --search-path loop --search-path file -o a.img
sed 's,a.elf,pipe,' a.system > b.system
t compose-program-pipe 'a pipe is no program' "$selkie" compose b.system -o a.img
sed 's,<system>,&<memory_region name="m" prefill_path="prefix" /><memory_region \
name="n" prefill_path="b.bin" />,' b.system > c.system
t compose-prefill-folder 'nor do folders and pipes fill a region' \
    "$selkie" compose c.system --headers headers --search-path file
t compose-board 'compose looks for a board by name' \
    "$selkie" compose --check-only a.system --board qemu_virt_aarch64_el2
t compose-board-file 'compose names a board file that is not there' \
    "$selkie" compose --check-only a.system --board ./nowhere.json
t compose-board-json 'compose says where a board file is damaged' \
    "$selkie" compose --check-only a.system --board ./damaged.json
t compose-board-memory 'compose wants to know where memory is' \
    "$selkie" compose --check-only a.system --board ./no-memory.json
t compose-board-name 'compose wants a board to have a name' \
    "$selkie" compose --check-only a.system --board ./no-name.json
t compose-board-devices 'compose wants addresses of devices that are numbers' \
    "$selkie" compose --check-only a.system --board ./bad-device.json
t compose-board-interrupts 'compose wants to know which interrupts there are' \
    "$selkie" compose --check-only a.system --board ./bad-interrupt.json
t compose-board-interrupts-image 'and so where it makes an image' \
    "$selkie" compose a.system -o a.img --board ./bad-interrupt.json
t compose-board-kernel 'compose wants a board to have a kernel' \
    "$selkie" compose --check-only a.system --board ./no-kernel.json
t compose-prefix 'compose takes the kernel of a prefix' \
    "$selkie" compose --check-only a.system --sel4 mcs-prefix
t compose-prefix-none 'a folder without kernel is no prefix for compose' \
    "$selkie" compose --check-only a.system --sel4 no-kernel

# --- the program
t program-missing 'a program that is not there is named' run nowhere.elf
t program-folder 'a folder is no program' run prefix
t program-empty 'an empty file is no program' run empty.elf
t program-text 'a source file is no program' run text.c
t program-tiny 'a cut-off header is reported' run tiny.elf
t program-short 'a cut-off program is reported' run short.elf
t program-lying 'a header that points outside is reported' run lying.elf
t program-object 'an object file is not linked' run object.o
t program-riscv 'a program for another machine is refused' run riscv.elf
t program-entry 'a program without entry point is refused' run entry.elf
t program-loader 'the loader is no program' "$selkie" run "$loader"
t program-huge 'a program larger than memory is refused' run huge.elf

# --- the kernel and what belongs to it
t kernel-missing 'a missing kernel is named' run hello.elf --kernel nowhere.elf
t kernel-text 'a kernel must be an ELF file' run hello.elf --kernel text.c
t kernel-place 'a kernel must lie in memory' run hello.elf --kernel plain.elf
t kernel-config 'a kernel of another configuration is refused' \
    run hello.elf --kernel classic.elf
t dtb-short 'a damaged device tree is refused' run hello.elf --dtb short.dtb
t dtb-text 'a device tree must be one' run hello.elf --dtb text.c
t loader-other 'another program is no loader' run hello.elf --loader plain.elf
t prefix-none 'a folder without kernel is no prefix' run_prefix hello.elf no-kernel
t prefix-no-config 'a prefix without configuration is none' run_prefix hello.elf no-config
t prefix-config 'a prefix of another configuration is refused' \
    run_prefix hello.elf other-prefix
t prefix-json 'a damaged configuration is reported with its place' \
    run_prefix hello.elf bad-prefix
t prefix-good 'a prefix of the same configuration is taken' run_prefix hello.elf prefix
t prefix-environment 'SEL4_PREFIX is the default of --sel4' \
    env SEL4_PREFIX=no-kernel "$selkie" run hello.elf

# --- a build folder of which only a part was built
make_trees
t copy 'a copy of selkie outside an SDK says so' copy/bin/selkie run hello.elf
t variant-no-kernel 'a program for an installed kernel needs that kernel' \
    tree/bin/selkie run for-prefix.elf
t variant-none 'so it does if nothing was built for that kernel here' \
    "$selkie" run for-other.elf
t variant-mismatch 'a mismatch is reported before what is missing because of it' \
    tree/bin/selkie run hello.elf --sel4 other-prefix
t cnode-full 'a program with a page for each slot of the root CNode is packed' \
    run full-cnode.elf --kernel small-cnode.elf
t cnode-over 'a program with one more is refused' \
    run over-cnode.elf --kernel small-cnode.elf
t cnode-prefix 'the slots of an installed kernel are known too' \
    run_prefix hello.elf small-prefix

# --- the board
t board-near 'a misspelt board is corrected' \
    "$selkie" run hello.elf --board qemu_virt_aarch64_e1
t board-unknown 'an unknown board is named' "$selkie" run hello.elf --board toaster
t config-near 'a misspelt configuration is corrected' \
    "$selkie" run hello.elf --config debgu
t board-no-file 'a board file that is not there is named' run hello.elf --board ./nowhere.json
t board-no-args 'a missing key is named' run hello.elf --board ./no-args.json
t board-no-array 'a key of another type is named' run hello.elf --board ./args-no-array.json
t board-number 'an argument that is no string is named' \
    run hello.elf --board ./args-number.json
t board-base 'an address that is none is named' run hello.elf --board ./bad-base.json
t board-json 'damaged JSON is reported with its place' run hello.elf --board ./damaged.json

# --- images
t image 'image writes a file and is silent' \
    "$selkie" image hello.elf --loader "$loader" --dtb kernel.dtb --kernel kernel.elf \
    --board ./board.json -o image.elf
ln -s /dev/full full.elf
t image-full 'a device that is full is told of, and stays' \
    sh -c '"$@"; status=$?; ls full.elf; exit $status' - \
    "$selkie" image hello.elf --loader "$loader" --dtb kernel.dtb --kernel kernel.elf \
    --board ./board.json -o full.elf
t image-binary 'so it is with an image of one piece' \
    "$selkie" image hello.elf --loader "$loader" --dtb kernel.dtb --kernel kernel.elf \
    --board ./board.json -o image.bin --image-type binary
t image-base 'a kernel that reaches into such an image is refused' \
    "$selkie" image hello.elf --loader "$loader" --dtb kernel.dtb --kernel kernel.elf \
    --board ./taken.json -o nothing --image-type=elf
t image-run 'run takes an image as it is' "$selkie" run image.bin --board ./board.json
t image-run-elf 'an ELF of segments, too, and a debugger is told less' \
    "$selkie" run image.elf --board ./board.json --gdb=2345
head -c 5000 image.bin > cut.bin && head -c 5000 image.elf > cut.elf
head -c 300 image.bin > tiny.bin
t image-cut 'an image that is cut off is refused' "$selkie" run cut.bin --board ./board.json
t image-cut-elf 'so is one of segments' "$selkie" run cut.elf --board ./board.json
t image-cut-tiny 'or of hardly anything' "$selkie" run tiny.bin --board ./board.json
t image-again 'an image is no program' \
    "$selkie" image image.bin --board ./board.json -o other.bin
t image-with-kernel 'a kernel beside an image is refused' run image.bin
t image-symbolize 'an image has no symbols' \
    "$selkie" run image.bin --board ./board.json --symbolize
t image-board-none 'a board that is not there is named, for an image too' \
    "$selkie" run image.bin --board toaster
t image-unwritable 'an output that cannot be written is named' \
    "$selkie" image hello.elf --loader "$loader" --dtb kernel.dtb --kernel kernel.elf \
    --board ./board.json -o nowhere/image.elf

# image OUT: pack copies of all files, in a folder of their own.
image() (
    rm -rf own
    mkdir own
    cp hello.elf kernel.elf kernel.dtb board.json "$loader" own
    cd own || return
    ln -s hello.elf link.elf
    ln kernel.elf hard-link.elf
    "$selkie" image hello.elf --loader loader.elf --dtb kernel.dtb --kernel kernel.elf \
        --board ./board.json -o "$1"
)

t image-program 'an image does not overwrite its program' image ./hello.elf
t image-link 'nor through a symbolic link' image link.elf
t image-kernel 'nor its kernel through another name' image hard-link.elf
t image-dtb 'nor its device tree' image kernel.dtb
t image-loader 'nor its loader' image loader.elf
t image-board 'nor its board file' image board.json

# --- QEMU and the run
t run-command 'QEMU gets the board, both consoles and the image' run hello.elf
t run-no-note 'a program without note runs with a remark' run plain.elf
t run-deterministic '--deterministic counts instructions' run hello.elf --deterministic
t run-gdb '--gdb waits and says what to type' run hello.elf --gdb
t run-gdb-port '--gdb=PORT chooses where' run hello.elf --gdb=65535
t run-gdb-taken 'a port that is taken is reported with help' \
    run hello.elf --gdb --qemu ./qemu-gdb-taken
t run-status 'the status of run is the program'"'"'s' run hello.elf --qemu ./qemu-status
echo 'a line' > line
t run-input 'standard input reaches the console' \
    sh -c '"$@" < line' sh "$selkie" run hello.elf --loader "$loader" --dtb kernel.dtb \
    --kernel kernel.elf --board ./board.json --qemu ./qemu-input
t qemu-missing 'a missing QEMU is reported with its package' \
    run hello.elf --board ./missing-qemu.json
t qemu-no-program 'a QEMU that cannot be started is reported' run hello.elf --qemu ./line
t qemu-complaint 'what QEMU complains about is shown' run hello.elf --qemu ./qemu-complaint
t qemu-warning 'a warning of QEMU is no failure' run hello.elf --qemu ./qemu-warning
t qemu-dies 'a QEMU that crashes is reported' run hello.elf --qemu ./qemu-dies
t qemu-deaf 'a QEMU that does not listen is ended at the time limit' \
    run hello.elf --qemu ./qemu-deaf --timeout 0.5
t fault-mcs 'the report of an MCS kernel ends the run with 3' run hello.elf --qemu ./qemu-fault
t fault-classic 'the report of a classic kernel ends the run with 3' \
    run hello.elf --qemu ./qemu-fault-classic
t fault-told 'a text that is not a whole report does not' \
    run hello.elf --qemu ./qemu-fault-told
t fault-keep-going '--keep-going does not look for reports' \
    run hello.elf --qemu ./qemu-fault-lives --keep-going
t loader-error 'an error of the loader ends the run with 125' \
    run hello.elf --qemu ./qemu-loader

# --- the real QEMU: the loader, and what only a running guest can show
hello=$(ls "$build"/*_el1/debug/examples/hello.elf)

# says LINE COMMAND...: run it; print LINE if its output has that line. Status is its own.
says() {
    line=$1
    shift
    "$@" > out
    status=$?
    tr -d '\r' < out | grep -x "$line"
    return $status
}

t real-el2 'the loader drops from EL2 for a kernel that runs at EL1' \
    says 'hello, seL4' "$selkie" run "$hello" --board ./el2.json --timeout 20
t real-moved 'the loader runs elsewhere if its place is taken' \
    says 'hello, seL4' "$selkie" run "$hello" --board ./taken.json --timeout 20
t real-hypervisor 'a kernel for EL2 is not packed for a machine without it' \
    "$selkie" run hello.elf --kernel hypervisor.elf --timeout 20
t image-hypervisor 'it is for one with it' \
    "$selkie" image hello.elf --kernel hypervisor.elf --board ./el2.json -o el2.img
t real-hypervisor-image 'such an image on a machine without it is reported' \
    "$selkie" run el2.img --timeout 20
t compose-hypervisor 'nor is a system composed for one' \
    "$selkie" compose a.system -o a.img --kernel hypervisor.elf
t compose-hypervisor-board 'of a board with it, only the description is complained of' \
    "$selkie" compose a.system -o a.img --kernel hypervisor.elf --board ./el2.json
t real-crash 'an exception before the kernel has vectors is reported' \
    "$selkie" run hello.elf --kernel crash.elf --timeout 20
t real-idle 'an idle guest is ended at the time limit, although QEMU does not listen' \
    "$selkie" run hello.elf --kernel kernel.elf --timeout 0.5 --deterministic
# Fill with ones what lies between the kernel's file and the next part, and the root task's.
dirty_memory() {
    "$selkie" image "$hello" -o packed.elf || return
    aarch64-linux-gnu-readelf -lW packed.elf | awk '$1 == "LOAD" { print $4, $5 }' > loads
    board=$(ls "$build"/*_el1/debug/board.json)
    cp "$board" dirty.json
    previous_end=0
    while read -r start size; do
        gap=$((start - previous_end))
        if [ "$previous_end" -ne 0 ] && [ "$gap" -gt 0 ] && [ "$gap" -lt 16777216 ]; then
            head -c "$gap" /dev/zero | tr '\0' '\377' > "ones-$start"
            device="loader,addr=$previous_end,file=ones-$start,force-raw=on"
            jq --arg d "$device" '.qemu.args += ["-device", $d]' dirty.json > more.json
            mv more.json dirty.json
        fi
        previous_end=$((start + size))
    done < loads
    jq '[.qemu.args[] | select(. == "-device")] | length > 2' dirty.json
    says 'hello, seL4' "$selkie" run "$hello" --board ./dirty.json --timeout 20
}
t real-zero 'what no file fills is zero, whatever was in memory' dirty_memory
t real-repeats 'two deterministic runs print the same bytes' \
    sh -c '"$@" > one && "$@" > two && cmp one two' sh "$selkie" run "$hello" \
    --deterministic --timeout 20
t real-cpu 'what the real QEMU complains about is shown' \
    "$selkie" run hello.elf --kernel kernel.elf --board ./no-cpu.json

# --- doctor
mkdir nothing
t doctor 'doctor says what is missing and how to install it' \
    env PATH="$scratch/nothing" "$selkie" doctor --loader "$loader" --dtb kernel.dtb \
    --kernel kernel.elf --board ./board.json
