/* SPDX-License-Identifier: BSD-2-Clause */
#include "typed.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MOST_KINDS = 128 };

const char *typed_word(struct arena *a, const char *words, size_t i)
{
    for (words += strspn(words, " "); *words != '\0'; words += strspn(words, " ")) {
        size_t length = strcspn(words, " ");
        if (i-- == 0) {
            return arena_copy(a, words, length);
        }
        words += length;
    }
    return NULL;
}

const struct xml_node *typed_rule(const struct xml_node *parent, const char *element,
                                  const char *name)
{
    for (const struct xml_node *e = parent == NULL ? NULL : xml_first(parent); e != NULL;
         e = xml_next(e)) {
        const char *own = xml_attr(e, "name");
        if (str_equal(e->name, element) && own != NULL && str_equal(own, name)) {
            return e;
        }
    }
    return NULL;
}

static bool has_word(struct arena *a, const char *words, const char *word)
{
    const char *w = NULL;
    for (size_t i = 0; (w = typed_word(a, words, i)) != NULL; i++) {
        if (str_equal(w, word)) {
            return true;
        }
    }
    return false;
}

const struct typed_kind *typed_kind_of(const struct typed *typed, const char *raw)
{
    struct arena words = {0};
    const struct typed_kind *found = NULL;
    for (const struct typed_kind *k = typed->kinds; k != NULL && found == NULL; k = k->next) {
        found = has_word(&words, k->raw, raw) ? k : NULL;
    }
    arena_fini(&words);
    return found;
}

static void check_rules(const struct gen *g)
{
    static const struct {
        const char *element;
        const char *attributes;
    } rules[] = {{"kind", "name raw brief"},
                 {"param", "name kind"},
                 {"bundle", "type name params fields"},
                 {"call", "method name brief args"},
                 {"lack", "symbol is brief"}};
    const char *names[COUNT(rules)];
    for (const struct xml_node *e = xml_first(g->idl->typed); e != NULL; e = xml_next(e)) {
        size_t i = 0;
        while (i < COUNT(rules) && !str_equal(rules[i].element, e->name)) {
            names[i] = rules[i].element;
            i++;
        }
        if (i == COUNT(rules)) {
            xml_unexpected(g->arena, e, names, COUNT(names));
        }
        xml_allow(g->arena, e, rules[i].attributes);
    }
}

/* An attribute that becomes a name in C, if it is there. */
static void check_name(const struct gen *g, const struct xml_node *n, const char *attr)
{
    if (xml_attr(n, attr) != NULL) {
        api_need_name(g->arena, n, attr);
    }
}

/* The kind that a <param> names must be one. */
static void check_param(const struct gen *g, const struct typed *typed,
                        const struct xml_node *param)
{
    check_name(g, param, "as");
    const char *names[MOST_KINDS];
    size_t count = 0;
    const char *kind = xml_attr(param, "kind");
    for (const struct typed_kind *k = typed->kinds; k != NULL && kind != NULL; k = k->next) {
        if (str_equal(k->name, kind)) {
            return;
        }
        names[count < MOST_KINDS ? count++ : 0] = k->name;
    }
    if (kind != NULL) {
        refuse(param->at, suggest(g->arena, kind, names, count, "describe it with a <kind>"),
               "unknown kind '%s'", kind);
    }
}

/* The sentence becomes a string in C. */
static void check_lack(const struct gen *g, const struct xml_node *n)
{
    const char *is = xml_need(g->arena, n, "is");
    const char *brief = xml_need(g->arena, n, "brief");
    if (!str_equal(is, "on") && !str_equal(is, "off")) {
        refuse(n->at, "write is=\"on\" or is=\"off\"", "symbol is '%s'", is);
    }
    if (strpbrk(brief, "\"\\\n") != NULL) {
        refuse(n->at, "leave out quotes, backslashes and line ends",
               "the sentence does not fit into a string of C");
    }
}

/* What can be checked only when all kinds are known. */
static void check_uses(const struct gen *g, const struct typed *typed)
{
    static const char *const params[] = {"param"};
    for (const struct xml_node *e = xml_first(g->idl->typed); e != NULL; e = xml_next(e)) {
        if (str_equal(e->name, "param")) {
            check_param(g, typed, e);
        } else if (str_equal(e->name, "lack")) {
            check_lack(g, e);
        } else if (str_equal(e->name, "bundle")) {
            api_need_name(g->arena, e, "type");
            api_need_name(g->arena, e, "name");
        } else if (str_equal(e->name, "call")) {
            check_name(g, e, "name");
        }
        for (const struct xml_node *p = str_equal(e->name, "call") ? xml_first(e) : NULL;
             p != NULL; p = xml_next(p)) {
            if (!str_equal(p->name, "param")) {
                xml_unexpected(g->arena, p, params, COUNT(params));
            }
            xml_allow(g->arena, p, "name type as kind description");
            check_param(g, typed, p);
        }
    }
}

static struct typed_kind *add_kind(const struct gen *g, struct typed *typed, const char *name,
                                   const char *raw, const char *brief, struct place at)
{
    struct typed_kind **tail = &typed->kinds;
    while (*tail != NULL) {
        if (str_equal((*tail)->name, name)) {
            refuse(at, "give each kind of capability one name", "kind '%s' is there already",
                   name);
        }
        tail = &(*tail)->next;
    }
    *tail = arena_take(g->arena, sizeof(**tail));
    **tail = (struct typed_kind){.name = name, .raw = raw, .brief = brief, .at = at};
    return *tail;
}

static void read_kinds(const struct gen *g, struct typed *typed)
{
    for (const struct xml_node *e = xml_first(g->idl->typed); e != NULL; e = xml_next(e)) {
        const char *raw = xml_attr(e, "raw");
        if (str_equal(e->name, "kind")) {
            add_kind(g, typed, api_need_name(g->arena, e, "name"), raw == NULL ? "" : raw,
                     xml_need(g->arena, e, "brief"), e->at);
        }
    }
    /* What a newer kernel has, and cap.xml does not know yet. */
    for (int part = 0; part < API_PART_COUNT; part++) {
        for (const struct api_interface *i = g->idl->api.parts[part].interfaces; i != NULL;
             i = i->next) {
            const char *brief = xml_attr(i->node, "cap_description");
            if (typed_kind_of(typed, i->name) == NULL) {
                add_kind(g, typed, snake_case(g->arena, api_object_name(i)), i->name,
                         brief == NULL ? i->name : brief, i->node->at);
            }
        }
    }
}

bool typed_is_form(const struct api_method *a, const struct api_method *b)
{
    return str_equal(a->interface->name, b->interface->name) && str_equal(a->name, b->name);
}

/* Of a method with several forms the one at hand stands for all. */
static bool stands_for_all(const struct api_method *m)
{
    const struct api_method *chosen = NULL;
    for (const struct api_method *o = m->interface->methods; o != NULL; o = o->next) {
        if (typed_is_form(o, m) && (chosen == NULL || (o->is_wanted && !chosen->is_wanted))) {
            chosen = o;
        }
    }
    return chosen == m;
}

/* The next <call> for a method after one, or the first after NULL. */
static const struct xml_node *next_rule(const struct gen *g, const struct api_method *m,
                                        const struct xml_node *after)
{
    const struct xml_node *e = after == NULL ? xml_first(g->idl->typed) : xml_next(after);
    while (e != NULL && (!str_equal(e->name, "call") ||
                         !str_equal(xml_need(g->arena, e, "method"), m->id))) {
        e = xml_next(e);
    }
    return e;
}

static struct typed_call *make_call(const struct gen *g, const struct typed *typed,
                                    const struct api_method *m, const struct xml_node *rule)
{
    struct typed_call *call = arena_take(g->arena, sizeof(*call));
    call->method = m;
    call->kind = typed_kind_of(typed, m->interface->name);
    const char *brief = rule == NULL ? NULL : xml_attr(rule, "brief");
    call->brief = brief == NULL ? api_sentence(g->arena, m) : brief;
    typed_arguments(g, typed, rule, call);
    const char *name = rule == NULL ? NULL : xml_attr(rule, "name");
    const char *bundle =
        call->args->bundle == NULL ? NULL : xml_need(g->arena, call->args->bundle, "type");
    const char *noun =
        bundle == NULL ? arena_printf(g->arena, "sk_%s", call->kind->name) : bundle;
    call->name = arena_printf(g->arena, "%s_%s", noun,
                              name == NULL ? snake_case(g->arena, m->name) : name);
    if (call->args_type != NULL) {
        call->args_type = arena_printf(g->arena, "%s_args", call->name);
    }
    return call;
}

static void add_call(struct typed *typed, struct typed_call *call)
{
    struct typed_call **tail = &typed->calls;
    while (*tail != NULL) {
        if (str_equal((*tail)->name, call->name)) {
            refuse(call->method->node->at,
                   "give it another name with <call method=\"...\" name=\"...\"/> in cap.xml",
                   "'%s' and '%s' would both be called %s", (*tail)->method->id,
                   call->method->id, call->name);
        }
        tail = &(*tail)->next;
    }
    *tail = call;
}

static void add_calls(const struct gen *g, struct typed *typed, const struct api_method *m)
{
    const struct xml_node *rule = next_rule(g, m, NULL);
    do {
        add_call(typed, make_call(g, typed, m, rule));
        rule = rule == NULL ? NULL : next_rule(g, m, rule);
    } while (rule != NULL);
}

struct typed typed_read(const struct gen *g)
{
    struct typed typed = {0};
    if (g->idl->typed == NULL) {
        return typed;
    }
    check_rules(g);
    read_kinds(g, &typed);
    check_uses(g, &typed);
    for (int part = 0; part < API_PART_COUNT; part++) {
        for (const struct api_interface *i = g->idl->api.parts[part].interfaces; i != NULL;
             i = i->next) {
            for (const struct api_method *m = i->methods; m != NULL; m = m->next) {
                if (stands_for_all(m)) {
                    add_calls(g, &typed, m);
                }
            }
        }
    }
    return typed;
}

const char *typed_lack(const struct gen *g, const struct api_method *m)
{
    bool is_on = false;
    const struct xml_node *n = m->node;
    const char *symbol = condition_blame(g->arena, g->config, n, &is_on);
    if (symbol == NULL) {
        n = m->interface->node;
        symbol = condition_blame(g->arena, g->config, n, &is_on);
    }
    if (symbol == NULL) {
        const char *words = condition_words(g->arena, m->node);
        return arena_printf(g->arena, "this kernel was not built with %s",
                            words == NULL ? m->id : words);
    }
    for (const struct xml_node *e = xml_first(g->idl->typed); e != NULL; e = xml_next(e)) {
        if (str_equal(e->name, "lack") && str_equal(xml_need(g->arena, e, "symbol"), symbol) &&
            str_equal(xml_need(g->arena, e, "is"), is_on ? "on" : "off")) {
            return xml_need(g->arena, e, "brief");
        }
    }
    return arena_printf(g->arena, "this kernel was built %s %s", is_on ? "with" : "without",
                        symbol);
}
