# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh disable=SC2154
# How a run ends when it is not by the program's status: signals, a QEMU that somebody ends,
# output that nobody takes, standard files that are closed.

# in_background COMMAND...: start it as $child, and wait until it has made the file ready.
in_background() {
    rm -f ready
    "$@" &
    child=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ ! -e ready ] || break
        sleep 0.1
    done
}

# The command of `run` in a form that a signal reaches.
selkie_run() {
    exec "$selkie" run hello.elf --loader "$loader" --dtb kernel.dtb --kernel kernel.elf \
        --board ./board.json "$@"
}

# signalled SIGNAL [QEMU]: send it to selkie while a program runs.
signalled() {
    in_background selkie_run --qemu "${2:-./qemu-lives}"
    kill -"$1" "$child"
    wait "$child"
}

# blocked COMMAND...: run it with a reader of its output that reads nothing; was it in time?
blocked() {
    rm -f pipe
    mkfifo pipe
    sleep 8 < pipe &
    reader=$!
    "$@" > pipe
    status=$?
    kill "$reader" 2> kill-log || echo 'it ended with its reader'
    wait "$reader" 2> /dev/null
    return $status
}

blocked_signal() {
    in_background selkie_run --qemu ./qemu-spam
    sleep 0.3
    kill -"$1" "$child"
    wait "$child"
}

# The child of selkie is ended while the program runs.
qemu_killed() {
    in_background selkie_run --qemu ./really-qemu
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        sleep 0.2
        qemu=$(cat "/proc/$child/task/$child/children")
        ! grep -q qemu-system "/proc/${qemu% }/comm" || break
    done
    sleep 0.5
    kill -TERM "${qemu% }"
    wait "$child"
}

# closed COMMAND...: with descriptor 0, 2 and 1 closed in turn, and with all of them.
closed() {
    "$@" <&- || return
    "$@" 2>&- || return
    "$@" >&- && return
    "$@" <&- >&- 2>&-
}

# what_digits COMMAND...: numbers of processes, and their names, differ from run to run.
what_digits() {
    "$@" 2> raw
    status=$?
    sed 's/from pid [0-9]* (.*)/from pid PID (NAME)/' raw >&2
    return $status
}

not_qemu really-qemu << 'END'
: > ready
exec qemu-system-aarch64 "$@" -machine virt -cpu cortex-a57 -m 2048
END

t signal-int 'SIGINT ends the run with 130' signalled INT
t signal-term 'SIGTERM ends the run with 130' signalled TERM
t signal-silent 'where nothing was printed, that is said' signalled TERM ./qemu-silent
t qemu-silent 'so it is when the time is up' \
    run hello.elf --qemu ./qemu-silent --timeout 0.3
t qemu-killed 'a QEMU that somebody ends is no pass' what_digits qemu_killed
t qemu-terminated 'what QEMU says of its end is shown' run hello.elf --qemu ./qemu-terminated
t qemu-debugged 'so it is of a debugger that ends it' run hello.elf --qemu ./qemu-debugged
t qemu-not 'a program that is not QEMU is no pass' run hello.elf --qemu ./qemu-not
t qemu-not-either 'nor is its status the program'"'"'s' run hello.elf --qemu ./qemu-not-either
t qemu-off 'a machine that is switched off without a status is no pass' \
    run hello.elf --qemu ./qemu-off
t real-off 'nor is one that the real QEMU switches off' \
    "$selkie" run hello.elf --kernel off.elf --timeout 20
t real-reset 'nor is one that resets' "$selkie" run hello.elf --kernel reset.elf --timeout 20
t output-lost 'output that cannot be written is reported' \
    sh -c '"$@" 1< line' sh "$selkie" run hello.elf --loader "$loader" --dtb kernel.dtb \
    --kernel kernel.elf --board ./board.json --qemu ./qemu-status
t help-lost 'so it is of a command that only prints' sh -c '"$@" 1< line' sh "$selkie" help
t output-left 'a reader that leaves ends the run' \
    sh -c '{ "$@"; echo "status $?" >&2; } | head -n 1' sh "$selkie" run hello.elf \
    --loader "$loader" --dtb kernel.dtb --kernel kernel.elf --board ./board.json \
    --qemu ./qemu-spam --timeout 20
t output-blocked 'a reader that does not read does not stop the clock' \
    blocked run hello.elf --qemu ./qemu-spam --timeout 0.5
t output-unread 'nor when only output is left' \
    blocked run hello.elf --qemu ./qemu-much --timeout 2
t output-blocked-term 'nor SIGTERM' blocked blocked_signal TERM
t output-blocked-int 'nor SIGINT' blocked blocked_signal INT
t both-blocked 'nor if it is the reader of diagnostics too' \
    blocked sh -c '"$@" 2>&1' sh "$selkie" run hello.elf --loader "$loader" --dtb kernel.dtb \
    --kernel kernel.elf --board ./board.json --qemu ./qemu-spam --timeout 0.5
t help-closed 'or where standard output is closed' sh -c '"$@" >&-' sh "$selkie" help
t help-full 'or full' sh -c '"$@" > /dev/full' sh "$selkie" help
t check-closed 'whatever the command' \
    sh -c '"$@" >&-' sh "$selkie" compose --check-only a.system
t graph-closed 'a closed standard output takes no file' \
    sh -c '"$@" >&-' sh "$selkie" graph a.system -o /dev/stdout
t graph-silent 'but who prints nothing needs none' \
    sh -c '"$@" >&-' sh "$selkie" graph a.system -o a.dot
t closed 'closed input and error are as good as /dev/null; a closed output loses it' \
    closed timeout -k 1 10 "$selkie" run hello.elf --loader "$loader" --dtb kernel.dtb \
    --kernel kernel.elf --board ./board.json
