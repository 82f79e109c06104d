/* SPDX-License-Identifier: BSD-2-Clause */
#include "sdf.h"

#include <string.h>

#include "attr.h"

enum { LARGEST_FILE = 16 << 20 };

/* The first byte that is not UTF-8, or the size. */
static size_t first_wrong(const struct source *source)
{
    size_t i = 0, length;

    while (i < source->size &&
           (length = utf8_length(source->text + i, source->size - i)) != 0) {
        i += length;
    }
    return i;
}

/* What expat would call a syntax error, but has another name. */
static bool is_readable(struct reader *r, const struct source *source)
{
    struct place start = {source, 0, 0};
    const char *nul = memchr(source->text, '\0', source->size);
    size_t wrong = first_wrong(source);

    if (source->size > LARGEST_FILE) {
        diag_error(r->diag, start, "divide the system", "the file is larger than 16 MiB");
    } else if (source->size >= 2 && (memcmp(source->text, "\xff\xfe", 2) == 0 ||
                                     memcmp(source->text, "\xfe\xff", 2) == 0)) {
        diag_error(r->diag, start, "iconv -f UTF-16 -t UTF-8 FILE", "the file is UTF-16");
    } else if (nul != NULL) {
        diag_error(r->diag, start, "name a system description, which is text",
                   "the file is binary: byte %zu is zero", (size_t)(nul - source->text));
    } else if (wrong != source->size) {
        diag_error(r->diag, source_place(source, wrong), "iconv -f LATIN1 -t UTF-8 FILE",
                   "the file is not UTF-8");
    } else if (strspn(source->text, " \t\r\n") == source->size) {
        diag_error(r->diag, start, "<system> <protection_domain name=\"hello\"> ... </system>",
                   "the file is empty");
    } else {
        return true;
    }
    return false;
}

/* The root: it declares our prefix, or not. */
static void read_root(struct reader *r, const struct xml_node *root)
{
    for (const struct xml_attr *a = root->attrs; a != NULL; a = a->next) {
        if (!str_equal(a->name, "xmlns:sk")) {
            continue;
        }
        r->system->has_extensions = str_equal(a->value, SK_SDF_NAMESPACE);
        if (!r->system->has_extensions) {
            r->has_told_prefix = true;
            bad_attr(r, root->name, a->name, a->value_at, "xmlns:sk=\"" SK_SDF_NAMESPACE "\"",
                     "'%s' is not Selkie's name space", a->value);
        }
    }
    r->system->has_extensions = r->system->has_extensions && r->limits->allows_extensions;
    read_attrs(r, root, NULL, 0, NULL);
    check_children(r, root, "protection_domain memory_region channel domains io_address_space");
    read_regions(r, root);
    read_schedule(r, root);
    read_domains(r, root);
    read_channels(r, root);
    read_io_spaces(r, root);
}

static void check(struct reader *r)
{
    resolve_slices(r);
    check_domains(r);
    check_ids(r);
    check_irqs(r);
    resolve_caps(r);
    check_regions(r);
    check_maps(r);
    check_channels(r);
    check_schedule(r);
    check_grants(r);
    check_x86(r);
}

/* Children tell their parents' variables who they are. */
static void add_child_setvars(struct reader *r)
{
    for (size_t i = 0; i < r->system->domain_count; i++) {
        struct sk_system_domain *d = &r->system->domains[i];
        if (d->parent != NULL && d->setvar_id.value != NULL) {
            add_setvar(r, d->parent, SK_SYSTEM_SETVAR_ID, "protection_domain", "setvar_id",
                       &d->setvar_id)
                ->value = d->id.value;
        }
    }
}

static bool is_system(struct reader *r, const struct xml_node *root)
{
    if (str_equal(root->name, "system")) {
        return true;
    }
    bad_element(r, root->name, root->at, "<system> ... </system>",
                "a system description begins with 'system'");
    return false;
}

static size_t most_domains(const struct reader *r)
{
    return r->system->has_extensions ? SK_SYSTEM_EXTENDED_DOMAINS_MAX : SK_SYSTEM_DOMAINS_MAX;
}

struct sk_system *sk_sdf_read(struct arena *arena, const struct source *source,
                              const struct sk_sdf_limits *limits, struct diag *diag)
{
    struct sk_system *system = arena_take(arena, sizeof(*system));
    struct table empty = {.arena = arena};
    struct reader r = {.arena = arena,
                       .diag = diag,
                       .limits = limits,
                       .system = system,
                       .domains = empty,
                       .regions = empty,
                       .slices = empty,
                       .vms = empty,
                       .irqs = empty,
                       .io_spaces = empty};
    struct xml_problem problem;
    size_t errors = diag->error_count;

    system->source = source;
    if (!is_readable(&r, source)) {
        return NULL;
    }
    const struct xml_node *root = xml_read(arena, source, &problem);
    if (root == NULL) {
        diag_error(diag, problem.at, problem.help, "%s", problem.what);
        return NULL;
    }
    if (!is_system(&r, root)) {
        return NULL;
    }
    read_root(&r, root);
    add_child_setvars(&r);
    if (system->domain_count <= most_domains(&r)) {
        check(&r);
    }
    if (diag->error_count != errors) {
        return NULL;
    }
    warn(&r);
    return system;
}

void sk_sdf_check_sizes(struct arena *arena, struct sk_system *system,
                        const struct sk_sdf_limits *limits, struct diag *diag)
{
    struct reader r = {.arena = arena, .diag = diag, .limits = limits, .system = system};

    check_regions(&r);
    check_maps(&r);
    check_grants(&r);
}
