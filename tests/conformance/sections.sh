#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# sections.sh BUILD VARIANT MANUAL: does every section that a test names exist? MANUAL is the
# folder "manual" of seL4's sources; a function must be declared in VARIANT's headers. Prints
# what is missing, and fails if anything is.
set -u
build=$1
variant=$2
manual=$3
here=$(dirname "$0")
work=$build/logs/conformance/$variant
status=0

sh "$here/run.sh" "$build" "$variant" --list > /dev/null || exit 1
sed 's/\\label{[^}]*}//g; s/\\obj{\([^}]*\)}/\1/g' "$manual"/parts/*.tex |
    sed -n 's/^.*section{\([^}]*\)}.*$/\1/p' | sed 's/^ *//; s/ *$//' > "$work/titles"
sed -n 's#^[a-z_0-9]*/[a-z_0-9]*: ##p' "$work/chosen.log" | sort -u > "$work/sections"
while read -r section; do
    case $section in
    seL4_*) grep -r -q -w -- "$section" "$build/$variant/include" ;;
    *) grep -q -x -F -- "$section" "$work/titles" ;;
    esac || {
        echo "$section: no such section of the manual"
        status=1
    }
done < "$work/sections"
exit "$status"
