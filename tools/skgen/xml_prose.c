/* SPDX-License-Identifier: BSD-2-Clause */
#include "xml.h"

#include <string.h>

struct prose {
    struct text *out;
    bool is_markdown;
    bool has_gap; /* white space is due before the next word */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Words that begin with closing punctuation join the word before them. */
static bool joins(char c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == ')';
}

static void add_word(struct prose *p, const char *word, size_t length)
{
    struct text *out = p->out;
    char last = out->length == 0 ? '\n' : out->data[out->length - 1];
    if (p->has_gap && last != '\n' && last != '(' && !joins(word[0])) {
        text_add(out, " ", 1);
    }
    text_add(out, word, length);
    p->has_gap = false;
}

static void add_text(struct prose *p, const char *s)
{
    while (*s != '\0') {
        if (is_space(*s)) {
            p->has_gap = true;
            s++;
            continue;
        }
        size_t length = strcspn(s, " \t\r\n");
        add_word(p, s, length);
        s += length;
    }
}

static void add_code(struct prose *p, const char *s)
{
    if (s == NULL) {
        return;
    }
    if (p->is_markdown) {
        add_word(p, "`", 1);
    }
    add_word(p, s, strlen(s));
    if (p->is_markdown) {
        add_word(p, "`", 1);
    }
}

static void add_children(struct prose *p, const struct xml_node *n);

static void add_node(struct prose *p, const struct xml_node *n)
{
    if (n->name == NULL) {
        add_text(p, n->text);
    } else if (str_equal(n->name, "texttt")) {
        add_code(p, xml_attr(n, "text"));
    } else if (str_equal(n->name, "obj")) {
        const char *name = xml_attr(n, "name");
        add_word(p, name == NULL ? "" : name, name == NULL ? 0 : strlen(name));
    } else if (str_equal(n->name, "li")) {
        text_adds(p->out, p->is_markdown ? "\n- " : " - ");
        p->has_gap = false;
        add_children(p, n);
    } else if (str_equal(n->name, "docref") || str_equal(n->name, "autoref") ||
               str_equal(n->name, "shortref") || str_equal(n->name, "errorenumdesc")) {
        /* These name chapters of another document. */
        p->has_gap = true;
    } else {
        add_children(p, n);
    }
}

static void add_children(struct prose *p, const struct xml_node *n)
{
    for (const struct xml_node *c = n->first; c != NULL; c = c->next) {
        add_node(p, c);
    }
}

void xml_prose(struct text *out, const struct xml_node *n, bool is_markdown)
{
    struct prose p = {.out = out, .is_markdown = is_markdown};
    add_children(&p, n);
}
