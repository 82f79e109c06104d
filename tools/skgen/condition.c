/*
 * Conditions: <condition> with one <config>, <not>, <and> or <or> inside.
 *
 *     <config var="CONFIG_X"/>                  X is on, or has a value
 *     <config var="CONFIG_X" at_least="832"/>   X is a number of at least 832
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

static const char *const elements[] = {"config", "not", "and", "or"};
enum { ELEMENT_COUNT = sizeof(elements) / sizeof(elements[0]) };

static void check_known(struct arena *a, const struct config *c, const struct xml_node *n,
                        const char *name)
{
    if (config_find(c, name) != NULL) {
        return;
    }
    for (size_t i = 0; i < c->known_count; i++) {
        if (str_equal(c->known[i], name)) {
            return;
        }
    }
    const char *help = suggest(a, name, c->known, c->known_count,
                               "add it to idl/sel4/config_symbols.txt if a kernel defines it");
    refuse(n->at, help, "unknown configuration symbol '%s'", name);
}

static const char *symbol_name(struct arena *a, const struct xml_node *n)
{
    const char *var = xml_need(a, n, "var");
    return str_starts(var, "CONFIG_") ? var + strlen("CONFIG_") : var;
}

static bool eval_config(struct arena *a, const struct config *c, const struct xml_node *n)
{
    const char *name = symbol_name(a, n);
    check_known(a, c, n, name);
    const char *at_least = xml_attr(n, "at_least");
    if (at_least == NULL) {
        return config_is_on(c, name);
    }
    const struct symbol *symbol = config_find(c, name);
    return symbol != NULL && !symbol->is_switch &&
           strtoull(symbol->value, NULL, 0) >= strtoull(at_least, NULL, 0);
}

static bool eval(struct arena *a, const struct config *c, const struct xml_node *n)
{
    if (str_equal(n->name, "config")) {
        return eval_config(a, c, n);
    }
    const struct xml_node *first = xml_first(n);
    if (first == NULL) {
        refuse(n->at, "put a <config var=\"...\"/> inside", "element '%s' is empty", n->name);
    }
    if (str_equal(n->name, "not")) {
        return !eval(a, c, first);
    }
    bool is_and = str_equal(n->name, "and");
    if (!is_and && !str_equal(n->name, "or")) {
        xml_unexpected(a, n, elements, ELEMENT_COUNT);
    }
    bool result = is_and;
    /* Every branch is looked at, so that an unknown symbol is always found. */
    for (const struct xml_node *e = first; e != NULL; e = xml_next(e)) {
        bool value = eval(a, c, e);
        result = is_and ? result && value : result || value;
    }
    return result;
}

static const struct xml_node *condition_of(const struct xml_node *n)
{
    const struct xml_node *condition = xml_child(n, "condition");
    return condition == NULL ? NULL : condition;
}

bool condition_holds(struct arena *a, const struct config *c, const struct xml_node *n)
{
    const struct xml_node *condition = condition_of(n);
    if (condition == NULL) {
        return true;
    }
    const struct xml_node *inner = xml_first(condition);
    return inner == NULL ? true : eval(a, c, inner);
}

/* The symbol that makes n other than what is wanted of it. */
static const char *blame(struct arena *a, const struct config *c, const struct xml_node *n,
                         bool is_wanted)
{
    if (eval(a, c, n) == is_wanted) {
        return NULL;
    }
    if (str_equal(n->name, "config")) {
        return symbol_name(a, n);
    }
    if (str_equal(n->name, "not")) {
        return blame(a, c, xml_first(n), !is_wanted);
    }
    const char *symbol = NULL;
    for (const struct xml_node *e = xml_first(n); e != NULL && symbol == NULL;
         e = xml_next(e)) {
        symbol = blame(a, c, e, is_wanted);
    }
    return str_equal(n->name, is_wanted ? "and" : "or") ? symbol : NULL;
}

const char *condition_blame(struct arena *a, const struct config *c, const struct xml_node *n,
                            bool *ret_is_on)
{
    const struct xml_node *condition = condition_of(n);
    if (condition == NULL || xml_first(condition) == NULL) {
        return NULL;
    }
    const char *symbol = blame(a, c, xml_first(condition), true);
    if (symbol != NULL) {
        *ret_is_on = config_is_on(c, symbol);
    }
    return symbol;
}

static void say(struct arena *a, struct text *out, const struct xml_node *n, bool is_inner)
{
    if (str_equal(n->name, "config")) {
        text_adds(out, symbol_name(a, n));
        const char *at_least = xml_attr(n, "at_least");
        if (at_least != NULL) {
            text_addf(out, " >= %s", at_least);
        }
        return;
    }
    if (str_equal(n->name, "not")) {
        text_adds(out, "not ");
        if (xml_first(n) != NULL) {
            say(a, out, xml_first(n), true);
        }
        return;
    }
    text_adds(out, is_inner ? "(" : "");
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        say(a, out, e, true);
        if (xml_next(e) != NULL) {
            text_addf(out, " %s ", n->name);
        }
    }
    text_adds(out, is_inner ? ")" : "");
}

const char *condition_words(struct arena *a, const struct xml_node *n)
{
    const struct xml_node *condition = condition_of(n);
    if (condition == NULL || xml_first(condition) == NULL) {
        return NULL;
    }
    struct text out = {0};
    say(a, &out, xml_first(condition), false);
    const char *words = arena_copy(a, out.data, out.length);
    text_fini(&out);
    return words;
}
