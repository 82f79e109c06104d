/* SPDX-License-Identifier: BSD-2-Clause */
#include "xml.h"

#include <expat.h>
#include <limits.h>
#include <string.h>

/* As deep as 1024 protection domains in one another, and what is in the innermost one. */
enum { DEEPEST = 1100, MOST_ELEMENTS = 1000000 };

struct builder {
    struct arena *arena;
    const struct source *source;
    XML_Parser parser;
    struct xml_node *root;
    struct xml_node *open;
    struct text text; /* read, and not yet in the tree */
    struct place text_at;
    int depth;
    int element_count;
    struct xml_problem problem; /* the first, if it has a text */
};

static struct place here(const struct builder *b)
{
    return (struct place){
        .source = b->source,
        .line = (int)XML_GetCurrentLineNumber(b->parser),
        .col = (int)XML_GetCurrentColumnNumber(b->parser) + 1,
    };
}

static void refuse_here(struct builder *b, const char *help, const char *what)
{
    if (b->problem.what == NULL) {
        b->problem = (struct xml_problem){.at = here(b), .what = what, .help = help};
        XML_StopParser(b->parser, XML_FALSE);
    }
}

static struct xml_node *append(struct builder *b, struct place at)
{
    struct xml_node *n = arena_take(b->arena, sizeof(*n));
    n->at = at;
    n->parent = b->open;
    if (b->open == NULL) {
        b->root = n;
    } else if (b->open->last == NULL) {
        b->open->first = n;
        b->open->last = n;
    } else {
        b->open->last->next = n;
        b->open->last = n;
    }
    return n;
}

/* Text comes in pieces, which become one node at the next tag. */
static void end_text(struct builder *b)
{
    if (b->text.length > 0) {
        append(b, b->text_at)->text = arena_copy(b->arena, b->text.data, b->text.length);
        b->text.length = 0;
    }
}

/* A walk over the text of a start tag, which expat has found well-formed. */
struct walk {
    const char *c;
    const char *end;
    struct place at;
};

static void step(struct walk *w)
{
    if (w->c == w->end) {
        return;
    }
    unsigned char c = (unsigned char)*w->c++;
    unsigned char next = w->c == w->end ? 0 : (unsigned char)*w->c;
    if (c == '\n' || (c == '\r' && next != '\n')) {
        w->at.line++;
        w->at.col = 1;
    } else if ((next & 0xc0) != 0x80) {
        /* A character of several bytes is one column. */
        w->at.col++;
    }
}

static void step_until(struct walk *w, const char *stops)
{
    while (w->c != w->end && strchr(stops, *w->c) == NULL) {
        step(w);
    }
}

static void step_over(struct walk *w, const char *skipped)
{
    while (w->c != w->end && *w->c != '\0' && strchr(skipped, *w->c) != NULL) {
        step(w);
    }
}

static const char blanks[] = " \t\r\n";

/* Find the places of an attribute, to whose name w goes, and leave it behind the value. */
static void locate(struct walk *w, struct xml_attr *attr)
{
    step_over(w, blanks);
    attr->at = w->at;
    step_until(w, "\"'");
    char quote[2] = {w->c == w->end ? '"' : *w->c, '\0'};
    step(w);
    attr->value_at = w->at;
    step_until(w, quote);
    step(w);
}

static void add_attributes(struct builder *b, struct xml_node *n, const char **attrs)
{
    long start = (long)XML_GetCurrentByteIndex(b->parser);
    struct walk w = {b->source->text + start, b->source->text + b->source->size, n->at};
    struct xml_attr **tail = &n->attrs;

    step_until(&w, " \t\r\n>");
    for (size_t i = 0; attrs[i] != NULL; i += 2) {
        struct xml_attr *attr = arena_take(b->arena, sizeof(*attr));
        attr->name = arena_copy(b->arena, attrs[i], strlen(attrs[i]));
        attr->value = arena_copy(b->arena, attrs[i + 1], strlen(attrs[i + 1]));
        locate(&w, attr);
        *tail = attr;
        tail = &attr->next;
    }
}

static void XMLCALL on_start(void *user, const char *name, const char **attrs)
{
    struct builder *b = user;
    if (++b->depth > DEEPEST || ++b->element_count > MOST_ELEMENTS) {
        refuse_here(
            b, b->depth > DEEPEST ? "flatten the file" : "divide the file",
            b->depth > DEEPEST
                ? arena_printf(b->arena, "elements are nested deeper than %d", (int)DEEPEST)
                : arena_printf(b->arena, "there are more than %d elements",
                               (int)MOST_ELEMENTS));
        return;
    }
    end_text(b);
    struct xml_node *n = append(b, here(b));
    n->name = arena_copy(b->arena, name, strlen(name));
    add_attributes(b, n, attrs);
    b->open = n;
}

static void XMLCALL on_end(void *user, const char *name)
{
    struct builder *b = user;
    (void)name;
    b->depth--;
    if (b->open != NULL) {
        end_text(b);
        b->open = b->open->parent;
    }
}

static void XMLCALL on_text(void *user, const char *s, int length)
{
    struct builder *b = user;
    if (b->open == NULL) {
        return;
    }
    if (b->text.length == 0) {
        b->text_at = here(b);
    }
    text_add(&b->text, s, (size_t)length);
}

/* Our files need no entities of their own, and files from elsewhere could bring bombs. */
static void XMLCALL on_doctype(void *user, const char *name, const char *sysid,
                               const char *pubid, int has_subset)
{
    (void)name;
    (void)sysid;
    (void)pubid;
    (void)has_subset;
    refuse_here(user, "delete the <!DOCTYPE ...> declaration",
                "a document type is not allowed");
}

static struct xml_node *parse(struct builder *b)
{
    XML_SetUserData(b->parser, b);
    XML_SetElementHandler(b->parser, on_start, on_end);
    XML_SetCharacterDataHandler(b->parser, on_text);
    XML_SetStartDoctypeDeclHandler(b->parser, on_doctype);
    bool is_good =
        XML_Parse(b->parser, b->source->text, (int)b->source->size, 1) == XML_STATUS_OK;
    if (!is_good && b->problem.what == NULL) {
        refuse_here(b, "check the file with: xmllint --noout FILE",
                    arena_printf(b->arena, "malformed XML: %s",
                                 XML_ErrorString(XML_GetErrorCode(b->parser))));
    }
    text_fini(&b->text);
    return b->problem.what == NULL ? b->root : NULL;
}

struct xml_node *xml_read(struct arena *a, const struct source *source,
                          struct xml_problem *ret_problem)
{
    struct builder b = {.arena = a, .source = source};
    struct xml_node *root = NULL;

    if (source->size > INT_MAX) {
        b.problem = (struct xml_problem){{source, 0, 0}, "the file is too large", "divide it"};
    } else {
        b.parser = XML_ParserCreate("UTF-8");
        if (b.parser != NULL) {
            root = parse(&b);
            XML_ParserFree(b.parser);
        } else {
            b.problem = (struct xml_problem){{0}, "out of memory", "free some memory"};
        }
    }
    if (root == NULL) {
        *ret_problem = b.problem;
    }
    return root;
}

bool xml_text_place(const struct xml_node *text, struct place *ret_place)
{
    size_t blank = strspn(text->text, blanks);
    struct walk w = {text->text, text->text + blank, text->at};

    while (w.c != w.end) {
        step(&w);
    }
    *ret_place = w.at;
    return text->text[blank] != '\0';
}

const char *xml_attr(const struct xml_node *n, const char *name)
{
    for (struct xml_attr *attr = n->attrs; attr != NULL; attr = attr->next) {
        if (str_equal(attr->name, name)) {
            return attr->value;
        }
    }
    return NULL;
}

struct xml_node *xml_first(const struct xml_node *n)
{
    struct xml_node *child = n->first;
    while (child != NULL && child->name == NULL) {
        child = child->next;
    }
    return child;
}

struct xml_node *xml_next(const struct xml_node *n)
{
    struct xml_node *next = n->next;
    while (next != NULL && next->name == NULL) {
        next = next->next;
    }
    return next;
}

struct xml_node *xml_child(const struct xml_node *n, const char *name)
{
    for (struct xml_node *c = xml_first(n); c != NULL; c = xml_next(c)) {
        if (str_equal(c->name, name)) {
            return c;
        }
    }
    return NULL;
}
