/* SPDX-License-Identifier: BSD-2-Clause */
#include "reader.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../base/nearest.h"

enum { MOST_NAMES = 16, MOST_SUGGESTIONS = 100, LONGEST = 800 };

void add_finding(struct reader *r, add_to_diag *add, const char *element, const char *attr,
                 struct place at, const char *help, const char *format, ...)
{
    char what[LONGEST];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    if (attr != NULL) {
        add(r->diag, at, help, "attribute '%s' of element '%s': %s", attr, element, what);
    } else {
        add(r->diag, at, help, "element '%s': %s", element, what);
    }
}

const char *say(struct reader *r, const char *format, ...)
{
    char *out = NULL;
    va_list args;

    va_start(args, format);
    int length = vasprintf(&out, format, args);
    va_end(args);
    if (length < 0) {
        return NULL;
    }
    const char *copy = arena_copy(r->arena, out, (size_t)length);
    free(out);
    return copy;
}

const char *suggest_from(struct reader *r, const struct table *t, const char *wrong,
                         const char *otherwise)
{
    return r->diag->error_count < MOST_SUGGESTIONS ? table_suggest(t, wrong, otherwise)
                                                   : otherwise;
}

bool may_extend(struct reader *r, const char *name, struct place at)
{
    if (!r->limits->allows_extensions) {
        diag_error(r->diag, at, say(r, "selkie compose %s", r->system->source->path),
                   "'%s' is an extension of Selkie, which Microkit has not", name);
        return false;
    }
    if (!r->system->has_extensions && !r->has_told_prefix) {
        r->has_told_prefix = true;
        diag_error(r->diag, at, "<system xmlns:sk=\"" SK_SDF_NAMESPACE "\">",
                   "'%s' is an extension, and the prefix 'sk' is not declared", name);
    }
    return r->system->has_extensions;
}

/* Where an element that stands in the wrong place belongs. */
static const char *belongs(const char *name)
{
    static const struct {
        const char *name, *where;
    } homes[] = {
        {"protection_domain", "'system' or its parent 'protection_domain'"},
        {"memory_region", "'system'"},
        {"channel", "'system'"},
        {"domains", "'system', before the protection domains"},
        {"io_address_space", "'system'"},
        {"program_image", "'protection_domain'"},
        {"map", "'protection_domain' or 'virtual_machine'"},
        {"irq", "'protection_domain'"},
        {"ioport", "'protection_domain'"},
        {"setvar", "'protection_domain'"},
        {"virtual_machine", "the 'protection_domain' of its monitor"},
        {"cspace", "'protection_domain'"},
        {"vcpu", "'virtual_machine'"},
        {"cap_tcb", "'cspace'"},
        {"cap_sc", "'cspace'"},
        {"cap_vspace", "'cspace'"},
        {"sk:cap", "'cspace'"},
        {"sk:untyped", "'protection_domain'"},
        {"sk:image_frames", "'protection_domain'"},
        {"end", "'channel'"},
        {"domain", "'domains'"},
        {"domain_schedule", "'domains'"},
        {"schedule_entry", "'domain_schedule'"},
        {"schedule_end_marker", "'domain_schedule'"},
        {"iomap", "'io_address_space'"},
    };

    for (size_t i = 0; i < sizeof(homes) / sizeof(homes[0]); i++) {
        if (str_equal(homes[i].name, name)) {
            return homes[i].where;
        }
    }
    return NULL;
}

static size_t split(struct reader *r, const char *list, const char **names)
{
    size_t count = 0;

    while (*list != '\0' && count < MOST_NAMES) {
        size_t length = strcspn(list, " ");
        names[count++] = arena_copy(r->arena, list, length);
        list += length + strspn(list + length, " ");
    }
    return count;
}

static bool is_allowed(const char *allowed, const char *name)
{
    size_t length = strlen(name);

    while (*allowed != '\0') {
        size_t word = strcspn(allowed, " ");
        if (word == length && strncmp(allowed, name, length) == 0) {
            return true;
        }
        allowed += word + strspn(allowed + word, " ");
    }
    return false;
}

/* What Microkit has no cap_... for, sk:cap may have. */
static const char *grant_for(struct reader *r, const char *name)
{
    bool is_kind = str_starts(name, "cap_") &&
                   is_allowed("cnode notification endpoint reply irq frame", name + 4);

    return is_kind && r->limits->allows_extensions
               ? say(r, "<sk:cap kind=\"%s\" of=\"...\" slot=\"1\" />", name + 4)
               : NULL;
}

static void unexpected(struct reader *r, const struct xml_node *child, const char *allowed)
{
    const char *names[MOST_NAMES];
    size_t count = split(r, allowed, names);
    const char *home = belongs(child->name);
    const char *otherwise = count == 0 ? say(r, "<%s ... /> is all", child->parent->name)
                                       : say(r, "allowed here: %s", allowed);

    if (home != NULL) {
        bad_element(r, child->name, child->at, say(r, "put it into %s", home),
                    "it does not belong in '%s'", child->parent->name);
    } else if (grant_for(r, child->name) != NULL) {
        bad_element(r, child->name, child->at, grant_for(r, child->name),
                    "Microkit has no such capability to give");
    } else {
        r->has_strangers |= child->parent->parent == NULL;
        bad_element(r, child->name, child->at,
                    suggest(r->arena, child->name, names, count, otherwise),
                    "there is no such element in '%s'", child->parent->name);
    }
}

void check_children(struct reader *r, const struct xml_node *n, const char *allowed)
{
    struct place at;

    for (const struct xml_node *child = n->first; child != NULL; child = child->next) {
        if (child->name == NULL) {
            if (xml_text_place(child, &at)) {
                bad_element(r, n->name, at, "<!-- write comments like this -->",
                            "there is text in it, which means nothing");
            }
        } else if (str_starts(child->name, "sk:") && !may_extend(r, child->name, child->at)) {
            continue;
        } else if (!is_allowed(allowed, child->name)) {
            unexpected(r, child, allowed);
        }
    }
}

const struct xml_node *find_from(const struct xml_node *n, const char *name)
{
    while (n != NULL && !str_equal(n->name, name)) {
        n = xml_next(n);
    }
    return n;
}

size_t count_children(const struct xml_node *n, const char *name)
{
    size_t count = 0;

    FOR_CHILDREN(child, n, name)
    {
        count++;
    }
    return count;
}

unsigned read_letters(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                      const char *letters)
{
    unsigned set = 0;

    for (const char *c = attr->value; *c != '\0'; c++) {
        const char *found = strchr(letters, *c);
        if (found == NULL) {
            bad_attr(r, n->name, attr->name, attr->value_at,
                     say(r, "%s=\"%s\", or fewer of these letters", attr->name, letters),
                     "'%s' has other letters than %s", attr->value, letters);
            return 0;
        }
        set |= 1u << (found - letters);
    }
    return set;
}

int read_word(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
              const char *const *words)
{
    struct text list = {0};
    size_t count = 0;

    for (; words[count] != NULL; count++) {
        if (str_equal(attr->value, words[count])) {
            text_fini(&list);
            return (int)count;
        }
        text_addf(&list, "%s%s", count == 0 ? "" : ", ", words[count]);
    }
    const char *otherwise = say(r, "it is one of: %s", list.data);
    text_fini(&list);
    bad_attr(r, n->name, attr->name, attr->value_at,
             suggest(r->arena, attr->value, words, count, otherwise), "'%s' is unknown",
             attr->value);
    return -1;
}

/* A number of one or two hexadecimal digits, up to a maximum, and what follows it. */
static bool read_hex(const char **s, unsigned max, const char *follows, unsigned *ret_value)
{
    char *end = NULL;

    if (!isxdigit((unsigned char)**s)) {
        return false;
    }
    unsigned long value = strtoul(*s, &end, 16);
    bool is_good = end - *s <= 2 && value <= max && strncmp(end, follows, 1) == 0;
    *ret_value = is_good ? (unsigned)value : 0;
    *s = is_good && *end != '\0' ? end + 1 : end;
    return is_good;
}

bool read_pci(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
              unsigned *ret_bus, unsigned *ret_device, unsigned *ret_function)
{
    const char *s = attr->value;

    if (!read_hex(&s, 0xff, ":", ret_bus) || !read_hex(&s, 0x1f, ".", ret_device) ||
        !read_hex(&s, 7, "", ret_function)) {
        bad_attr(
            r, n->name, attr->name, attr->value_at, say(r, "%s=\"00:1f.2\"", attr->name),
            "'%s' is not a PCI device: bus (00 to ff), device (00 to 1f), function (0 to 7)",
            attr->value);
        return false;
    }
    return true;
}
