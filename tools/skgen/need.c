/* SPDX-License-Identifier: BSD-2-Clause */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { DECIMAL = 10 };

/* The file that symbol is from. */
static const struct source *source_of(const struct config *c, const struct symbol *symbol)
{
    bool is_libsel4 = symbol >= c->libsel4.list && symbol < c->libsel4.list + c->libsel4.count;
    return is_libsel4 ? c->libsel4.source : c->kernel.source;
}

static bool read_number(const char *text, long long *ret_number)
{
    char *end = NULL;
    errno = 0;
    *ret_number = strtoll(text, &end, DECIMAL);
    return errno == 0 && end != text && *end == '\0' && text[0] != ' ' && text[0] != '+';
}

static bool is_number_between(const struct symbol *symbol, const char *min, const char *max)
{
    long long value, low, high;
    return !symbol->is_switch && read_number(symbol->value, &value) && read_number(min, &low) &&
           read_number(max, &high) && value >= low && value <= high;
}

/* Is word one of those in list, which are separated by spaces? */
static bool is_among(const char *word, const char *list)
{
    size_t length = strlen(word);
    for (const char *s = list; *s != '\0'; s += strspn(s, " ")) {
        size_t next = strcspn(s, " ");
        if (next == length && strncmp(s, word, length) == 0) {
            return true;
        }
        s += next;
    }
    return false;
}

static void check_number(struct arena *a, const struct xml_node *n, const struct symbol *symbol,
                         struct place at)
{
    const char *min = xml_need(a, n, "min"), *max = xml_need(a, n, "max");
    if (!is_number_between(symbol, min, max)) {
        refuse(at, arena_printf(a, "write a number from %s to %s", min, max),
               "\"%s\" is no number that it may be", symbol->name);
    }
}

static void check_word(struct arena *a, const struct xml_node *n, const struct symbol *symbol,
                       struct place at)
{
    const char *values = xml_need(a, n, "values");
    if (symbol->is_switch || !is_among(symbol->value, values)) {
        refuse(at, arena_printf(a, "write one of: %s", values),
               "\"%s\" has a value that nothing is described for", symbol->name);
    }
}

void need_check(struct arena *a, const struct config *c, const struct xml_node *n)
{
    static const char *const kinds[] = {"switch", "number", "word"};
    const char *name = xml_need(a, n, "symbol");
    const char *kind = xml_need(a, n, "kind");
    const struct symbol *symbol = config_find(c, name);
    if (symbol == NULL) {
        refuse((struct place){.source = c->kernel.source},
               arena_printf(a,
                            "add \"%s\", or generate from the gen_config.json that "
                            "the kernel's build wrote",
                            name),
               "the configuration lacks \"%s\"", name);
    }

    struct place at = config_place(source_of(c, symbol), name);
    if (str_equal(kind, "number")) {
        check_number(a, n, symbol, at);
    } else if (str_equal(kind, "word")) {
        check_word(a, n, symbol, at);
    } else if (!str_equal(kind, "switch")) {
        refuse(n->at, suggest(a, kind, kinds, sizeof(kinds) / sizeof(kinds[0]), "switch"),
               "unknown kind '%s'", kind);
    } else if (!symbol->is_switch) {
        refuse(at, arena_printf(a, "write \"%s\": true or false", name),
               "\"%s\" is not a switch", name);
    }
}
