/* SPDX-License-Identifier: BSD-2-Clause */
#include "attr.h"

#define FIELD(f) offsetof(struct sk_system_map, f)

static void read_perms(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                       void *out)
{
    struct sk_system_map *map = out;

    map->perms_at = attr->value_at;
    map->perms = read_letters(r, n, attr, "rwx");
    if (map->perms == SK_SYSTEM_WRITE) {
        bad_attr(r, n->name, attr->name, attr->value_at, "perms=\"rw\"",
                 "memory cannot be mapped for writing only");
    }
}

static void not_for_guests(struct reader *r, const struct xml_node *n,
                           const struct xml_attr *attr, void *out)
{
    (void)out;
    bad_attr(r, n->name, attr->name, attr->at, "delete it",
             "a virtual machine has no image whose variables could be set");
}

static const struct attr_rule rules[] = {
    /* The first three are for virtual machines, the last three for protection domains. */
    {"setvar_vaddr", ATTR_SPECIAL, .read = not_for_guests},
    {"setvar_size", ATTR_SPECIAL, .read = not_for_guests},
    {"setvar_prefill_size", ATTR_SPECIAL, .read = not_for_guests},
    {"mr", ATTR_TEXT, true, FIELD(mr), .example = "region"},
    {"vaddr", ATTR_NUMBER, true, FIELD(vaddr), .max = UINT64_MAX, .multiple = SK_SYSTEM_PAGE,
     .example = "0x4000000"},
    {"perms", ATTR_SPECIAL, .read = read_perms, .example = "rw"},
    {"cached", ATTR_FLAG, false, FIELD(cached), .otherwise = 1, .example = "false"},
    {"setvar_vaddr", ATTR_TEXT, false, FIELD(setvar_vaddr), .example = "region_vaddr"},
    {"setvar_size", ATTR_TEXT, false, FIELD(setvar_size), .example = "region_size"},
    {"setvar_prefill_size", ATTR_TEXT, false, FIELD(setvar_prefill_size),
     .example = "file_size"},
};

enum { OWN_RULES = 3, RULE_COUNT = sizeof(rules) / sizeof(rules[0]) - OWN_RULES };

static void read_map(struct reader *r, const struct xml_node *n, struct sk_system_map *map,
                     bool is_guest)
{
    map->at = map->perms_at = n->at;
    map->perms = SK_SYSTEM_READ | SK_SYSTEM_WRITE;
    map->setvar_vaddr.at = map->setvar_size.at = map->setvar_prefill_size.at = n->at;
    read_attrs(r, n, is_guest ? rules : rules + OWN_RULES, RULE_COUNT, map);
    check_children(r, n, "");
    map->region = resolve_region(r, n->name, "mr", &map->mr);
}

void read_maps(struct reader *r, const struct xml_node *n, struct sk_system_map **ret_maps,
               size_t *ret_count, bool is_guest)
{
    struct sk_system_map *maps = TAKE(r, struct sk_system_map, count_children(n, "map"));
    size_t count = 0;

    FOR_CHILDREN(child, n, "map")
    {
        read_map(r, child, &maps[count++], is_guest);
    }
    *ret_maps = maps;
    *ret_count = count;
}

static void add_map_setvar(struct reader *r, struct sk_system_domain *d,
                           struct sk_system_map *map, enum sk_system_setvar_kind kind,
                           const char *attr, const struct sk_system_text *symbol)
{
    if (symbol->value != NULL && map->region != NULL) {
        struct sk_system_setvar *v = add_setvar(r, d, kind, "map", attr, symbol);
        v->map = map;
        v->region = map->region;
        v->value = kind == SK_SYSTEM_SETVAR_VADDR ? map->vaddr.value : 0;
    }
}

void add_map_setvars(struct reader *r, struct sk_system_domain *d)
{
    for (size_t k = 0; k < d->map_count; k++) {
        struct sk_system_map *map = &d->maps[k];
        add_map_setvar(r, d, map, SK_SYSTEM_SETVAR_VADDR, "setvar_vaddr", &map->setvar_vaddr);
        add_map_setvar(r, d, map, SK_SYSTEM_SETVAR_SIZE, "setvar_size", &map->setvar_size);
        add_map_setvar(r, d, map, SK_SYSTEM_SETVAR_PREFILL_SIZE, "setvar_prefill_size",
                       &map->setvar_prefill_size);
    }
}
