# SPDX-License-Identifier: BSD-2-Clause
# What the scripts here share: a place to work, and the counting plugin. Wants build, board and
# here set.

work=$build/bench
mkdir -p "$work"

fail() {
    echo "bench: error: $1" >&2
    exit 1
}

# What selkie starts instead of QEMU: the same, with the counting plugin.
make_counter() {
    binary=$(sed -n 's/.*"binary": *"\([^"]*\)".*/\1/p' "$build/$board/release/board.json")
    ${CC:-cc} -std=gnu2x -O2 -fPIC -shared -o "$work/count.so" "$here/count.c" ||
        fail "the plugin does not compile"
    cat > "$work/qemu" << END
#!/bin/sh
exec $binary "\$@" -plugin "$work/count.so,out=\$COUNT_FILE,entry=\$COUNT_ENTRY"
END
    chmod +x "$work/qemu"
}
