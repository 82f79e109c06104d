/*
 * The kernel's configuration: the symbols of two gen_config.json files.
 *
 * Names are kept without the CONFIG_ that C gives them. A switch is true or false in
 * the file; everything else is text, numbers included, as the kernel's build writes it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "base.h"
#include "xml.h"

struct symbol {
    const char *name;
    bool is_switch;
    bool is_on;        /* of a switch */
    const char *value; /* of anything else; "" when empty */
};

struct symbols {
    const struct source *source;
    struct symbol *list;
    size_t count;
};

struct config {
    struct symbols kernel;
    struct symbols libsel4;
    const char *const *known; /* names that some configuration defines */
    size_t known_count;
};

/* Read one gen_config.json: an object of booleans, strings and integers. */
struct symbols symbols_read(struct arena *a, const char *path, const char *label);

/* Where a JSON file first has "key"; the file itself if it has not. Readers do not tell. */
struct place config_place(const struct source *source, const char *key);

/* Read the list of all known names: one in a line, '#' begins a comment. */
void config_read_known(struct arena *a, struct config *c, const char *path);

/* A symbol by its name without CONFIG_, from either file, or NULL. */
const struct symbol *config_find(const struct config *c, const char *name);

/* Is it on, or given a value? A known symbol that the files lack is off. */
bool config_is_on(const struct config *c, const char *name);

/*
 * Is the item n wanted? That is: does it have no <condition>, or a true one.
 * A condition on a symbol that nobody knows fails.
 */
bool condition_holds(struct arena *a, const struct config *c, const struct xml_node *n);

/*
 * A symbol whose value alone is reason enough that n is not wanted, and whether it is on; NULL
 * when n is wanted, or when no symbol is.
 */
const char *condition_blame(struct arena *a, const struct config *c, const struct xml_node *n,
                            bool *ret_is_on);

/* The condition of n in words, "KERNEL_MCS and not DEBUG_BUILD", or NULL without one. */
const char *condition_words(struct arena *a, const struct xml_node *n);

/*
 * Does the configuration have what <need symbol="X" kind="..."> asks for? The kinds: "switch";
 * "number", from min to max; "word", one of values. Anything else fails.
 */
void need_check(struct arena *a, const struct config *c, const struct xml_node *n);
