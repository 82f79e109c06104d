/* SPDX-License-Identifier: BSD-2-Clause */
#include "lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FINDINGS_SHOWN = 200 };

static size_t finding_count;

void finding(const struct text *text, size_t line, const char *what)
{
    finding_count++;
    if (finding_count <= MAX_FINDINGS_SHOWN) {
        printf("%s:%zu:1: error: %s\n", text->path, line, what);
    }
}

bool has_prefix(const char *string, const char *prefix)
{
    return strncmp(string, prefix, strlen(prefix)) == 0;
}

bool has_suffix(const char *string, const char *suffix)
{
    size_t length = strlen(string), end = strlen(suffix);
    return length >= end && strcmp(string + length - end, suffix) == 0;
}

/* The whole file as a string, or NULL. */
static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        return NULL;
    }
    char *content = NULL;
    size_t room = 0;
    ssize_t length = getdelim(&content, &room, '\0', file);
    fclose(file);
    if (length < 0) {
        free(content);
        return strdup("");
    }
    return content;
}

static struct text split(const char *path, char *content)
{
    struct text text = {.path = path};
    for (char *line = content; *line != '\0';) {
        char *end = strchrnul(line, '\n');
        char **grown = realloc(text.lines, (text.line_count + 1) * sizeof(*grown));
        if (!grown) {
            perror("lint");
            exit(125);
        }
        text.lines = grown;
        text.lines[text.line_count++] = line;
        line = *end == '\0' ? end : end + 1;
        *end = '\0';
    }
    return text;
}

static char *must_read(const char *path)
{
    char *content = read_file(path);
    if (!content) {
        fprintf(stderr, "lint: error: %s cannot be read\n", path);
        exit(125);
    }
    return content;
}

int main(int argc, char **argv)
{
    if (argc < 3 || (strcmp(argv[1], "text") != 0 && strcmp(argv[1], "layers") != 0)) {
        fprintf(stderr, "lint: error: what shall be checked?\n"
                        "help: lint text FILE... or lint layers FILE...\n");
        return 125;
    }
    bool is_text = strcmp(argv[1], "text") == 0;
    char *layers = is_text ? NULL : must_read("mk/layers");

    for (int i = 2; i < argc; i++) {
        char *content = must_read(argv[i]);
        struct text text = split(argv[i], content);
        if (is_text) {
            lint_text(&text);
        } else {
            lint_layers(&text, layers);
        }
        free(text.lines);
        free(content);
    }
    free(layers);
    return finding_count == 0 ? 0 : 1;
}
