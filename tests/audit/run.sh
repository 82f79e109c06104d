#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# run.sh BUILD VARIANT: boots each system behind an initialiser that looks into all slots of all
# CNodes, and compares what it says with the composer's model; and then systems one thing of
# whose specification was changed, which must be noticed. Prints TAP. A variant of an installed
# kernel (SEL4_PREFIX) runs on that kernel, and then on ours of the same configuration.
set -u
build=$1
variant=$2
here=$(dirname "$0")
selkie=$build/bin/selkie
audit=$build/asan/bin/audit
folder=$build/$variant
work=$build/logs/audit/$variant
prefix=${SEL4_PREFIX-}
case $folder in */sel4-*) ;; *) prefix= ;; esac # what was built for the kernel at hand
unset SEL4_PREFIX # it is selkie's default kernel; each run here names its own
. "$here/../tap.sh"
mkdir -p "$work"
tap_log=$work/result
tap_lines=40

initialiser=$folder/tests/audit/initialiser-audit.elf
if [ ! -f "$initialiser" ]; then
    echo "1..1"
    echo "ok 1 - audit # SKIP the kernel has no MCS scheduling, or identifies no capabilities"
    exit 0
fi

# kit NAME KERNEL: what an image is made of.
kit() {
    rm -rf "$work/$1"
    mkdir -p "$work/$1"
    for file in elf/kernel.dtb elf/loader.elf elf/monitor.elf gen_config.json \
        platform_gen.json; do
        ln -s "$(realpath "$folder/$file")" "$work/$1/"
    done
    ln -s "$(realpath "$2")" "$work/$1/kernel.elf"
}

# boot KIND SYSTEM PROGRAMS [DAMAGE]: the console goes to $log.
boot() {
    log=$work/log
    image=$work/image
    "$audit" image "$work/$1" "$initialiser" "$2" "$3" "$image" "$work/model.json" "$1" \
        ${4+"$4"} > "$work/result" 2>&1 || return 1
    "$selkie" run --deterministic --timeout 300 "$image" > "$log" 2>&1 < /dev/null || {
        tail -n 5 "$log" > "$work/result"
        return 1
    }
    rm -f "$image"
}

# compared SECTION: is it as the model says?
compared() {
    "$audit" compare "$work/model.json" "$log" "$1" > "$work/result" 2>&1
}

# system KIND SYSTEM PROGRAMS: no more, no less.
system() {
    name=$(basename "$2" .system)
    boot "$1" "$2" "$3" && compared probes
    result $? "$name: what can be done is what was specified, $1"
    # Who gets all that is left gets less here: the helper thread has some of it.
    if ! grep '<sk:untyped' "$2" | grep -qv ' size="[0-9]'; then
        tr -d '\r' < "$log" | grep '^initialiser: ' > "$work/result"
        grep -q ' kernel calls, .* of them retypes, as predicted$' "$work/result"
        result $? "$name: the kernel calls are as many as were predicted, $1"
    fi
    if [ "$1" = ours ]; then
        compared snapshot
        result $? "$name: what the kernel holds is what was specified, $1"
    fi
}

# noticed KIND SECTION SYSTEM DAMAGE TEXT: is it, in these words?
noticed() {
    boot "$1" "$here/systems/$3.system" "$folder/tests/audit" "$4" &&
        ! compared "$2" && grep -Fq "$5" "$work/result"
    result $? "$2: a changed $4 is noticed, $1"
}

# damages KIND SECTION: one of each kind. What only the kernel knows, probes do not.
damages() {
    noticed "$1" "$2" plain notification-right '(RW, badge: 2), and should have (W, badge: 2)'
    noticed "$1" "$2" plain lost-right 'and should have (W, badge: 2)'
    noticed "$1" "$2" plain input-right 'child.notification[0] has (RW'
    noticed "$1" "$2" plain endpoint-right 'has (WGP, '
    noticed "$1" "$2" plain reply-right 'server.endpoint[0] has (W, '
    noticed "$1" "$2" plain badge '(W, badge: 4), and should have (W, badge: 2)'
    noticed "$1" "$2" plain endpoint-badge '5811), and should have (WP, '
    noticed "$1" "$2" plain slot 'is empty, and should have '
    noticed "$1" "$2" plain object 'and should be client.notification[0]'
    noticed "$1" "$2" granted guard 'guard_size: '
    noticed "$1" "$2" plain fault-badge 'tcb, fault_ep_slot: '
    noticed "$1" "$2" plain irq-badge 'irq_30: client.notification[0] has (W, badge: 256), and'
    noticed "$1" "$2" plain extra-cap 'and should be empty'
    noticed "$1" "$2" plain lost-cap 'is empty, and should have '
    noticed "$1" "$2" plain map-frame 'is ring[1], and should be ring[0]'
    noticed "$1" "$2" plain map-lost 'is not mapped, and should be '
    noticed "$1" "$2" plain map-extra ' things are mapped, and '
    if [ "$2" = probes ]; then
        noticed "$1" "$2" plain map '(RWX), and should have (RX)'
        noticed "$1" "$2" plain map-lost-right '(R), and should have (RW)'
        noticed "$1" "$2" plain map-code '(RWX), and should have (RW)'
        return
    fi
    noticed "$1" "$2" plain map '(RWX, cached), and should have (RX, cached)'
    noticed "$1" "$2" plain priority 'prio: 199, max_prio: 200'
}

# descriptions: of examples and other tests, and their programs' folders. Some are printed.
descriptions() {
    for description in examples/*/*.system tests/system/*/*.system; do
        [ ! -f "$description" ] || echo "$description"
    done
    for printer in tests/system/compose-*/compose-*.sh; do
        [ -f "$printer" ] || continue
        printed=$work/$(basename "$printer" .sh).system
        sh "$printer" > "$printed" && echo "$printed $(dirname "$(dirname "$printer")")"
    done
}

# programs DESCRIPTION [ROOM]: where they are built.
programs() {
    echo "$folder/${2:-$(dirname "$(dirname "$1")")}/$(basename "$1" .system)"
}

# on KIND KERNEL: everything, on that kernel.
on() {
    kit "$1" "$2"
    system "$1" "$here/systems/plain.system" "$folder/tests/audit"
    system "$1" "$here/systems/granted.system" "$folder/tests/audit"
    descriptions > "$work/descriptions"
    while read -r description room; do
        system "$1" "$description" "$(programs "$description" ${room:+"$room"})"
    done < "$work/descriptions"
    damages "$1" probes
    [ "$1" = real ] || damages "$1" snapshot
}

if [ -n "$prefix" ]; then
    on real "$prefix/bin/kernel.elf"
fi
if [ -f "$folder/elf/sel4.elf" ]; then
    on ours "$folder/elf/sel4.elf"
fi
echo "1..$count"
