/* SPDX-License-Identifier: BSD-2-Clause */
#include "lint.h"

#include <string.h>

enum { MAX_COLUMNS = 96, MAX_FILE_LINES = 1000, MAX_FUNCTION_LINES = 80 };

static bool is_c(const char *path)
{
    return has_suffix(path, ".c") || has_suffix(path, ".h");
}

static bool may_be_wide(const char *path)
{
    return has_suffix(path, ".md") || has_suffix(path, ".mk") || has_suffix(path, ".xml") ||
           has_suffix(path, ".json");
}

static bool may_hold_tabs(const char *path)
{
    return has_suffix(path, ".mk") || has_suffix(path, "Makefile");
}

/* Files in a format without comments, licence texts and expected outputs. */
static bool needs_no_licence_line(const char *path)
{
    return has_suffix(path, ".json") || has_suffix(path, ".txt") || has_suffix(path, ".md") ||
           has_prefix(path, "LICENSES/") || path[0] == '.' || strcmp(path, "mk/layers") == 0 ||
           strstr(path, "/golden/") != NULL || strstr(path, "/bad/") != NULL;
}

/* Tests may: what they do to a kernel, no interface should offer. */
static bool may_hold_machine_code(const char *path)
{
    return has_prefix(path, "arch/") || has_prefix(path, "tests/");
}

/* docs/design/010: waiting in the middle of a function is a jump into it. */
static bool may_jump(const char *path)
{
    return strcmp(path, "include/selkie/proto/coroutine.h") == 0;
}

static bool contains_word(const char *line, const char *word)
{
    const char *rest = line;
    size_t length = strlen(word);
    while ((rest = strstr(rest, word)) != NULL) {
        bool starts = rest == line || rest[-1] == ' ' || rest[-1] == '\t';
        bool ends = rest[length] == ' ' || rest[length] == '\0' || rest[length] == ':';
        if (starts && ends) {
            return true;
        }
        rest += length;
    }
    return false;
}

static void lint_characters(const struct text *text, size_t i)
{
    const char *line = text->lines[i];
    size_t length = strlen(line);

    if (length > MAX_COLUMNS && !may_be_wide(text->path)) {
        finding(text, i + 1, "line over 96 columns (STYLE.md, Text)");
    }
    if (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t')) {
        finding(text, i + 1, "white space at the end of the line (STYLE.md, Text)");
    }
    if (strchr(line, '\t') && !may_hold_tabs(text->path)) {
        finding(text, i + 1, "tab; four spaces are meant (STYLE.md, Text)");
    }
    for (const char *c = line; *c != '\0'; c++) {
        if ((unsigned char)*c >= 0x80) {
            finding(text, i + 1, "not ASCII (STYLE.md, Text)");
            return;
        }
    }
}

/* True when the line, outside string literals, holds a comment that starts with two slashes. */
static bool has_line_comment(const char *line)
{
    bool in_string = false;
    for (const char *c = line; *c != '\0'; c++) {
        if (*c == '\\' && c[1] != '\0') {
            c++;
        } else if (*c == '"') {
            in_string = !in_string;
        } else if (!in_string && c[0] == '/' && c[1] == '*') {
            return false;
        } else if (!in_string && c[0] == '/' && c[1] == '/') {
            return true;
        }
    }
    return false;
}

static bool is_condition(const char *line)
{
    const char *hash = line + strspn(line, " ");
    if (*hash != '#') {
        return false;
    }
    const char *word = hash + 1 + strspn(hash + 1, " ");
    return has_prefix(word, "if") || has_prefix(word, "elif");
}

static void lint_c_line(const struct text *text, size_t i, bool in_comment)
{
    const char *line = text->lines[i];

    if (is_condition(line) && !has_suffix(text->path, "base/attr.h")) {
        finding(text, i + 1, "preprocessor condition (STYLE.md, Machines and configurations)");
    }
    if (in_comment) {
        return;
    }
    if (has_line_comment(line)) {
        finding(text, i + 1, "// comment; those are for examples (STYLE.md, Text)");
    }
    if (strstr(line, "__asm__ "
                     "volatile") &&
        !may_hold_machine_code(text->path)) {
        finding(text, i + 1, "machine code outside arch/ (STYLE.md, Machines)");
    }
    if (contains_word(line, "goto") && !may_jump(text->path)) {
        finding(text, i + 1, "goto; own it with SK_AUTO (STYLE.md, Errors)");
    }
}

static void lint_c(const struct text *text)
{
    size_t function_start = 0;
    bool in_comment = false;

    for (size_t i = 0; i < text->line_count; i++) {
        const char *line = text->lines[i];
        bool opens = strstr(line, "/*") != NULL, closes = strstr(line, "*/") != NULL;
        lint_c_line(text, i, in_comment || opens);
        in_comment = (in_comment || opens) && !closes;
        if (strcmp(line, "{") == 0) {
            function_start = i + 1;
        } else if (strcmp(line, "}") == 0 && function_start != 0) {
            if (i - function_start > MAX_FUNCTION_LINES) {
                finding(text, function_start, "function over 80 lines (STYLE.md, Text)");
            }
            function_start = 0;
        }
    }
}

void lint_text(const struct text *text)
{
    bool has_licence = false;

    for (size_t i = 0; i < text->line_count; i++) {
        lint_characters(text, i);
        has_licence = has_licence || strstr(text->lines[i], "SPDX-License-Identifier:") != NULL;
        if (contains_word(text->lines[i], "TODO")) {
            finding(text, i + 1, "TODO without an issue number (STYLE.md, Comments)");
        }
    }
    if (!has_licence && text->line_count > 0 && !needs_no_licence_line(text->path)) {
        finding(text, 1, "no SPDX line (STYLE.md, Text)");
    }
    if (text->line_count > MAX_FILE_LINES) {
        finding(text, 1, "file over 1000 lines (STYLE.md, Text)");
    }
    if (is_c(text->path)) {
        lint_c(text);
    }
}
