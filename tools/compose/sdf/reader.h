/*
 * What the files of the reader share.
 *
 * Reading is in three steps. read_*.c go through the tree, one function an element, and take
 * the attributes as their tables (attr.h) say. names.c finds what names mean. check_*.c
 * compare what was read: addresses, ids, priorities, time. Each step goes on after an error;
 * what could not be read is left out of comparisons, so that one mistake is told once.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../base/table.h"
#include "../../base/xml.h"
#include "sdf.h"

struct reader {
    struct arena *arena;
    struct diag *diag;
    const struct sk_sdf_limits *limits;
    struct sk_system *system;
    bool has_told_prefix; /* that xmlns:sk is missing */
    bool has_strangers;   /* elements in the root that nobody knows, which was told */
    struct table domains; /* struct sk_system_domain by name, and so on */
    struct table regions;
    struct table slices;
    struct table vms;
    struct table io_spaces;
    struct table irqs;     /* by number, or vector */
    struct table *symbols; /* that setvars set, for each domain */
};

/* diag_error() or diag_warning(). */
typedef void add_to_diag(struct diag *d, struct place at, const char *help, const char *format,
                         ...);

/* "attribute 'a' of element 'e': ..."; without attr: "element 'e': ...". */
[[gnu::format(printf, 7, 8)]] void add_finding(struct reader *r, add_to_diag *add,
                                               const char *element, const char *attr,
                                               struct place at, const char *help,
                                               const char *format, ...);

/* What is wrong with an attribute or an element is an error; what is odd, a warning. */
#define bad_attr(r, element, attr, at, help, ...) \
    add_finding(r, diag_error, element, attr, at, help, __VA_ARGS__)
#define bad_element(r, element, at, help, ...) \
    add_finding(r, diag_error, element, NULL, at, help, __VA_ARGS__)
#define odd_attr(r, element, attr, at, help, ...) \
    add_finding(r, diag_warning, element, attr, at, help, __VA_ARGS__)
#define odd_element(r, element, at, help, ...) \
    add_finding(r, diag_warning, element, NULL, at, help, __VA_ARGS__)

/* printf into the arena, for helps. */
[[gnu::format(printf, 2, 3)]] const char *say(struct reader *r, const char *format, ...);

/* "did you mean ...?"; or otherwise, also after so many errors that looking takes too long. */
const char *suggest_from(struct reader *r, const struct table *t, const char *wrong,
                         const char *otherwise);

/* May elements and attributes that begin with sk: be used? If not, it is told. */
bool may_extend(struct reader *r, const char *name, struct place at);

/*
 * Complain about text in n, and about children whose names are not in allowed, which is a list
 * with blanks between the names.
 */
void check_children(struct reader *r, const struct xml_node *n, const char *allowed);

size_t count_children(const struct xml_node *n, const char *name);

/* The next element of this name, beginning with n itself, or NULL. */
const struct xml_node *find_from(const struct xml_node *n, const char *name);

#define FOR_CHILDREN(child, parent, name)                                                  \
    for (const struct xml_node *child = find_from(xml_first(parent), name); child != NULL; \
         child = find_from(xml_next(child), name))

/* What a domain gets along with, though the kernel takes less; and help that says so. */
enum { BUDGET_GOOD_US = 100 };
const char *good_budget(struct reader *r, const struct sk_system_number *period);

/* Zeroed memory for count values. */
#define TAKE(r, type, count) ((type *)arena_take((r)->arena, ((count) + 1) * sizeof(type)))

/* A set of rights, letters of which each is one bit in order. */
unsigned read_letters(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                      const char *letters);

/* One of the words, which end with NULL: its number, or -1 after a complaint. */
int read_word(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
              const char *const *words);

/* A PCI device in hexadecimal: "00:1f.2", or with fewer digits. False: a complaint. */
bool read_pci(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
              unsigned *ret_bus, unsigned *ret_device, unsigned *ret_function);

/* --- elements */
void read_domains(struct reader *r, const struct xml_node *root);
void read_maps(struct reader *r, const struct xml_node *n, struct sk_system_map **ret_maps,
               size_t *ret_count, bool is_guest);
void add_map_setvars(struct reader *r, struct sk_system_domain *d);
void read_irqs(struct reader *r, const struct xml_node *n, struct sk_system_domain *d);
void read_ioports(struct reader *r, const struct xml_node *n, struct sk_system_domain *d);
void read_vm(struct reader *r, const struct xml_node *n, struct sk_system_domain *d);
void read_cspace(struct reader *r, const struct xml_node *n, struct sk_system_domain *d);
void read_grants(struct reader *r, const struct xml_node *n, struct sk_system_domain *d);
void read_regions(struct reader *r, const struct xml_node *root);
void read_channels(struct reader *r, const struct xml_node *root);
void read_schedule(struct reader *r, const struct xml_node *root);
void read_io_spaces(struct reader *r, const struct xml_node *root);

/* --- names. resolve_region: NULL after a complaint, or if no name could be read. */
void declare(struct reader *r, struct table *t, const char *element,
             const struct sk_system_text *name, void *value);
struct sk_system_region *resolve_region(struct reader *r, const char *element, const char *attr,
                                        const struct sk_system_text *name);
struct sk_system_domain *resolve_domain(struct reader *r, const char *element, const char *attr,
                                        const struct sk_system_text *name);
void resolve_slices(struct reader *r);
void resolve_caps(struct reader *r);

/* Set a variable of d. The symbol was written; it is an error if it is set twice. */
struct sk_system_setvar *add_setvar(struct reader *r, struct sk_system_domain *d,
                                    enum sk_system_setvar_kind kind, const char *element,
                                    const char *attr, const struct sk_system_text *symbol);

/* Can domains have the interrupt with this number? False: it was told why not. */
bool check_irq_number(struct reader *r, const char *element, const char *attr, struct place at,
                      uint64_t number);

/* --- checks. Warnings are looked for only in what has no errors. */
void check_domains(struct reader *r);
void check_ids(struct reader *r);
void check_irqs(struct reader *r);
void check_regions(struct reader *r);
void check_maps(struct reader *r);
void check_channels(struct reader *r);
void check_schedule(struct reader *r);
void check_grants(struct reader *r);
void check_x86(struct reader *r);
void warn(struct reader *r);
void warn_calls(struct reader *r);
