/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "attr.h"

#define FIELD(f) offsetof(struct sk_system_domain, f)

enum { US_DEFAULT = 1000, STACK_DEFAULT = 0x2000, STACK_MAX = 16 << 20 };

static void read_restart(struct reader *r, const struct xml_node *n,
                         const struct xml_attr *attr, void *out)
{
    struct sk_system_domain *d = out;
    uint64_t count = 0;

    d->restart_at = attr->value_at;
    if (str_equal(attr->value, "never")) {
        d->restart = SK_SYSTEM_RESTART_NEVER;
    } else if (str_equal(attr->value, "always")) {
        d->restart = SK_SYSTEM_RESTART_ALWAYS;
    } else if (number_parse(attr->value, false, &count) == NUMBER_GOOD && count >= 1 &&
               count <= 1000000) {
        d->restart = SK_SYSTEM_RESTART_LIMITED;
        d->restart_limit = (unsigned)count;
    } else {
        bad_attr(r, n->name, attr->name, attr->value_at, "sk:restart=\"3\"",
                 "'%s' is neither never, nor always, nor a count of 1 to 1000000", attr->value);
    }
}

static void not_a_child(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                        void *out)
{
    (void)out;
    bad_attr(r, n->name, attr->name, attr->at,
             "delete it, or put the domain into its parent's element",
             "only a domain inside another has it");
}

static const struct attr_rule rules[] = {
    /* The first two are for domains without parent, the last two for children. */
    {"id", ATTR_SPECIAL, .read = not_a_child},
    {"setvar_id", ATTR_SPECIAL, .read = not_a_child},
    {"name", ATTR_TEXT, true, FIELD(name), .example = "driver"},
    {"priority", ATTR_NUMBER, false, FIELD(priority), .max = 254, .example = "100"},
    {"budget", ATTR_NUMBER, false, FIELD(budget_us), .otherwise = US_DEFAULT, .max = UINT64_MAX,
     .example = "1000"},
    {"period", ATTR_NUMBER, false, FIELD(period_us), .otherwise = US_DEFAULT, .min = 1,
     .max = UINT64_MAX, .example = "1000"},
    {"passive", ATTR_FLAG, false, FIELD(passive), .example = "true"},
    {"stack_size", ATTR_NUMBER, false, FIELD(stack_size), .otherwise = STACK_DEFAULT,
     .min = SK_SYSTEM_PAGE, .max = STACK_MAX, .multiple = SK_SYSTEM_PAGE, .example = "0x4000"},
    {"cpu", ATTR_NUMBER, false, FIELD(cpu), .max = UINT64_MAX, .example = "0"},
    {"smc", ATTR_FLAG, false, FIELD(smc), .example = "true"},
    {"fpu", ATTR_FLAG, false, FIELD(fpu), .otherwise = 1, .example = "false"},
    {"domain", ATTR_TEXT, false, FIELD(slice_name), .example = "domain_0"},
    {"sk:channels", ATTR_NUMBER, false, FIELD(channel_limit),
     .otherwise = SK_SYSTEM_CHANNELS_MAX, .min = SK_SYSTEM_CHANNELS_MAX,
     .max = SK_SYSTEM_EXTENDED_CHANNELS_MAX, .example = "200"},
    {"sk:restart", ATTR_SPECIAL, .read = read_restart, .example = "3"},
    {"sk:restart_window_ms", ATTR_NUMBER, false, FIELD(restart_window_ms), .min = 1,
     .max = UINT32_MAX, .example = "1000"},
    {"sk:restore", ATTR_FLAG, false, FIELD(restore), .example = "false"},
    {"id", ATTR_DECIMAL, true, FIELD(id), .max = SK_SYSTEM_CHANNELS_MAX - 1, .example = "0"},
    {"setvar_id", ATTR_TEXT, false, FIELD(setvar_id), .example = "child_id"},
};

enum { OWN_RULES = 2, RULE_COUNT = sizeof(rules) / sizeof(rules[0]) - OWN_RULES };

static void read_image(struct reader *r, const struct xml_node *n, struct sk_system_domain *d)
{
    static const struct attr_rule image_rules[] = {
        {"path", ATTR_TEXT, true, FIELD(image), .example = "driver.elf"},
        {"path_for_symbols", ATTR_TEXT, false, FIELD(image_for_symbols),
         .example = "symbols.elf"},
    };
    const struct xml_node *image = find_from(xml_first(n), "program_image");

    d->image_at = n->at;
    if (image == NULL) {
        bad_element(r, n->name, n->at, "<program_image path=\"driver.elf\" />",
                    "it has no 'program_image'");
        return;
    }
    d->image_at = image->at;
    read_attrs(r, image, RULES(image_rules), d);
    check_children(r, image, "");
    image = find_from(xml_next(image), "program_image");
    if (image != NULL) {
        bad_element(r, image->name, image->at, "delete all but one",
                    "a protection domain has one image only");
    }
}

static void read_setvars(struct reader *r, const struct xml_node *n, struct sk_system_domain *d)
{
    struct written {
        struct sk_system_text symbol, region;
    };
    static const struct attr_rule setvar_rules[] = {
        {"symbol", ATTR_TEXT, true, offsetof(struct written, symbol), .example = "variable"},
        {"region_paddr", ATTR_TEXT, true, offsetof(struct written, region),
         .example = "region"},
    };

    FOR_CHILDREN(child, n, "setvar")
    {
        struct written written;
        read_attrs(r, child, RULES(setvar_rules), &written);
        check_children(r, child, "");
        if (written.symbol.value == NULL) {
            continue;
        }
        struct sk_system_region *region =
            resolve_region(r, child->name, "region_paddr", &written.region);
        if (region == NULL) {
            continue;
        }
        region->needs_address = true;
        if (r->limits->isa == SK_SDF_X86_64 && !region->phys_addr.is_given) {
            bad_attr(r, child->name, "region_paddr", written.region.at,
                     "give the region a phys_addr",
                     "on x86 the address of region '%s' is not known", region->name.value);
        }
        add_setvar(r, d, SK_SYSTEM_SETVAR_REGION_PADDR, child->name, "symbol", &written.symbol)
            ->region = region;
    }
}

/* Everything in a domain but its children. */
static void read_body(struct reader *r, const struct xml_node *n, struct sk_system_domain *d)
{
    const struct attr_rule *own = d->parent == NULL ? rules : rules + OWN_RULES;

    d->restart_at = n->at;
    d->setvar_id.at = d->id.at = n->at;
    read_attrs(r, n, own, RULE_COUNT, d);
    declare(r, &r->domains, "protection_domain", &d->name, d);
    if (!d->period_us.is_given) {
        d->period_us.value = d->budget_us.value;
    }
    check_children(r, n,
                   "program_image map irq ioport setvar protection_domain virtual_machine "
                   "cspace sk:untyped sk:image_frames");
    read_image(r, n, d);
    read_maps(r, n, &d->maps, &d->map_count, false);
    add_map_setvars(r, d);
    read_irqs(r, n, d);
    read_ioports(r, n, d);
    read_vm(r, n, d);
    read_cspace(r, n, d);
    read_grants(r, n, d);
    read_setvars(r, n, d);
}

static size_t count_domains(const struct xml_node *n)
{
    size_t count = 0;

    FOR_CHILDREN(child, n, "protection_domain")
    {
        count += 1 + count_domains(child);
    }
    return count;
}

/* The domains in n, and those in them: a parent comes before its children. */
static void read_in(struct reader *r, const struct xml_node *n, struct sk_system_domain *parent)
{
    struct sk_system *s = r->system;
    size_t count = count_children(n, "protection_domain");
    struct sk_system_domain **children = TAKE(r, struct sk_system_domain *, count);

    count = 0;
    FOR_CHILDREN(child, n, "protection_domain")
    {
        struct sk_system_domain *d = &s->domains[s->domain_count];
        d->at = child->at;
        d->index = (unsigned)s->domain_count++;
        d->parent = parent;
        children[count++] = d;
        read_body(r, child, d);
        read_in(r, child, d);
    }
    if (parent != NULL) {
        parent->children = children;
        parent->child_count = count;
    }
}

void read_domains(struct reader *r, const struct xml_node *root)
{
    size_t count = count_domains(root);
    size_t limit =
        r->system->has_extensions ? SK_SYSTEM_EXTENDED_DOMAINS_MAX : SK_SYSTEM_DOMAINS_MAX;

    /* A stranger may be one that is misspelt. */
    if (count == 0 && !r->has_strangers) {
        bad_element(r, root->name, root->at, "<protection_domain name=\"hello\"> ...",
                    "there is no protection domain");
    }
    if (count > limit) {
        bad_element(r, root->name, root->at,
                    r->system->has_extensions ? "divide the system"
                    : r->limits->allows_extensions
                        ? "<system xmlns:sk=\"" SK_SDF_NAMESPACE "\"> allows 1024"
                        : "use fewer: Microkit's monitor knows no more",
                    "there are %zu protection domains, and %zu is the limit", count, limit);
    }
    r->system->domains = TAKE(r, struct sk_system_domain, count);
    r->symbols = TAKE(r, struct table, count);
    read_in(r, root, NULL);
}
