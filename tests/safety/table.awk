# SPDX-License-Identifier: BSD-2-Clause
# Reads the list of cases, and writes the summary and the table of what found each mistake from
# the files that job.sh left in the folder work.

function first(name,    line) {
    line = ""
    getline line < name
    close(name)
    return line
}

# What the case says of itself, in its second line.
function title(file,    line) {
    getline line < file
    getline line < file
    close(file)
    sub(/^\/\* /, "", line)
    sub(/ \*\/$/, "", line)
    return line
}

function percent(part, all) { return sprintf("%d of %d (%d %%)", part, all, 100 * part / all) }

{
    file = $0
    name = file
    sub(/.*\//, "", name)
    sub(/\.c$/, "", name)
    cwe = what = title(file)
    sub(/: .*/, "", cwe)
    sub(/^[^:]*: /, "", what)
    gcc = first(work "/" name ".bad.gcc")
    clang = first(work "/" name ".bad.clang")
    analyzer = first(work "/" name ".bad.analyzer")
    release = first(work "/" name ".bad.release")
    host = first(work "/" name ".bad.host")
    sub(/^analyzer-/, "", analyzer)
    n++
    false_gcc += first(work "/" name ".good.gcc") != ""
    false_clang += first(work "/" name ".good.clang") != ""
    false_analyzer += first(work "/" name ".good.analyzer") != ""
    by_gcc += gcc != ""
    by_clang += clang != ""
    by_run += release != ""
    by_release += gcc != "" || release != ""
    by_both += gcc != "" || clang != "" || release != ""
    by_analyzer += gcc != "" || clang != "" || release != "" || analyzer != ""
    by_all += gcc != "" || clang != "" || release != "" || analyzer != "" || host != ""
    if (release != "")
        stopped[release]++
    if (gcc == "" && release == "")
        missed = missed "- " cwe ": " what (host != "" ? " (" host " finds it on the host)" : \
            analyzer != "" ? " (the analyzer finds it)" : "") "\n"
    rows = rows sprintf("| %s | %s | %s | %s | %s | %s | %s |\n", cwe, what, gcc, clang,
        analyzer, release, host)
}

END {
    print "**caught in a release build without sanitizers: " percent(by_release, n) "**"
    print ""
    print "| defences, each with all above it | caught |"
    print "| --- | --- |"
    print "| gcc's warnings and errors | " percent(by_gcc, n) " |"
    print "| and what stops the release build on seL4 | " percent(by_release, n) " |"
    print "| and clang's warnings and errors | " percent(by_both, n) " |"
    print "| and gcc -fanalyzer | " percent(by_analyzer, n) " |"
    print "| and ASan, UBSan and TSan on the host | " percent(by_all, n) " |"
    print ""
    printf "On seL4 alone, without a look at the compilers: %s; by", percent(by_run, n)
    split("trap canary guard fault heap ledger leak fortify assert kernel", words, " ")
    for (i = 1; i in words; i++)
        if (words[i] in stopped) {
            printf "%s %s %d", separator, words[i], stopped[words[i]]
            separator = ","
        }
    print "."
    print ""
    printf "False alarms on the %d twins: gcc %d, clang %d, gcc -fanalyzer %d; " \
        "seL4 and host none.\n\n", n, false_gcc, false_clang, false_analyzer
    print "## Caught neither by gcc nor on seL4"
    print ""
    printf "%s", missed
    print ""
    print "## All"
    print ""
    print "| class | mistake | gcc | clang | analyzer | seL4 | host |"
    print "| --- | --- | --- | --- | --- | --- | --- |"
    printf "%s", rows
}
