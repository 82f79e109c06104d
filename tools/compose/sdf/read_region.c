/* SPDX-License-Identifier: BSD-2-Clause */
#include "attr.h"

#define FIELD(f) offsetof(struct sk_system_region, f)

static void read_page_size(struct reader *r, const struct xml_node *n,
                           const struct xml_attr *attr, void *out)
{
    struct sk_system_number *size = &((struct sk_system_region *)out)->page_size;
    uint64_t value = 0;

    size->at = attr->value_at;
    if (number_parse(attr->value, true, &value) != NUMBER_GOOD ||
        (value != SK_SYSTEM_PAGE && value != SK_SYSTEM_LARGE_PAGE)) {
        bad_attr(r, n->name, attr->name, attr->value_at,
                 "page_size=\"0x1000\" or page_size=\"0x200000\"",
                 "there are no pages of size '%s'", attr->value);
        size->is_bad = true;
        return;
    }
    size->value = value;
    size->is_given = true;
}

static void read_bootinfo(struct reader *r, const struct xml_node *n,
                          const struct xml_attr *attr, void *out)
{
    static const char *const words[] = {
        "x86_vbe", "x86_mbmmap", "x86_acpi_rsdp", "x86_framebuffer", "x86_tsc_freq",
        "fdt",     NULL};
    struct sk_system_region *region = out;

    region->prefill_bootinfo_name = (struct sk_system_text){attr->value, attr->value_at};
    int word = read_word(r, n, attr, words);
    if (word < 0) {
        return;
    }
    region->prefill_bootinfo = (enum sk_system_bootinfo)(SK_SYSTEM_BOOTINFO_X86_VBE + word);
    if (r->limits->isa != SK_SDF_X86_64 && str_starts(attr->value, "x86_")) {
        bad_attr(r, n->name, attr->name, attr->value_at, "prefill_bootinfo=\"fdt\"",
                 "only x86 has '%s', and the board is %s", attr->value, r->limits->board);
    }
}

static const struct attr_rule rules[] = {
    {"name", ATTR_TEXT, true, FIELD(name), .example = "buffer"},
    {"size", ATTR_NUMBER, false, FIELD(size), .min = SK_SYSTEM_PAGE, .max = UINT64_MAX,
     .multiple = SK_SYSTEM_PAGE, .example = "0x1000"},
    {"page_size", ATTR_SPECIAL, .read = read_page_size, .example = "0x200000"},
    {"phys_addr", ATTR_NUMBER, false, FIELD(phys_addr), .max = UINT64_MAX,
     .multiple = SK_SYSTEM_PAGE, .example = "0x9000000"},
    {"prefill_path", ATTR_TEXT, false, FIELD(prefill_path), .example = "contents.bin"},
    {"prefill_bootinfo", ATTR_SPECIAL, .read = read_bootinfo, .example = "fdt"},
};

static void read_region(struct reader *r, const struct xml_node *n,
                        struct sk_system_region *region)
{
    region->at = n->at;
    region->page_size = (struct sk_system_number){.value = SK_SYSTEM_PAGE, .at = n->at};
    region->prefill_bootinfo_name.at = n->at;
    read_attrs(r, n, RULES(rules), region);
    check_children(r, n, "");
    declare(r, &r->regions, n->name, &region->name, region);

    bool has_file = xml_attr(n, "prefill_path") != NULL;
    bool has_bootinfo = xml_attr(n, "prefill_bootinfo") != NULL;
    if (has_file && has_bootinfo) {
        bad_attr(r, n->name, "prefill_bootinfo", region->prefill_bootinfo_name.at,
                 "delete one of prefill_path and prefill_bootinfo",
                 "the region is filled with a file already");
    }
    if (xml_attr(n, "size") == NULL && !has_file && !has_bootinfo) {
        bad_element(r, n->name, n->at, "size=\"0x1000\"", "the attribute 'size' is missing");
    }
}

void read_regions(struct reader *r, const struct xml_node *root)
{
    struct sk_system *s = r->system;

    s->regions = TAKE(r, struct sk_system_region, count_children(root, "memory_region"));
    FOR_CHILDREN(child, root, "memory_region")
    {
        struct sk_system_region *region = &s->regions[s->region_count];
        region->index = (unsigned)s->region_count++;
        read_region(r, child, region);
    }
}
