/* SPDX-License-Identifier: BSD-2-Clause */
#include "lint.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { NO_LAYER = -1, NAME_SIZE = 64 };

/*
 * The place of a layer in mk/layers: names between two '<' share one. NO_LAYER when the name
 * is not a layer.
 */
static int layer_of(const char *layers, const char *name, size_t length)
{
    int place = 0;
    for (const char *c = layers; *c != '\0';) {
        size_t word = 0;
        while (isalnum((unsigned char)c[word])) {
            word++;
        }
        if (word == length && strncmp(c, name, length) == 0) {
            return place;
        }
        if (*c == '<') {
            place++;
        }
        c += word > 0 ? word : 1;
    }
    return NO_LAYER;
}

/* The layer a file belongs to: src/L, include/selkie/L, arch/ISA/L; include/sel4 is sys. */
static int layer_of_file(const char *layers, const char *path)
{
    if (has_prefix(path, "include/sel4/")) {
        return layer_of(layers, "sys", 3);
    }
    const char *name = NULL;
    if (has_prefix(path, "src/")) {
        name = path + strlen("src/");
    } else if (has_prefix(path, "include/selkie/")) {
        name = path + strlen("include/selkie/");
    } else if (has_prefix(path, "arch/")) {
        const char *isa = path + strlen("arch/");
        const char *slash = strchr(isa, '/');
        name = slash ? slash + 1 : isa;
    }
    return name ? layer_of(layers, name, strcspn(name, "/")) : NO_LAYER;
}

/* The layer an include line asks for, NO_LAYER for anything that is in no layer. */
static int layer_of_include(const char *layers, const char *line)
{
    const char *open = strchr(line, '<');
    if (!has_prefix(line, "#include") || !open) {
        return NO_LAYER;
    }
    const char *name = open + 1;
    if (has_prefix(name, "sel4/")) {
        return layer_of(layers, "sys", 3);
    }
    if (!has_prefix(name, "selkie/")) {
        return NO_LAYER;
    }
    name += strlen("selkie/");
    if (has_prefix(name, "arch/")) {
        name += strlen("arch/");
    }
    return layer_of(layers, name, strcspn(name, "/>"));
}

void lint_layers(const struct text *text, const char *layers)
{
    int own = layer_of_file(layers, text->path);
    if (own == NO_LAYER) {
        return;
    }
    for (size_t i = 0; i < text->line_count; i++) {
        if (layer_of_include(layers, text->lines[i]) > own) {
            finding(text, i + 1, "includes a higher layer (mk/layers)");
        }
    }
}
