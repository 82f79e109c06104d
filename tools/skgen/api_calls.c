/* SPDX-License-Identifier: BSD-2-Clause */
#include "api.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct numbering {
    struct arena *arena;
    const struct config *config;
    struct api_call **tail;
    int next;
};

static void number_config(struct numbering *s, const struct xml_node *config)
{
    static const char *const allowed[] = {"condition", "syscall"};
    bool is_wanted = condition_holds(s->arena, s->config, config);
    for (const struct xml_node *e = xml_first(config); e != NULL; e = xml_next(e)) {
        if (str_equal(e->name, "condition")) {
            continue;
        }
        if (!str_equal(e->name, "syscall")) {
            xml_unexpected(s->arena, e, allowed, COUNT(allowed));
        }
        const char *name = xml_need(s->arena, e, "name");
        int number = s->next--;
        if (is_wanted) {
            struct api_call *call = arena_take(s->arena, sizeof(*call));
            *call = (struct api_call){.name = name, .number = number, .node = e};
            *s->tail = call;
            s->tail = &call->next;
        }
    }
}

static void number_group(struct numbering *s, const struct xml_node *root, const char *group)
{
    static const char *const allowed[] = {"config"};
    const struct xml_node *n = xml_child(root, group);
    if (n == NULL) {
        refuse(root->at, "the groups are api-master, api-mcs and debug",
               "the list of system calls has no group '%s'", group);
    }
    for (const struct xml_node *e = xml_first(n); e != NULL; e = xml_next(e)) {
        if (!str_equal(e->name, "config")) {
            xml_unexpected(s->arena, e, allowed, COUNT(allowed));
        }
        number_config(s, e);
    }
}

void api_read_calls(struct arena *a, const struct config *c, const struct source *source,
                    struct api *api)
{
    static const char *const roots[] = {"syscalls"};
    static const char *const groups[] = {"api-master", "api-mcs", "debug"};
    struct xml_node *root = xml_parse(a, source);
    if (!str_equal(root->name, "syscalls")) {
        xml_unexpected(a, root, roots, COUNT(roots));
    }
    for (const struct xml_node *e = xml_first(root); e != NULL; e = xml_next(e)) {
        if (!str_equal(e->name, groups[0]) && !str_equal(e->name, groups[1]) &&
            !str_equal(e->name, groups[2])) {
            xml_unexpected(a, e, groups, COUNT(groups));
        }
    }
    struct numbering s = {.arena = a, .config = c, .tail = &api->calls, .next = -1};
    api->syscall_source = source;
    number_group(&s, root, config_is_on(c, "KERNEL_MCS") ? "api-mcs" : "api-master");
    number_group(&s, root, "debug");
}
