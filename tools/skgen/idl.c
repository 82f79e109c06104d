/* SPDX-License-Identifier: BSD-2-Clause */
#include "idl.h"

#include <errno.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct source *idl_source(const struct idl *idl, const char *file, struct place at)
{
    const char *path = arena_printf(idl->arena, "%s/%s", idl->folder, file);
    const char *label = arena_printf(idl->arena, "idl/sel4/%s", file);
    while (str_starts(label, "idl/sel4/../../")) {
        label += strlen("idl/sel4/../../");
    }
    const struct source *source = source_read(idl->arena, path, label);
    if (source == NULL) {
        refuse(at,
               at.source == NULL ? "give the folder idl/sel4 of the source tree as --idl"
                                 : "correct the name of the file",
               "cannot read '%s': %s", path, strerror(errno));
    }
    return source;
}

static const struct source *prefix_source(const struct idl *idl, const char *file)
{
    const char *path = arena_printf(idl->arena, "%s/libsel4/include/%s", idl->prefix, file);
    const struct source *source = source_read(idl->arena, path, file);
    if (source == NULL) {
        refuse((struct place){0},
               "give the folder that seL4's build installed into: it holds libsel4/include",
               "'%s' is not an installed seL4: cannot read '%s': %s", idl->prefix, path,
               strerror(errno));
    }
    return source;
}

static void add_piece(struct idl *idl, const struct xml_node *n)
{
    const char *path = xml_need(idl->arena, n, "path");
    if (path[0] == '/' || strstr(path, "..") != NULL ||
        !condition_holds(idl->arena, idl->config, n)) {
        if (path[0] == '/' || strstr(path, "..") != NULL) {
            refuse(n->at, "write a path such as sel4/types.h",
                   "header path '%s' leaves the output", path);
        }
        return;
    }
    struct header **h = &idl->headers;
    while (*h != NULL && !str_equal((*h)->path, path)) {
        h = &(*h)->next;
    }
    if (*h == NULL) {
        *h = arena_take(idl->arena, sizeof(**h));
        (*h)->path = path;
    }
    struct header_piece **tail = &(*h)->pieces;
    while (*tail != NULL) {
        tail = &(*tail)->next;
    }
    *tail = arena_take(idl->arena, sizeof(**tail));
    (*tail)->node = n;
}

static void read_description(struct idl *idl, const struct source *source)
{
    static const char *const roots[] = {"headers"};
    static const char *const allowed[] = {"header"};
    struct xml_node *root = xml_parse(idl->arena, source);
    if (!str_equal(root->name, "headers")) {
        xml_unexpected(idl->arena, root, roots, COUNT(roots));
    }
    for (const struct xml_node *e = xml_first(root); e != NULL; e = xml_next(e)) {
        if (!str_equal(e->name, "header")) {
            xml_unexpected(idl->arena, e, allowed, COUNT(allowed));
        }
        xml_allow(idl->arena, e, "path pbf brief");
        add_piece(idl, e);
    }
}

static void read_api(struct idl *idl, const struct xml_node *n)
{
    static const char *const parts[] = {"generic", "sel4_arch", "arch"};
    static const char *const files[] = {"object-api.xml", "object-api-sel4-arch.xml",
                                        "object-api-arch.xml"};
    const char *part = xml_need(idl->arena, n, "part");
    const char *file = xml_need(idl->arena, n, "file");
    for (int i = 0; i < API_PART_COUNT; i++) {
        if (str_equal(part, parts[i])) {
            const struct source *source =
                idl->prefix == NULL
                    ? idl_source(idl, file, n->at)
                    : prefix_source(idl, arena_printf(idl->arena, "interfaces/%s", files[i]));
            api_read_part(idl->arena, idl->config, source, &idl->api.parts[i]);
            return;
        }
    }
    refuse(n->at, suggest(idl->arena, part, parts, COUNT(parts), "generic, sel4_arch or arch"),
           "unknown part '%s'", part);
}

static void read_syscalls(struct idl *idl, const struct xml_node *n)
{
    const char *file = xml_need(idl->arena, n, "file");
    const struct source *source = idl->prefix == NULL ? idl_source(idl, file, n->at)
                                                      : prefix_source(idl, "api/syscall.xml");
    const char *schema = xml_attr(n, "schema");
    idl->api.syscall_schema = schema == NULL ? NULL : idl_source(idl, schema, n->at);
    api_read_calls(idl->arena, idl->config, source, &idl->api);
}

static void read_typed(struct idl *idl, const struct xml_node *n)
{
    static const char *const roots[] = {"typed"};
    idl->typed = xml_parse(idl->arena, idl_source(idl, xml_need(idl->arena, n, "file"), n->at));
    if (!str_equal(idl->typed->name, "typed")) {
        xml_unexpected(idl->arena, idl->typed, roots, COUNT(roots));
    }
}

static void read_bits(struct idl *idl, struct header *h)
{
    const struct xml_node *first = h->pieces->node;
    const char *pbf = xml_attr(first, "pbf");
    if (pbf != NULL && idl->prefix != NULL) {
        h->bits = bits_read_pbf(idl->arena, prefix_source(idl, pbf));
        return;
    }
    struct xml_node all = {.name = first->name, .at = first->at};
    /* Join the pieces' children in one list; the copies keep their subtrees. */
    struct xml_node **tail = &all.first;
    for (struct header_piece *p = h->pieces; p != NULL; p = p->next) {
        for (const struct xml_node *e = xml_first(p->node); e != NULL; e = xml_next(e)) {
            *tail = arena_take(idl->arena, sizeof(**tail));
            **tail = *e;
            (*tail)->next = NULL;
            tail = &(*tail)->next;
        }
    }
    h->bits = bits_read_xml(idl->arena, idl->config, &all);
}

static void collect_values(void *user, const struct xml_node *item)
{
    struct idl *idl = user;
    const struct xml_node *e = item;
    bool is_enum = str_equal(item->name, "enum");
    if (!is_enum && (!str_equal(item->name, "constant") || xml_attr(item, "params") != NULL)) {
        return;
    }
    const struct named_value *before = NULL;
    for (e = is_enum ? xml_first(item) : item; e != NULL; e = is_enum ? xml_next(e) : NULL) {
        if ((is_enum && !str_equal(e->name, "value")) ||
            !condition_holds(idl->arena, idl->config, e)) {
            continue;
        }
        struct named_value *value = arena_take(idl->arena, sizeof(*value));
        value->name = xml_need(idl->arena, e, "name");
        value->expression = xml_attr(e, "value");
        value->before = before;
        value->node = e;
        value->next = idl->values;
        idl->values = value;
        before = value;
    }
}

void idl_read(struct idl *idl, struct arena *a, const struct config *c, const char *folder,
              const char *prefix)
{
    static const char *const allowed[] = {"read", "api", "syscalls", "typed", "need"};
    *idl = (struct idl){.arena = a, .config = c, .folder = folder, .prefix = prefix};
    idl->manifest = idl_source(idl, "sel4.xml", (struct place){0});
    struct xml_node *root = xml_parse(a, idl->manifest);
    for (const struct xml_node *e = xml_first(root); e != NULL; e = xml_next(e)) {
        if (!condition_holds(a, c, e)) {
            continue;
        }
        if (str_equal(e->name, "need")) {
            need_check(a, c, e);
        } else if (str_equal(e->name, "read")) {
            read_description(idl, idl_source(idl, xml_need(a, e, "file"), e->at));
        } else if (str_equal(e->name, "api")) {
            read_api(idl, e);
        } else if (str_equal(e->name, "syscalls")) {
            read_syscalls(idl, e);
        } else if (str_equal(e->name, "typed")) {
            read_typed(idl, e);
        } else {
            xml_unexpected(a, e, allowed, COUNT(allowed));
        }
    }
    for (int i = 0; i < API_PART_COUNT; i++) {
        if (idl->api.parts[i].source == NULL || idl->api.syscall_source == NULL) {
            refuse((struct place){.source = c->kernel.source},
                   "aarch64, riscv64 and x86_64 are described",
                   "no invocations are described for this architecture");
        }
    }
    api_number(&idl->api);
    for (struct header *h = idl->headers; h != NULL; h = h->next) {
        read_bits(idl, h);
        idl_each_item(idl, h, collect_values, idl);
    }
}

static void each_in(const struct idl *idl, const struct xml_node *n,
                    void (*visit)(void *user, const struct xml_node *item), void *user)
{
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        if (str_equal(e->name, "condition") || !condition_holds(idl->arena, idl->config, e)) {
            continue;
        }
        if (str_equal(e->name, "group")) {
            each_in(idl, e, visit, user);
        } else {
            visit(user, e);
        }
    }
}

void idl_each_item(const struct idl *idl, const struct header *h,
                   void (*visit)(void *user, const struct xml_node *item), void *user)
{
    for (const struct header_piece *p = h->pieces; p != NULL; p = p->next) {
        each_in(idl, p->node, visit, user);
    }
}
