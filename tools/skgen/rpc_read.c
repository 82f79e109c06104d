/* SPDX-License-Identifier: BSD-2-Clause */
#include "rpc.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A number that an attribute has, from 1 to most. */
static unsigned number(const struct rpc *rpc, const struct xml_node *n, const char *attr,
                       unsigned most)
{
    const char *text = xml_need(rpc->arena, n, attr);
    size_t digits = strspn(text, "0123456789");
    unsigned long value = digits <= 9 ? strtoul(text, NULL, 10) : 0;
    if (text[digits] != '\0' || value == 0 || value > most) {
        refuse(n->at, arena_printf(rpc->arena, "write a number from 1 to %u", most),
               "attribute '%s' is '%s'", attr, text);
    }
    return (unsigned)value;
}

static const char *brief_of(const struct rpc *rpc, const struct xml_node *n)
{
    const char *brief = xml_need(rpc->arena, n, "brief");
    if (*brief == '\0') {
        refuse(n->at, "say in a sentence what it is", "the brief of '%s' is empty",
               xml_need(rpc->arena, n, "name"));
    }
    return brief;
}

static const char *name_of(const struct rpc *rpc, const struct xml_node *n)
{
    const char *name = xml_need(rpc->arena, n, "name");
    rpc_check_name(n, name);
    return name;
}

[[gnu::noreturn]] static void refuse_twice(const struct rpc *rpc, const struct xml_node *n,
                                           const char *name, struct place first)
{
    refuse(n->at, arena_printf(rpc->arena, "the first one is in line %d", first.line),
           "there are two '%s'", name);
}

/* Text between elements would be lost without a word. */
static void check_text(const struct xml_node *n)
{
    struct place at;

    for (const struct xml_node *c = n->first; c != NULL; c = c->next) {
        if (c->name == NULL && xml_text_place(c, &at)) {
            refuse(at, "put it into the attribute brief", "text in '%s' means nothing",
                   n->name);
        }
    }
}

static void check_empty(const struct rpc *rpc, const struct xml_node *n)
{
    check_text(n);
    if (xml_first(n) != NULL) {
        refuse(xml_first(n)->at, arena_printf(rpc->arena, "write <%s .../>", n->name),
               "'%s' has nothing inside", n->name);
    }
}

static struct rpc_field *field_read(const struct rpc *rpc, const struct xml_node *n)
{
    struct rpc_field *f = arena_take(rpc->arena, sizeof(*f));
    check_empty(rpc, n);
    f->name = name_of(rpc, n);
    f->brief = brief_of(rpc, n);
    f->at = n->at;
    rpc_type(rpc, n, f);
    if (f->kind == RPC_BYTES || f->kind == RPC_STRING) {
        f->max = number(rpc, n, "max", RPC_PAGE_SIZE);
    } else if (xml_attr(n, "max") != NULL) {
        refuse(n->at, "leave out max", "'%s' is no bytes or string, and has no most size",
               f->name);
    }
    return f;
}

/* Behind the last of a list. */
static struct rpc_field **end_of(struct rpc_field **list)
{
    while (*list != NULL) {
        list = &(*list)->next;
    }
    return list;
}

static void append(const struct rpc *rpc, struct rpc_field **list, const struct xml_node *n,
                   struct rpc_field *f)
{
    for (const struct rpc_field *other = *list; other != NULL; other = other->next) {
        if (str_equal(other->name, f->name)) {
            refuse_twice(rpc, n, f->name, other->at);
        }
    }
    *end_of(list) = f;
}

/* Words of a value that has always as many. */
static unsigned words_of(const struct rpc_field *f)
{
    unsigned one = f->kind == RPC_STRUCT ? f->def->words : 1;
    return one * (f->count == 0 ? 1 : f->count);
}

static void enum_read(const struct rpc *rpc, const struct xml_node *n, struct rpc_def *def)
{
    static const char *const allowed[] = {"value"};
    for (const struct xml_node *c = xml_first(n); c != NULL; c = xml_next(c)) {
        if (!str_equal(c->name, "value")) {
            xml_unexpected(rpc->arena, c, allowed, 1);
        }
        xml_allow(rpc->arena, c, "name brief");
        check_empty(rpc, c);
        struct rpc_field *value = arena_take(rpc->arena, sizeof(*value));
        value->name = name_of(rpc, c);
        value->brief = brief_of(rpc, c);
        value->at = c->at;
        append(rpc, &def->fields, c, value);
        def->field_count++;
    }
}

static void struct_read(const struct rpc *rpc, const struct xml_node *n, struct rpc_def *def)
{
    static const char *const allowed[] = {"field"};
    for (const struct xml_node *c = xml_first(n); c != NULL; c = xml_next(c)) {
        if (!str_equal(c->name, "field")) {
            xml_unexpected(rpc->arena, c, allowed, 1);
        }
        xml_allow(rpc->arena, c, "name brief type max count");
        struct rpc_field *f = field_read(rpc, c);
        if (f->kind == RPC_BYTES || f->kind == RPC_STRING || f->kind == RPC_CAP) {
            refuse(c->at, "make it a parameter of the method",
                   "a structure has a fixed size: '%s' cannot be in it", f->type);
        }
        if (xml_attr(c, "count") != NULL) {
            f->count = number(rpc, c, "count", RPC_WORDS);
        }
        append(rpc, &def->fields, c, f);
        def->field_count++;
        def->words += words_of(f);
        if (def->words > RPC_WORDS) {
            refuse(c->at, "make it smaller, or send the rest as bytes",
                   "structure '%s' has more than the %d words of a message", def->name,
                   RPC_WORDS);
        }
    }
}

static void def_read(struct rpc *rpc, const struct xml_node *n)
{
    struct rpc_def *def = arena_take(rpc->arena, sizeof(*def));
    xml_allow(rpc->arena, n, "name brief");
    check_text(n);
    def->name = name_of(rpc, n);
    def->brief = brief_of(rpc, n);
    def->at = n->at;
    def->is_struct = str_equal(n->name, "struct");
    struct rpc_def **tail = &rpc->defs;
    for (; *tail != NULL; tail = &(*tail)->next) {
        if (str_equal((*tail)->name, def->name)) {
            refuse_twice(rpc, n, def->name, (*tail)->at);
        }
    }
    if (def->is_struct) {
        struct_read(rpc, n, def);
    } else {
        enum_read(rpc, n, def);
    }
    if (def->field_count == 0) {
        refuse(n->at, def->is_struct ? "add a <field>" : "add a <value>", "'%s' is empty",
               def->name);
    }
    *tail = def; /* only now: a structure is not part of itself */
}

static void error_read(struct rpc *rpc, const struct xml_node *n)
{
    struct rpc_error *e = arena_take(rpc->arena, sizeof(*e));
    xml_allow(rpc->arena, n, "name brief");
    check_empty(rpc, n);
    e->name = name_of(rpc, n);
    e->brief = brief_of(rpc, n);
    e->at = n->at;
    struct rpc_error **tail = &rpc->errors;
    for (; *tail != NULL; tail = &(*tail)->next) {
        if (str_equal((*tail)->name, e->name)) {
            refuse_twice(rpc, n, e->name, (*tail)->at);
        }
    }
    *tail = e;
    rpc->error_count++;
}

static unsigned payload_words(const struct rpc_field *f)
{
    return (f->max + 7) / 8;
}

/* Where everything goes. What has a size of its own goes into the page if it does not fit. */
static void lay_out(struct rpc *rpc, const struct rpc_method *m, struct rpc_message *message,
                    const char *direction)
{
    unsigned payload = 0;
    for (const struct rpc_field *f = message->fields; f != NULL; f = f->next) {
        bool is_sized = f->kind == RPC_BYTES || f->kind == RPC_STRING;
        message->caps += f->kind == RPC_CAP;
        message->fixed_words += f->kind == RPC_CAP ? 0 : words_of(f);
        payload += is_sized ? payload_words(f) : 0;
        if (message->caps > 1) {
            refuse(f->at, "send it with another method",
                   "a message brings one capability: '%s' is the second %s", f->name,
                   direction);
        }
    }
    if (message->fixed_words > RPC_WORDS) {
        refuse(m->at, "send less at once, or send bytes",
               "the values %s of '%s' are %u words, and a message has %d", direction, m->name,
               message->fixed_words, RPC_WORDS);
    }
    message->is_paged = message->fixed_words + payload > RPC_WORDS;
    message->has_variable = payload > 0 && !message->is_paged;
    message->most_words = message->fixed_words + (message->is_paged ? 0 : payload);
    if (!message->is_paged) {
        return;
    }
    if (payload > RPC_PAGE_SIZE / 8) {
        refuse(m->at, "send less at once", "the bytes %s of '%s' are more than a page of %d",
               direction, m->name, RPC_PAGE_SIZE);
    }
    rpc->has_page = true;
    unsigned offset = 0;
    for (struct rpc_field *f = message->fields; f != NULL; f = f->next) {
        if (f->kind == RPC_BYTES || f->kind == RPC_STRING) {
            f->page_offset = offset;
            offset += payload_words(f) * 8;
        }
    }
}

static void method_read(struct rpc *rpc, const struct xml_node *n)
{
    static const char *const allowed[] = {"in", "out"};
    struct rpc_method *m = arena_take(rpc->arena, sizeof(*m));
    xml_allow(rpc->arena, n, "name brief");
    check_text(n);
    m->name = name_of(rpc, n);
    m->brief = brief_of(rpc, n);
    m->at = n->at;
    m->number = ++rpc->method_count;
    struct rpc_method **tail = &rpc->methods;
    for (; *tail != NULL; tail = &(*tail)->next) {
        if (str_equal((*tail)->name, m->name)) {
            refuse_twice(rpc, n, m->name, (*tail)->at);
        }
    }
    *tail = m;
    if (m->number > RPC_METHODS) {
        refuse(n->at, "make a second protocol", "a protocol has at most %d methods",
               RPC_METHODS);
    }
    for (const struct xml_node *c = xml_first(n); c != NULL; c = xml_next(c)) {
        bool is_in = str_equal(c->name, "in");
        if (!is_in && !str_equal(c->name, "out")) {
            xml_unexpected(rpc->arena, c, allowed, COUNT(allowed));
        }
        xml_allow(rpc->arena, c, "name brief type max");
        append(rpc, is_in ? &m->in.fields : &m->out.fields, c, field_read(rpc, c));
    }
    rpc_check_params(rpc, m);
    lay_out(rpc, m, &m->in, "in");
    lay_out(rpc, m, &m->out, "out");
    rpc->has_in_caps = rpc->has_in_caps || m->in.caps > 0;
}

void rpc_read(struct rpc *rpc, struct arena *a, const struct source *source)
{
    static const char *const allowed[] = {"enum", "struct", "error", "method"};
    static const char *const roots[] = {"protocol"};
    const struct xml_node *root = xml_parse(a, source);
    *rpc = (struct rpc){.arena = a, .at = root->at};
    if (!str_equal(root->name, "protocol")) {
        xml_unexpected(a, root, roots, 1);
    }
    xml_allow(a, root, "name version brief");
    check_text(root);
    rpc->name = name_of(rpc, root);
    rpc->brief = brief_of(rpc, root);
    rpc->version = number(rpc, root, "version", 1000000);
    for (const struct xml_node *n = xml_first(root); n != NULL; n = xml_next(n)) {
        if (str_equal(n->name, "enum") || str_equal(n->name, "struct")) {
            def_read(rpc, n);
        } else if (str_equal(n->name, "error")) {
            error_read(rpc, n);
        } else if (str_equal(n->name, "method")) {
            method_read(rpc, n);
        } else {
            xml_unexpected(a, n, allowed, COUNT(allowed));
        }
    }
    if (rpc->methods == NULL) {
        refuse(root->at, "add a <method>", "protocol '%s' has no method", rpc->name);
    }
    rpc_check_constants(rpc);
}
