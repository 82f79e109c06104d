# SPDX-License-Identifier: BSD-2-Clause
# calls.awk -v want=WANT -v cc=CC -v said=FILE KINDS.H HEADER...: C that uses the typed calls
# which the headers declare, a function a line. What CC, gcc or clang, must say of each goes to
# FILE. WANT is one of:
#   good  every call there is, with arguments of the right types; nothing is said
#   bad   the same with each capability replaced by each other kind, and by a raw word
#   lack  every call that this kernel lacks

function trim(s) {
    gsub(/^ +| +$/, "", s)
    return s
}

# The type in the declaration of a parameter: all but its name.
function type_of(declaration) {
    sub(/[A-Za-z0-9_]+$/, "", declaration)
    return trim(declaration)
}

function is_kind(type) {
    return type ~ /^sk_/ && substr(type, 4) in is_known
}

# A function that makes the call, its argument number place being of another type.
function use(name, place, type,    i, line) {
    line = "void use_" ++uses "(void) { (void)" name "("
    for (i = 1; i <= count; i++) {
        line = line (i > 1 ? ", " : "") "(" (i == place ? type : types[i]) "){0}"
    }
    print line "); }"
}

function expect(sentence) {
    print uses ": " sentence > said
}

function confuse(name, place, type) {
    use(name, place, type)
    if (cc == "gcc") {
        expect("incompatible type for argument " place " of '" name "'; expected '" \
               types[place] "' but argument is of type '" type "'")
    } else {
        expect("passing '" type "' to parameter of incompatible type '" types[place] "'")
    }
}

function call(name, parameters, lack,    i, k) {
    count = split(parameters, types, ",")
    for (i = 1; i <= count; i++) {
        types[i] = type_of(trim(types[i]))
    }
    if (want == "lack" && lack != "") {
        use(name, 0, "")
        expect("'" name "' is unavailable: " lack)
    } else if (want == "good" && lack == "") {
        use(name, 0, "")
    }
    for (i = 1; i <= count && want == "bad" && lack == ""; i++) {
        for (k = 1; k <= kinds && is_kind(types[i]); k++) {
            if ("sk_" kind[k] != types[i]) {
                confuse(name, i, "sk_" kind[k])
            }
        }
        if (is_kind(types[i])) {
            confuse(name, i, "seL4_CPtr")
        }
    }
}

/^typedef struct sk_/ && FILENAME ~ /\/kinds.h$/ {
    kind[++kinds] = substr($3, 4)
    is_known[kind[kinds]]
}
/^SK_UNAVAILABLE/ {
    split($0, parts, "\"")
    lack = parts[2]
}
/^(static SK_ALWAYS_INLINE )?sk_err [a-z0-9_]+\(/ {
    sub(/^static SK_ALWAYS_INLINE /, "")
    prototype = ""
}
/^sk_err [a-z0-9_]+\(/, /\)/ {
    prototype = prototype " " trim($0)
    if (/\)/) {
        split(prototype, parts, /[()]/)
        sub(/^ sk_err /, "", parts[1])
        call(parts[1], parts[2], lack)
        lack = ""
    }
}
