/* SPDX-License-Identifier: BSD-2-Clause */
#include "note.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cli/file.h"
#include "../cli/report.h"

enum { NOTE_TYPE = 1, NAMED_MAX = 4 };

static const char note_section[] = ".note.selkie";
static const char note_owner[] = "Selkie";

/* Symbols that move no label, size, number or call: patterns, as a shell's. */
static const char *const neutral[] = {
    "*FASTPATH",
    "*WORK_UNITS*",
    "BOOT_THREAD_TIME_SLICE",
    "COLOUR_PRINTING",
    "DEBUG_DISABLE_*",
    "IRQ_REPORTING",
    "KERNEL_OPT*",
    "KERNEL_STACK_BITS",
    "NUM_DOMAINS",
    "NUM_DOMAIN_SCHEDULES",
    "RESET_CHUNK_BITS",
    "ROOT_CNODE_SIZE_BITS",
    "USER_STACK_TRACE_LENGTH",
};

/* Symbols that a kernel may have although the program was built without. */
static const char *const welcome[] = {
    "DEBUG_BUILD",
    "PRINTING",
};

static bool is_neutral(const char *symbol)
{
    for (size_t i = 0; i < sizeof(neutral) / sizeof(neutral[0]); i++) {
        if (fnmatch(neutral[i], symbol, 0) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_welcome(const char *symbol)
{
    for (size_t i = 0; i < sizeof(welcome) / sizeof(welcome[0]); i++) {
        if (strcmp(welcome[i], symbol) == 0) {
            return true;
        }
    }
    return false;
}

/* Lines of NAME=value; a line without '=' or that is not UTF-8 is left out. */
static json_t *parse_lines(const char *text, size_t size)
{
    json_t *symbols = json_object();

    while (size > 0) {
        const char *newline = memchr(text, '\n', size);
        size_t length = newline != NULL ? (size_t)(newline - text) : strnlen(text, size);
        const char *equals = memchr(text, '=', length);
        if (equals != NULL) {
            char *name = strndup(text, (size_t)(equals - text));
            json_object_set_new(symbols, name,
                                json_stringn(equals + 1, length - (size_t)(equals + 1 - text)));
            free(name);
        }
        if (newline == NULL) {
            break;
        }
        text += length + 1;
        size -= length + 1;
    }
    return symbols;
}

json_t *sk_note_read(const struct sk_elf *elf)
{
    struct sk_elf_bytes section = sk_elf_section(elf, note_section);
    Elf64_Nhdr header;

    if (section.size < sizeof(header)) {
        return NULL;
    }
    memcpy(&header, section.data, sizeof(header));
    uint64_t text_at = sizeof(header) + ((header.n_namesz + 3ull) & ~3ull);
    if (header.n_type != NOTE_TYPE || header.n_namesz != sizeof(note_owner) ||
        text_at > section.size || header.n_descsz > section.size - text_at ||
        memcmp(section.data + sizeof(header), note_owner, sizeof(note_owner)) != 0) {
        return NULL;
    }
    return parse_lines((const char *)section.data + text_at, header.n_descsz);
}

json_t *sk_note_from_config(const char *path)
{
    struct sk_file file = {0};
    json_error_t error;
    const char *key;
    json_t *value;

    if (!sk_file_read(path, "the kernel configuration", &file)) {
        return NULL;
    }
    json_t *root = json_loadb((const char *)file.data, file.size, 0, &error);
    sk_file_drop(&file);
    if (root == NULL) {
        sk_report_error("%s:%d:%d: %s", path, error.line, error.column, error.text);
        sk_report_help("install this kernel again, or choose another with --sel4");
        return NULL;
    }
    json_t *symbols = json_object();
    json_object_foreach(root, key, value)
    {
        char number[32];
        snprintf(number, sizeof(number), "%lld", (long long)json_integer_value(value));
        json_object_set_new(symbols, key,
                            json_is_string(value) ? json_incref(value)
                            : json_is_integer(value)
                                ? json_string(number)
                                : json_string(json_is_true(value) ? "1" : "0"));
    }
    json_decref(root);
    return symbols;
}

static bool differs(const char *symbol, const char *program, const char *kernel)
{
    if (symbol[0] == '@' || is_neutral(symbol) || strcmp(program, kernel) == 0) {
        return false;
    }
    return !(is_welcome(symbol) && strcmp(program, "0") == 0 && strcmp(kernel, "1") == 0);
}

bool sk_note_fits(const char *program_name, json_t *program, const char *kernel_name,
                  json_t *kernel)
{
    unsigned count = 0;
    const char *symbol;
    json_t *value;

    json_object_foreach(program, symbol, value)
    {
        const char *want = json_string_value(value);
        const char *have = json_string_value(json_object_get(kernel, symbol));
        if (!differs(symbol, want, have != NULL ? have : "not set")) {
            continue;
        }
        if (count == 0) {
            sk_report_error("%s was built for another kernel configuration than %s",
                            program_name, kernel_name);
        }
        if (count < NAMED_MAX) {
            fprintf(stderr, "    %s: program %s, kernel %s\n", symbol, want,
                    have != NULL ? have : "not set");
        }
        count++;
    }
    if (count > NAMED_MAX) {
        fprintf(stderr, "    and %u more\n", count - NAMED_MAX);
    }
    return count == 0 ||
           sk_report_help("build the program for this kernel, or choose another kernel with "
                          "--sel4 or --config");
}
