/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>

#include "attr.h"

void declare(struct reader *r, struct table *t, const char *element,
             const struct sk_system_text *name, void *value)
{
    if (name->value == NULL) {
        return;
    }
    if (table_add(t, name->value, value) != NULL) {
        bad_attr(r, element, "name", name->at, say(r, "name=\"%s_2\"", name->value),
                 "there is a '%s' already", name->value);
    }
}

struct sk_system_region *resolve_region(struct reader *r, const char *element, const char *attr,
                                        const struct sk_system_text *name)
{
    struct sk_system_region *region =
        name->value == NULL ? NULL : table_find(&r->regions, name->value);

    if (region != NULL) {
        region->use_count++;
    } else if (name->value != NULL) {
        bad_attr(
            r, element, attr, name->at,
            suggest_from(r, &r->regions, name->value,
                         say(r, "<memory_region name=\"%s\" size=\"0x1000\" />", name->value)),
            "there is no memory region '%s'", name->value);
    }
    return region;
}

struct sk_system_domain *resolve_domain(struct reader *r, const char *element, const char *attr,
                                        const struct sk_system_text *name)
{
    struct sk_system_domain *d =
        name->value == NULL ? NULL : table_find(&r->domains, name->value);

    if (d == NULL && name->value != NULL) {
        bad_attr(r, element, attr, name->at,
                 suggest_from(r, &r->domains, name->value,
                              say(r, "<protection_domain name=\"%s\"> ...", name->value)),
                 "there is no protection domain '%s'", name->value);
    }
    return d;
}

void resolve_slices(struct reader *r)
{
    struct sk_system *s = r->system;

    for (size_t i = 0; i < s->domain_count; i++) {
        struct sk_system_domain *d = &s->domains[i];
        const struct sk_system_text *name = &d->slice_name;

        if (!s->has_schedule && name->value != NULL) {
            bad_attr(r, "protection_domain", "domain", name->at,
                     "delete it, or describe <domains> before the protection domains",
                     "the system has no 'domains'");
        } else if (s->has_schedule && name->value == NULL) {
            bad_element(r, "protection_domain", d->at,
                        s->slice_count > 0 && s->slices[0].name.value != NULL
                            ? say(r, "domain=\"%s\"", s->slices[0].name.value)
                            : "domain=\"...\"",
                        "the attribute 'domain' is missing, which a system with 'domains' "
                        "needs");
        } else if (name->value != NULL) {
            d->slice = table_find(&r->slices, name->value);
            if (d->slice == NULL) {
                bad_attr(r, "protection_domain", "domain", name->at,
                         suggest_from(r, &r->slices, name->value,
                                      say(r, "<domain name=\"%s\" />", name->value)),
                         "there is no domain '%s'", name->value);
            }
        }
    }
}

struct sk_system_setvar *add_setvar(struct reader *r, struct sk_system_domain *d,
                                    enum sk_system_setvar_kind kind, const char *element,
                                    const char *attr, const struct sk_system_text *symbol)
{
    size_t count = d->setvar_count;
    struct table *symbols = &r->symbols[d->index];

    /* The capacity is the power of two that count has reached. */
    if ((count & (count - 1)) == 0) {
        struct sk_system_setvar *more = TAKE(r, struct sk_system_setvar, count * 2 + 1);
        for (size_t i = 0; i < count; i++) {
            more[i] = d->setvars[i];
        }
        d->setvars = more;
    }
    struct sk_system_setvar *v = &d->setvars[d->setvar_count++];
    *v = (struct sk_system_setvar){.kind = kind, .symbol = *symbol};
    symbols->arena = r->arena;
    if (table_add(symbols, symbol->value, v) != NULL) {
        bad_attr(r, element, attr, symbol->at, "set another variable",
                 "variable '%s' of '%s' is set twice", symbol->value,
                 d->name.value == NULL ? "this domain" : d->name.value);
    }
    return v;
}

/* Rights that a capability of this kind can have. */
static unsigned rights_of(enum sk_system_cap_kind kind)
{
    switch (kind) {
    case SK_SYSTEM_CAP_NOTIFICATION:
    case SK_SYSTEM_CAP_FRAME:
        return SK_SYSTEM_RIGHT_READ | SK_SYSTEM_RIGHT_WRITE;
    case SK_SYSTEM_CAP_ENDPOINT:
        return SK_SYSTEM_RIGHT_READ | SK_SYSTEM_RIGHT_WRITE | SK_SYSTEM_RIGHT_GRANT |
               SK_SYSTEM_RIGHT_GRANT_REPLY;
    default:
        return 0;
    }
}

static void check_rights(struct reader *r, struct sk_system_cap *cap)
{
    unsigned possible = rights_of(cap->kind);
    bool is_badged =
        cap->kind == SK_SYSTEM_CAP_NOTIFICATION || cap->kind == SK_SYSTEM_CAP_ENDPOINT;

    if (cap->has_rights && possible == 0) {
        bad_attr(r, "sk:cap", "rights", cap->rights_at, "delete it",
                 "capabilities of this kind have no rights");
    } else if (cap->has_rights && (cap->rights & ~possible) != 0) {
        bad_attr(r, "sk:cap", "rights", cap->rights_at, "rights=\"rw\" or fewer",
                 "capabilities of this kind have the rights r and w only");
    }
    if (cap->badge.is_given && !is_badged) {
        bad_attr(r, "sk:cap", "badge", cap->badge.at, "delete it",
                 "only notifications and endpoints are badged");
    }
    if (!cap->has_rights) {
        cap->rights = possible;
    }
}

/* An <irq> by the number of its interrupt. */
static void resolve_irq(struct reader *r, struct sk_system_cap *cap)
{
    uint64_t number = 0;

    if (number_parse(cap->of.value, false, &number) != NUMBER_GOOD) {
        bad_attr(r, "sk:cap", "of", cap->of.at, "of=\"33\"",
                 "'%s' is not the number of an interrupt", cap->of.value);
        return;
    }
    cap->irq = table_find(&r->irqs, say(r, "%" PRIu64, number));
    if (cap->irq != NULL) {
        cap->domain = cap->irq->domain;
        return;
    }
    if (!check_irq_number(r, "sk:cap", "of", cap->of.at, number)) {
        return;
    }
    bad_attr(r, "sk:cap", "of", cap->of.at,
             say(r, "<irq irq=\"%" PRIu64 "\" id=\"0\" /> in a protection domain", number),
             "no protection domain has interrupt %" PRIu64, number);
}

static void resolve_cap(struct reader *r, struct sk_system_cap *cap)
{
    const char *attr = str_equal(cap->element, "sk:cap") ? "of" : "pd";

    cap->slot_count = 1;
    if (!cap->has_kind) {
        return;
    }
    check_rights(r, cap);
    if (cap->of.value == NULL) {
        return;
    }
    switch (cap->kind) {
    case SK_SYSTEM_CAP_FRAME:
        cap->region = resolve_region(r, cap->element, attr, &cap->of);
        break;
    case SK_SYSTEM_CAP_IRQ:
        resolve_irq(r, cap);
        break;
    default:
        cap->domain = resolve_domain(r, cap->element, attr, &cap->of);
        break;
    }
}

void resolve_caps(struct reader *r)
{
    for (size_t i = 0; i < r->system->domain_count; i++) {
        struct sk_system_domain *d = &r->system->domains[i];
        for (size_t k = 0; k < d->cap_count; k++) {
            resolve_cap(r, &d->caps[k]);
        }
    }
}
