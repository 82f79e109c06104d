/* SPDX-License-Identifier: BSD-2-Clause */
#include "attr.h"

enum { PORTS = 0x10000 };

void read_ioports(struct reader *r, const struct xml_node *n, struct sk_system_domain *d)
{
#define FIELD(f) offsetof(struct sk_system_ioport, f)
    static const struct attr_rule rules[] = {
        {"id", ATTR_DECIMAL, true, FIELD(id), .max = SK_SYSTEM_CHANNELS_MAX - 1,
         .example = "0"},
        {"addr", ATTR_NUMBER, true, FIELD(addr), .max = PORTS - 1, .example = "0x3f8"},
        {"size", ATTR_DECIMAL, true, FIELD(size), .min = 1, .max = PORTS, .example = "8"},
        {"setvar_id", ATTR_TEXT, false, FIELD(setvar_id), .example = "port_id"},
        {"setvar_addr", ATTR_TEXT, false, FIELD(setvar_addr), .example = "port_addr"},
    };
#undef FIELD
    d->ioports = TAKE(r, struct sk_system_ioport, count_children(n, "ioport"));
    FOR_CHILDREN(child, n, "ioport")
    {
        struct sk_system_ioport *port = &d->ioports[d->ioport_count++];
        port->at = child->at;
        if (r->limits->isa != SK_SDF_X86_64) {
            bad_element(r, child->name, child->at,
                        "<map> a region with the phys_addr of the device",
                        "only x86 has I/O ports, and the board is %s", r->limits->board);
        }
        read_attrs(r, child, RULES(rules), port);
        check_children(r, child, "");
        if (port->setvar_id.value != NULL) {
            add_setvar(r, d, SK_SYSTEM_SETVAR_ID, child->name, "setvar_id", &port->setvar_id)
                ->value = port->id.value;
        }
        if (port->setvar_addr.value != NULL) {
            add_setvar(r, d, SK_SYSTEM_SETVAR_IOPORT_ADDR, child->name, "setvar_addr",
                       &port->setvar_addr)
                ->value = port->addr.value;
        }
    }
}

static void read_iomap_perms(struct reader *r, const struct xml_node *n,
                             const struct xml_attr *attr, void *out)
{
    struct sk_system_iomap *map = out;

    map->perms_at = attr->value_at;
    map->perms = read_letters(r, n, attr, "rw");
}

static void read_iomaps(struct reader *r, const struct xml_node *n,
                        struct sk_system_io_space *space)
{
    static const struct attr_rule rules[] = {
        {"mr", ATTR_TEXT, true, offsetof(struct sk_system_iomap, mr), .example = "buffer"},
        {"iovaddr", ATTR_NUMBER, true, offsetof(struct sk_system_iomap, iovaddr),
         .max = (1ull << 39) - 1, .multiple = SK_SYSTEM_PAGE, .example = "0x1000000"},
        {"perms", ATTR_SPECIAL, .read = read_iomap_perms, .example = "rw"},
    };

    space->maps = TAKE(r, struct sk_system_iomap, count_children(n, "iomap"));
    FOR_CHILDREN(child, n, "iomap")
    {
        struct sk_system_iomap *map = &space->maps[space->map_count++];
        map->at = map->perms_at = child->at;
        map->perms = SK_SYSTEM_READ | SK_SYSTEM_WRITE;
        read_attrs(r, child, RULES(rules), map);
        check_children(r, child, "");
        map->region = resolve_region(r, child->name, "mr", &map->mr);
    }
}

static void read_peripheral(struct reader *r, const struct xml_node *n,
                            const struct xml_attr *attr, void *out)
{
    struct sk_system_io_space *space = out;

    space->peripheral_id = (struct sk_system_text){attr->value, attr->value_at};
    space->has_device =
        read_pci(r, n, attr, &space->pci_bus, &space->pci_device, &space->pci_function);
}

void read_io_spaces(struct reader *r, const struct xml_node *root)
{
    static const struct attr_rule rules[] = {
        {"name", ATTR_TEXT, true, offsetof(struct sk_system_io_space, name),
         .example = "ethernet"},
        {"peripheral_id", ATTR_SPECIAL, true, .read = read_peripheral, .example = "00:1f.2"},
        {"domain_id", ATTR_NUMBER, true, offsetof(struct sk_system_io_space, domain_id),
         .max = UINT16_MAX, .example = "1"},
    };
    struct sk_system *s = r->system;

    s->io_spaces = TAKE(r, struct sk_system_io_space, count_children(root, "io_address_space"));
    FOR_CHILDREN(child, root, "io_address_space")
    {
        struct sk_system_io_space *space = &s->io_spaces[s->io_space_count++];
        space->at = space->peripheral_id.at = child->at;
        if (r->limits->isa != SK_SDF_X86_64) {
            bad_element(r, child->name, child->at, "delete it: devices use physical addresses",
                        "only x86 has I/O address spaces, and the board is %s",
                        r->limits->board);
        } else if (!r->limits->has_iommu) {
            bad_element(r, child->name, child->at, "choose a kernel with IOMMU",
                        "the kernel for %s does not know the IOMMU", r->limits->board);
        }
        read_attrs(r, child, RULES(rules), space);
        declare(r, &r->io_spaces, child->name, &space->name, space);
        check_children(r, child, "iomap");
        read_iomaps(r, child, space);
    }
}
