#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# lint.sh BUILD: every lint as one TAP test; what it found follows as comment lines.
set -u
build=$1
count=0

check() {
    name=$1
    shift
    count=$((count + 1))
    if found=$("$@" 2>&1); then
        echo "ok $count - $name"
    else
        echo "not ok $count - $name"
        printf '%s\n' "$found" | sed 's/^/# /'
    fi
}

# The files of the tree; not git's, since a copy without .git must pass as well.
sources() {
    find * -path build -prune -o -type f -print | sort
}

c_sources() {
    sources | grep '\.[ch]$' | grep -v '^tests/gen/golden/'
}

text() {
    sources | grep -Ev '\.(xml|md|dtb)$|^compile_commands.json$|/(golden|bad|expect)/' |
        xargs "$build/bin/lint" text
}

layers() {
    sources | grep -E '^(src|include|arch)/' | xargs "$build/bin/lint" layers
}

format() {
    c_sources | xargs clang-format --dry-run -Werror --style=file
}

# Every public header compiles alone, as C23 and as gnu11.
headers_alone() {
    status=0
    for header in $(cd include && ls selkie/*/*.h); do
        for std in gnu11 gnu2x; do
            printf '#include <%s>\n' "$header" |
                aarch64-linux-gnu-gcc -std=$std -ffreestanding -Wall -Wextra -Werror \
                    -fsyntax-only \
                    -Iinclude -Iarch/aarch64/include \
                    -I"$build/qemu_virt_aarch64_el1/debug/include" -x c - || status=1
        done
    done
    return $status
}

# Global names of our libraries carry our prefixes; the C library's few that compilers need
# and libsel4's own are the exceptions.
symbols() {
    ours='^(sk_|seL4_|__sel4_|(__)?sel4runtime_|bootinfo$)'
    compilers='^(_start|mem(cpy|set|move|cmp)|__stack_chk_(guard|fail)|__assert_fail)$'
    checks='^__ubsan_handle_'
    unwinding='^(_Unwind_Resume|(DW[.]ref[.])?__gcc_personality_v0)$'
    strings='^(mem|str)[a-z]*$|^__(mem|str|stp)[a-z]*_chk$'
    library='^(malloc|calloc|realloc|free|aligned_alloc|atexit|exit|_Exit|abort)$'
    wrong=$(aarch64-linux-gnu-nm -g --defined-only \
                "$build"/qemu_virt_aarch64_el1/debug/lib/*.a 2>&1 | awk 'NF == 3 { print $3 }' |
            grep -Ev "$ours|$compilers|$checks|$unwinding|$strings|$library")
    [ -z "$wrong" ] || { echo "names without a prefix of ours:" $wrong; return 1; }
}

# The README shows the example as it is.
readme_shows_hello() {
    sed -n '/^```c$/,/^```$/p' README.md | sed '1d;$d' | diff - examples/hello/main.c
}

# Code in a guide stands in the file that the line before it names.
guides_show_examples() {
    status=0
    for guide in docs/guide/*.md; do
        awk '
            /^`examples\/.*`:$/ { file = substr($0, 2, length($0) - 3) }
            /^```c$/ { is_code = 1; code = ""; next }
            /^```$/ && is_code {
                is_code = 0
                whole = ""
                while ((getline line < file) > 0) {
                    whole = whole line "\n"
                }
                close(file)
                if (file == "" || !index(whole, code)) {
                    print FILENAME ":" FNR ": this code is not in " file
                    is_bad = 1
                }
                file = ""
            }
            is_code { code = code $0 "\n" }
            END { exit is_bad }' "$guide" || status=1
    done
    return $status
}

mk_is_small() {
    lines=$(cat Makefile mk/* | wc -l)
    [ "$lines" -le 600 ] || { echo "mk/ has $lines lines, 600 is the limit"; return 1; }
}

check "text keeps STYLE.md's lengths, characters and comments" text
check "no layer includes a higher one" layers
check "C sources are as clang-format leaves them" format
check "every public header compiles alone" headers_alone
check "global symbols carry our prefixes" symbols
check "the README shows examples/hello as it is" readme_shows_hello
check "guides show code as it is in the examples" guides_show_examples
check "mk/ has at most 600 lines" mk_is_small
echo "1..$count"
