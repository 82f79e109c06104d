/*
 * skgen config: the two gen_config.json of a board's configuration, from its JSON.
 *
 * The board's kernel_config and libsel4_config are written as they stand, in their
 * order, but for the symbols that the configuration overrides. A configuration may
 * override a symbol of either; it may not add one.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "cmd.h"
#include "emit.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

enum { MOST_NAMES = 512 };

static const char usage[] = "skgen config --board boards/B.json --config NAME "
                            "--kernel-out gen_config.json --libsel4-out libsel4_config.json";

struct board {
    struct arena *arena;
    const struct source *source;
    json_t *root;
};

static json_t *need_object(const struct board *b, json_t *parent, const char *key)
{
    json_t *value = json_object_get(parent, key);
    if (value == NULL) {
        refuse((struct place){.source = b->source},
               arena_printf(b->arena, "add \"%s\": { ... }", key), "the board lacks \"%s\"",
               key);
    }
    if (!json_is_object(value)) {
        refuse(config_place(b->source, key),
               arena_printf(b->arena, "write \"%s\": { ... }", key), "\"%s\" is not an object",
               key);
    }
    return value;
}

/* The nearest key, to help with one that is not there. */
static const char *suggest_key(const struct board *b, json_t *object, const char *key)
{
    const char *names[MOST_NAMES];
    size_t count = 0;
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        if (count < MOST_NAMES) {
            names[count++] = arena_copy(b->arena, name, strlen(name));
        }
    }
    return suggest(b->arena, key, names, count,
                   "name a key that the board's JSON has at this place");
}

static void override(const struct board *b, json_t *configs, const char *config)
{
    json_t *changes = json_object_get(configs, config);
    if (!json_is_object(changes)) {
        refuse(config_place(b->source, "configs"), suggest_key(b, configs, config),
               "the board has no configuration \"%s\"", config);
    }
    json_t *kernel = need_object(b, b->root, "kernel_config");
    json_t *libsel4 = need_object(b, b->root, "libsel4_config");
    const char *name;
    json_t *value;
    json_object_foreach(changes, name, value)
    {
        json_t *target = json_object_get(kernel, name) != NULL ? kernel : libsel4;
        json_t *old = json_object_get(target, name);
        if (old == NULL) {
            refuse(config_place(b->source, name), suggest_key(b, kernel, name),
                   "configuration \"%s\" overrides \"%s\", which the board does not set",
                   config, name);
        }
        if (json_is_boolean(old) != json_is_boolean(value)) {
            refuse(config_place(b->source, name), "keep true and false for a switch",
                   "configuration \"%s\" changes the kind of \"%s\"", config, name);
        }
        json_object_set(target, name, value);
    }
}

static void write_symbols(const struct board *b, struct outputs *outputs, const char *key,
                          const char *path)
{
    char *data = json_dumps(need_object(b, b->root, key), JSON_INDENT(4));
    if (data == NULL) {
        refuse((struct place){.source = b->source}, "write plain text and numbers",
               "\"%s\" cannot be written", key);
    }
    const char *text = arena_printf(b->arena, "%s\n", data);
    const char *slash = strrchr(path, '/');
    const char *folder =
        slash == NULL ? "." : arena_copy(b->arena, path, (size_t)(slash - path));
    out_add(b->arena, outputs, folder, slash == NULL ? path : slash + 1, text, strlen(text));
    json_free_t release = NULL;
    json_get_alloc_funcs(NULL, &release);
    release(data);
}

int cmd_config(struct arena *a, int argc, char **argv)
{
    const char *path = NULL;
    const char *config = NULL;
    const char *kernel_out = NULL;
    const char *libsel4_out = NULL;
    const struct option options[] = {
        {"board", &path, true},
        {"config", &config, true},
        {"kernel-out", &kernel_out, true},
        {"libsel4-out", &libsel4_out, true},
    };
    cmd_options(a, argc, argv, options, sizeof(options) / sizeof(options[0]), usage);

    struct board b = {.arena = a, .source = source_read(a, path, path)};
    if (b.source == NULL) {
        refuse((struct place){0}, "give the path of a boards/*.json", "cannot read '%s': %s",
               path, strerror(errno));
    }
    json_error_t error;
    b.root = json_loadb(b.source->text, b.source->size, JSON_REJECT_DUPLICATES, &error);
    if (b.root == NULL) {
        refuse((struct place){b.source, error.line, error.column < 1 ? 1 : error.column},
               "check the file with: python3 -m json.tool FILE", "malformed JSON: %s",
               error.text);
    }
    override(&b, need_object(&b, b.root, "configs"), config);
    struct outputs outputs = {0};
    write_symbols(&b, &outputs, "kernel_config", kernel_out);
    write_symbols(&b, &outputs, "libsel4_config", libsel4_out);
    out_write(a, &outputs);
    json_decref(b.root);
    return 0;
}
