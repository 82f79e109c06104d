/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

struct place config_place(const struct source *source, const char *key)
{
    struct place at = {.source = source, .line = 1, .col = 1};
    size_t length = strlen(key);
    for (const char *s = source->text; *s != '\0'; s++) {
        if (*s == '"' && strncmp(s + 1, key, length) == 0 && s[length + 1] == '"') {
            return at;
        }
        at.line += *s == '\n' ? 1 : 0;
        at.col = *s == '\n' ? 1 : at.col + 1;
    }
    return (struct place){.source = source};
}

static void read_symbol(struct arena *a, const struct source *source, const char *name,
                        json_t *value, struct symbol *ret_symbol)
{
    struct symbol symbol = {.name = arena_copy(a, name, strlen(name)), .value = ""};
    if (json_is_boolean(value)) {
        symbol.is_switch = true;
        symbol.is_on = json_is_true(value);
    } else if (json_is_string(value)) {
        symbol.value = arena_copy(a, json_string_value(value), json_string_length(value));
    } else if (json_is_integer(value)) {
        symbol.value = arena_printf(a, "%lld", (long long)json_integer_value(value));
    } else {
        refuse(config_place(source, name), "write true, false, a string or an integer",
               "symbol \"%s\" is neither a switch, nor text, nor a number", name);
    }
    for (const char *s = name; *s != '\0'; s++) {
        if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", *s) == NULL) {
            refuse(config_place(source, name), "use capital letters, digits and '_'",
                   "\"%s\" is not the name of a configuration symbol", name);
        }
    }
    if (strpbrk(symbol.value, "\r\n\\\";{}#") != NULL) {
        refuse(config_place(source, name), "keep the value one word or number on one line",
               "the value of \"%s\" cannot become a C macro", name);
    }
    if (str_equal(symbol.value, "true") || str_equal(symbol.value, "false")) {
        refuse(config_place(source, name),
               arena_printf(a, "write \"%s\": %s, without quotes", name, symbol.value),
               "symbol \"%s\" is a switch, but its value is text", name);
    }
    *ret_symbol = symbol;
}

struct symbols symbols_read(struct arena *a, const char *path, const char *label)
{
    struct source *source = source_read(a, path, label);
    if (source == NULL) {
        refuse((struct place){0}, "give the path of a gen_config.json", "cannot read '%s': %s",
               path, strerror(errno));
    }
    json_error_t error;
    json_t *root = json_loadb(source->text, source->size, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL) {
        refuse((struct place){source, error.line, error.column < 1 ? 1 : error.column},
               "check the file with: python3 -m json.tool FILE", "malformed JSON: %s",
               error.text);
    }
    if (!json_is_object(root)) {
        refuse((struct place){source, 1, 1}, "write {\"SYMBOL\": value, ...}",
               "the configuration is not a JSON object");
    }
    struct symbols symbols = {.source = source};
    symbols.list = arena_take(a, json_object_size(root) * sizeof(symbols.list[0]));
    const char *name;
    json_t *value;
    json_object_foreach(root, name, value)
    {
        read_symbol(a, source, name, value, &symbols.list[symbols.count]);
        symbols.count++;
    }
    json_decref(root);
    return symbols;
}

void config_read_known(struct arena *a, struct config *c, const char *path)
{
    struct source *source = source_read(a, path, path);
    if (source == NULL) {
        refuse((struct place){0}, "give the folder idl/sel4 of the source tree as --idl",
               "cannot read '%s': %s", path, strerror(errno));
    }
    const char **names = arena_take(a, (source->size / 2 + 1) * sizeof(names[0]));
    const char *s = source->text;
    while (*s != '\0') {
        size_t length = strcspn(s, "\n");
        if (length > 0 && *s != '#') {
            names[c->known_count++] = arena_copy(a, s, length);
        }
        s += length + (s[length] == '\n' ? 1 : 0);
    }
    c->known = names;
}

static const struct symbol *find_in(const struct symbols *symbols, const char *name)
{
    for (size_t i = 0; i < symbols->count; i++) {
        if (str_equal(symbols->list[i].name, name)) {
            return &symbols->list[i];
        }
    }
    return NULL;
}

const struct symbol *config_find(const struct config *c, const char *name)
{
    const struct symbol *symbol = find_in(&c->kernel, name);
    return symbol != NULL ? symbol : find_in(&c->libsel4, name);
}

bool config_is_on(const struct config *c, const char *name)
{
    const struct symbol *symbol = config_find(c, name);
    return symbol != NULL && (symbol->is_switch ? symbol->is_on : true);
}
