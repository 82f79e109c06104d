# SPDX-License-Identifier: BSD-2-Clause
# For run.sh: systems, which are images of several programs and as a rule do not end.

# says FOLDER LOG: has all that is expected been said, and nothing else?
says() {
    awk -f "$here/match.awk" "$(expectation "$1" expect)" "$2" > /dev/null
}

# watch RUNNER FOLDER LOG: wait until that process ends by itself, whose status it is then; or
# until the log has all that is expected and nothing follows for a while.
watch() {
    while kill -0 "$1" 2> /dev/null; do
        if says "$2" "$3"; then
            sleep 0.5
            cp "$3" "$3.seen"
            kill "$1" 2> /dev/null || break
            wait "$1"
            mv "$3.seen" "$3" # without what is said about this end
            return 0
        fi
        sleep 0.2
    done
    wait "$1"
}

# live FOLDER IMAGE LOG OPTION...: boot a system. Who types what talk.txt has, does so when he
# is answered, and not at a certain instruction.
live() {
    folder=$1
    image=$2
    log=$3
    shift 3
    talker=
    input=/dev/null
    : > "$log"
    if [ -f "$folder/talk.txt" ]; then
        input=$work/line
        rm -f "$input"
        mkfifo "$input" || exit 125
        sh "$here/talk.sh" "$folder/talk.txt" "$log" > "$input" &
        talker=$!
    else
        set -- --deterministic "$@"
    fi
    "$selkie" run --timeout 60 "$@" "$image" > "$log" 2>&1 < "$input" &
    watch $! "$folder" "$log"
    status=$?
    if [ -n "$talker" ]; then
        kill "$talker" 2> /dev/null
        wait "$talker" 2> /dev/null
    fi
    return "$status"
}

# programs FOLDER: sums of a system's programs, so that one can see that they stay the same.
programs() {
    find "$1" -name '*.elf' -exec sha256sum {} + | sort
}

# try_system FOLDER HOME KERNEL OPTION...: one system on one kernel. What was built for an
# installed kernel is composed for the development kernel here, of the same programs.
try_system() {
    folder=$1
    kernel=$3
    name=$(value "$folder" system)
    name=${name%.*}
    log=$work/$name.${kernel%% *}.log
    image=$build/$variant/$2/$name.img
    home=$build/$variant/$2/$name
    shift 3
    for need in $(value "$folder" needs); do
        if ! has "$need"; then
            ok "$name # SKIP the kernel has no $need"
            return
        fi
    done
    : > "$log.why"
    if [ -n "$prefix" ] && [ "$kernel" != "real seL4" ]; then
        set -- # --sel4 is no option of an image
        description=$folder/$name.system
        [ -f "$description" ] || description=$build/systems/$name.system
        programs "$home" > "$work/programs.before"
        image=$work/$name.img
        "$selkie" compose --board "${variant%/*}" --config "${variant#*/}" \
            --search-path "$home" -o "$image" "$description" > "$log.why" 2>&1
        programs "$home" | diff "$work/programs.before" - >> "$log.why"
    fi
    options=$(expectation "$folder" options)
    if [ -f "$options" ]; then
        # shellcheck disable=SC2046 # one option a word
        set -- "$@" $(cat "$options")
    fi
    live "$folder" "$image" "$log" "$@"
    judge "$folder" "$log" $? >> "$log.why"
    if has DEBUG_BUILD && ! grep -q '^initialiser: .*, as predicted' "$log"; then
        echo 'the initialiser made other calls than were predicted' >> "$log.why"
    fi
    if [ -s "$log.why" ]; then
        tail -n 25 "$log" >> "$log.why"
        not_ok "system $name on $kernel" "$log.why"
    else
        ok "system $name on $kernel"
    fi
}

# try_contents TWIN: the programs of systems that were built for the variant's kernel, and those
# for TWIN, a variant of the development kernel, are loaded as the same bytes.
try_contents() {
    name="programs of systems are the same for $(basename "$1") and $(basename "$variant")"
    jq -S . "$config" > "$work/config"
    if ! jq -S . "$build/$1/gen_config.json" | cmp -s - "$work/config"; then
        ok "$name # SKIP these kernels are configured differently"
        return
    fi
    : > "$work/contents.why"
    compared=0
    for elf in "$build/$variant"/examples/*/*.elf \
        "$build/$variant"/tests/system/compose-*/*.elf; do
        other=$build/$1/${elf#"$build/$variant/"}
        aarch64-linux-gnu-objcopy -O binary "$elf" "$work/contents" &&
            aarch64-linux-gnu-objcopy -O binary "$other" "$work/contents.twin" &&
            cmp "$work/contents" "$work/contents.twin"
        [ $? -eq 0 ] || echo "$elf is not as $other"
        compared=$((compared + 1))
    done > "$work/contents.why" 2>&1
    if [ $compared -eq 0 ] || [ -s "$work/contents.why" ]; then
        not_ok "$name" "$work/contents.why"
    else
        ok "$name"
    fi
}
