/* SPDX-License-Identifier: BSD-2-Clause */
#include "xml.h"

#include <string.h>

struct xml_node *xml_parse(struct arena *a, const struct source *source)
{
    struct xml_problem problem;
    struct xml_node *root = xml_read(a, source, &problem);
    if (root == NULL) {
        refuse(problem.at, problem.help, "%s", problem.what);
    }
    return root;
}

const char *xml_need(struct arena *a, const struct xml_node *n, const char *name)
{
    const char *value = xml_attr(n, name);
    if (value == NULL) {
        refuse(n->at, arena_printf(a, "write <%s %s=\"...\">", n->name, name),
               "element '%s' needs the attribute '%s'", n->name, name);
    }
    return value;
}

enum { MOST_NAMES = 16 };

void xml_allow(struct arena *a, const struct xml_node *n, const char *names)
{
    const char *list[MOST_NAMES];
    size_t count = 0;
    for (const char *s = names; *s != '\0' && count < MOST_NAMES; count++) {
        size_t length = strcspn(s, " ");
        list[count] = arena_copy(a, s, length);
        s += length + strspn(s + length, " ");
    }
    for (const struct xml_attr *attr = n->attrs; attr != NULL; attr = attr->next) {
        size_t i = 0;
        while (i < count && !str_equal(list[i], attr->name)) {
            i++;
        }
        if (i == count) {
            refuse(n->at,
                   suggest(a, attr->name, list, count, arena_printf(a, "allowed: %s", names)),
                   "unknown attribute '%s' of '%s'", attr->name, n->name);
        }
    }
}

bool xml_flag(const struct xml_node *n, const char *name)
{
    const char *value = xml_attr(n, name);
    if (value == NULL || str_equal(value, "false")) {
        return false;
    }
    if (!str_equal(value, "true")) {
        refuse(n->at, "write true or false", "attribute '%s' is '%s'", name, value);
    }
    return true;
}

void xml_unexpected(struct arena *a, const struct xml_node *n, const char *const *allowed,
                    size_t allowed_count)
{
    struct text list = {0};
    for (size_t i = 0; i < allowed_count; i++) {
        text_addf(&list, "%s%s", i == 0 ? "allowed here: " : ", ", allowed[i]);
    }
    const char *otherwise = arena_copy(a, list.data == NULL ? "" : list.data, list.length);
    text_fini(&list);
    refuse(n->at, suggest(a, n->name, allowed, allowed_count, otherwise),
           "unknown element '%s'%s%s%s", n->name, n->parent == NULL ? "" : " in '",
           n->parent == NULL ? "" : n->parent->name, n->parent == NULL ? "" : "'");
}
