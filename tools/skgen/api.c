/* SPDX-License-Identifier: BSD-2-Clause */
#include "api.h"

#include <string.h>

static const char *const api_elements[] = {"struct", "interface"};
static const char *const interface_elements[] = {"method", "condition"};
static const char *const method_elements[] = {"condition", "brief", "description", "cap_param",
                                              "param",     "error", "return"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Names end up in C, so they must be C names. */
const char *api_need_name(struct arena *a, const struct xml_node *n, const char *attr)
{
    const char *name = xml_need(a, n, attr);
    for (const char *s = name; *s != '\0'; s++) {
        bool is_letter = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || *s == '_';
        bool is_digit = *s >= '0' && *s <= '9';
        if (!is_letter && !(is_digit && s != name)) {
            refuse(n->at, "use letters, digits and '_'", "%s '%s' is not a C name", attr, name);
        }
    }
    if (*name == '\0') {
        refuse(n->at, "use letters, digits and '_'", "attribute '%s' is empty", attr);
    }
    return name;
}

static struct api_param *read_param(struct arena *a, const struct xml_node *n)
{
    struct api_param *param = arena_take(a, sizeof(*param));
    param->node = n;
    param->name = api_need_name(a, n, "name");
    param->type = api_need_name(a, n, "type");
    const char *dir = xml_need(a, n, "dir");
    param->is_out = str_equal(dir, "out");
    if (!param->is_out && !str_equal(dir, "in")) {
        refuse(n->at, "write dir=\"in\" or dir=\"out\"", "parameter '%s' has direction '%s'",
               param->name, dir);
    }
    return param;
}

static struct api_method *read_method(struct arena *a, const struct config *c,
                                      struct api_interface *interface, const struct xml_node *n)
{
    struct api_method *method = arena_take(a, sizeof(*method));
    method->interface = interface;
    method->node = n;
    method->id = api_need_name(a, n, "id");
    method->name = api_need_name(a, n, "name");
    method->is_wanted = condition_holds(a, c, n) && condition_holds(a, c, interface->node);
    struct api_param **param_tail = &method->params;
    struct api_error **error_tail = &method->errors;
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        if (str_equal(e->name, "param")) {
            *param_tail = read_param(a, e);
            param_tail = &(*param_tail)->next;
        } else if (str_equal(e->name, "error")) {
            struct api_error *error = arena_take(a, sizeof(*error));
            error->name = api_need_name(a, e, "name");
            error->node = e;
            *error_tail = error;
            error_tail = &error->next;
        } else if (!str_equal(e->name, "condition") && !str_equal(e->name, "brief") &&
                   !str_equal(e->name, "description") && !str_equal(e->name, "cap_param") &&
                   !str_equal(e->name, "return")) {
            xml_unexpected(a, e, method_elements, COUNT(method_elements));
        }
    }
    return method;
}

static struct api_interface *read_interface(struct arena *a, const struct config *c,
                                            const struct xml_node *n)
{
    struct api_interface *interface = arena_take(a, sizeof(*interface));
    interface->node = n;
    interface->name = api_need_name(a, n, "name");
    struct api_method **tail = &interface->methods;
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        if (str_equal(e->name, "method")) {
            *tail = read_method(a, c, interface, e);
            tail = &(*tail)->next;
        } else if (!str_equal(e->name, "condition")) {
            xml_unexpected(a, e, interface_elements, COUNT(interface_elements));
        }
    }
    return interface;
}

static struct api_struct *read_struct(struct arena *a, const struct xml_node *n)
{
    static const char *const allowed[] = {"member"};
    struct api_struct *s = arena_take(a, sizeof(*s));
    s->node = n;
    s->name = api_need_name(a, n, "name");
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        if (!str_equal(e->name, "member")) {
            xml_unexpected(a, e, allowed, COUNT(allowed));
        }
        s->member_count++;
    }
    if (s->member_count == 0) {
        refuse(n->at, "give it <member name=\"...\"/> elements", "struct '%s' is empty",
               s->name);
    }
    s->members = arena_take(a, s->member_count * sizeof(s->members[0]));
    size_t i = 0;
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        s->members[i++] = api_need_name(a, e, "name");
    }
    return s;
}

void api_read_part(struct arena *a, const struct config *c, const struct source *source,
                   struct api_part *ret_part)
{
    struct xml_node *root = xml_parse(a, source);
    if (!str_equal(root->name, "api")) {
        static const char *const allowed[] = {"api"};
        xml_unexpected(a, root, allowed, COUNT(allowed));
    }
    struct api_part part = {.source = source};
    struct api_interface **interface_tail = &part.interfaces;
    struct api_struct **struct_tail = &part.structs;
    for (const struct xml_node *e = xml_first(root); e != NULL; e = xml_next(e)) {
        if (str_equal(e->name, "interface")) {
            *interface_tail = read_interface(a, c, e);
            interface_tail = &(*interface_tail)->next;
        } else if (str_equal(e->name, "struct")) {
            *struct_tail = read_struct(a, e);
            struct_tail = &(*struct_tail)->next;
        } else {
            xml_unexpected(a, e, api_elements, COUNT(api_elements));
        }
    }
    *ret_part = part;
}

/* Two methods of one name must never be in one kernel: which would C call? */
static void check_alone(const struct api_part *part, const struct api_method *m)
{
    for (const struct api_interface *i = part->interfaces; i != NULL; i = i->next) {
        for (const struct api_method *o = i->methods; o != NULL; o = o->next) {
            if (o == m) {
                return;
            }
            bool is_same_call = str_equal(o->interface->name, m->interface->name) &&
                                str_equal(o->name, m->name);
            if (o->is_wanted && (is_same_call || str_equal(o->id, m->id))) {
                refuse(m->node->at, "give the two conditions that exclude each other",
                       "'%s' is described twice for this configuration, first in line %d",
                       m->id, o->node->at.line);
            }
        }
    }
}

static int number_part(struct api_part *part, int label)
{
    for (struct api_interface *i = part->interfaces; i != NULL; i = i->next) {
        for (struct api_method *m = i->methods; m != NULL; m = m->next) {
            if (m->is_wanted) {
                check_alone(part, m);
                m->label = label++;
            }
        }
    }
    return label;
}

void api_number(struct api *api)
{
    int label = 1;
    for (int i = 0; i < API_PART_COUNT; i++) {
        label = number_part(&api->parts[i], label);
    }
}

int api_end_label(const struct api *api, enum api_part_id part)
{
    int end = 1;
    for (int id = 0; id <= (int)part; id++) {
        for (struct api_interface *i = api->parts[id].interfaces; i != NULL; i = i->next) {
            for (struct api_method *m = i->methods; m != NULL; m = m->next) {
                end += m->is_wanted ? 1 : 0;
            }
        }
    }
    return end;
}

int api_first_label(const struct api *api, enum api_part_id part)
{
    return part == API_GENERIC ? 1 : api_end_label(api, (enum api_part_id)(part - 1));
}

const char *api_object_name(const struct api_interface *interface)
{
    static const char *const prefixes[] = {"seL4_ARM_", "seL4_RISCV_", "seL4_X86_", "seL4_X64_",
                                           "seL4_"};
    for (size_t i = 0; i < COUNT(prefixes); i++) {
        if (str_starts(interface->name, prefixes[i])) {
            return interface->name + strlen(prefixes[i]);
        }
    }
    return interface->name;
}

static const char *prose(struct arena *a, const struct xml_node *n, bool is_markdown)
{
    struct text out = {0};
    xml_prose(&out, n, is_markdown);
    const char *copy = arena_copy(a, out.data == NULL ? "" : out.data, out.length);
    text_fini(&out);
    return copy;
}

const char *api_sentence(struct arena *a, const struct api_method *m)
{
    const struct xml_node *brief = xml_child(m->node, "brief");
    const char *words = brief == NULL ? m->id : prose(a, brief, false);
    size_t length = strlen(words);
    return length > 0 && words[length - 1] == '.' ? words : arena_printf(a, "%s.", words);
}

const char *api_description(struct arena *a, const struct xml_node *n, bool is_markdown)
{
    const struct xml_node *description = xml_child(n, "description");
    if (description != NULL) {
        return prose(a, description, is_markdown);
    }
    const char *attr = xml_attr(n, "description");
    return attr == NULL ? "" : attr;
}
