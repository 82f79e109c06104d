/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdlib.h>

#include "span.h"

enum { PORTS = 0x10000 };

/* May end call the domain at the other end? */
static void check_call(struct reader *r, const struct sk_system_end *end,
                       const struct sk_system_end *other)
{
    const struct sk_system_domain *caller = end->domain;
    struct sk_system_domain *callee = other->domain;

    if (!end->pp.value || caller == NULL || callee == NULL) {
        return;
    }
    callee->is_called = true;
    if (callee->vm != NULL && r->limits->isa == SK_SDF_X86_64) {
        bad_attr(r, "end", "pp", end->pp.at, "notify it instead, or call another domain",
                 "on x86 the domain of a virtual machine cannot be called, and '%s' has one",
                 callee->name.value);
    }
    if (caller->priority.is_bad || callee->priority.is_bad ||
        caller->priority.value < callee->priority.value) {
        return;
    }
    const char *help =
        callee == caller ? "call a function"
        : caller->priority.value < 254
            ? say(r, "priority=\"%" PRIu64 "\" for '%s', or less for '%s'",
                  caller->priority.value + 1, callee->name.value, caller->name.value)
            : say(r, "less than priority=\"254\" for '%s'", caller->name.value);
    bad_attr(r, "end", "pp", end->pp.at, help,
             "'%s' has priority %" PRIu64 ", and can call domains of higher priority only; "
             "'%s' has %" PRIu64,
             caller->name.value, caller->priority.value, callee->name.value,
             callee->priority.value);
}

void check_channels(struct reader *r)
{
    for (size_t i = 0; i < r->system->channel_count; i++) {
        const struct sk_system_channel *c = &r->system->channels[i];

        if (c->end[0].pp.value && c->end[1].pp.value) {
            bad_attr(r, "end", "pp", c->end[1].pp.at, "pp=\"true\" for one end only",
                     "both ends would call each other");
            continue;
        }
        check_call(r, &c->end[0], &c->end[1]);
        check_call(r, &c->end[1], &c->end[0]);
    }
}

/* --- interrupts: each belongs to one domain */

bool check_irq_number(struct reader *r, const char *element, const char *attr, struct place at,
                      uint64_t number)
{
    const struct sk_sdf_limits *l = r->limits;

    if (l->irqs != 0 && number >= l->irqs) {
        bad_attr(r, element, attr, at, say(r, "%s=\"%u\" or less", attr, l->irqs - 1),
                 "board %s has no interrupt %" PRIu64, l->board, number);
        return false;
    }
    for (unsigned i = 0; i < l->kernel_irq_count; i++) {
        if (number == l->kernel_irq[i]) {
            bad_attr(r, element, attr, at,
                     "choose another; what the kernel uses itself, as its timer, it gives to "
                     "nobody",
                     "the kernel of board %s keeps interrupt %" PRIu64, l->board, number);
            return false;
        }
    }
    return true;
}

static void check_irq(struct reader *r, struct sk_system_irq *irq)
{
    bool is_numbered = irq->kind == SK_SYSTEM_IRQ_NUMBER;
    const char *attr = is_numbered ? "irq" : "vector";
    const struct sk_system_number *number = is_numbered ? &irq->irq : &irq->vector;

    if (!number->is_given) {
        return;
    }
    if (is_numbered) {
        check_irq_number(r, "irq", attr, number->at, number->value);
    }
    const struct sk_system_irq *other =
        table_add(&r->irqs, say(r, "%" PRIu64, number->value), irq);
    if (other != NULL) {
        bad_attr(r, "irq", attr, number->at, "receive it in one domain, which notifies others",
                 "interrupt %" PRIu64 " is taken (line %d)", number->value, other->at.line);
    }
}

void check_irqs(struct reader *r)
{
    for (size_t i = 0; i < r->system->domain_count; i++) {
        const struct sk_system_domain *d = &r->system->domains[i];
        for (size_t k = 0; k < d->irq_count; k++) {
            check_irq(r, &d->irqs[k]);
        }
    }
}

/* --- the domain schedule */

void check_schedule(struct reader *r)
{
    const struct sk_system *s = r->system;
    size_t entries = 0;

    /* That the kernel has no domains was told. */
    if (!s->has_schedule || s->turns == NULL || r->limits->slices <= 1) {
        return;
    }
    for (size_t i = 0; i < s->turn_count; i++) {
        entries += s->turns[i].is_end ? 0 : 1;
    }
    if (entries == 0) {
        bad_element(r, "domain_schedule", s->turns_at,
                    "<schedule_entry domain=\"...\" duration=\"1000 us\" />",
                    "it has no 'schedule_entry'");
        return;
    }
    if (!s->start_index.is_bad && s->start_index.value >= s->turn_count) {
        bad_attr(r, "domain_schedule", "start_index", s->start_index.at,
                 say(r, "start_index=\"%zu\" or less", s->turn_count - 1),
                 "the schedule has %zu entries, 0 to %zu", s->turn_count, s->turn_count - 1);
    } else if (!s->start_index.is_bad && s->turns[s->start_index.value].is_end) {
        bad_attr(r, "domain_schedule", "start_index", s->start_index.at,
                 "choose the first entry of a schedule",
                 "entry %" PRIu64 " is the end of a schedule", s->start_index.value);
    }
    /* The kernel's array needs an end behind the last entry. */
    if (!s->index_shift.is_bad && s->turn_count + s->index_shift.value >= r->limits->turns) {
        bad_element(r, "domain_schedule", s->turns[s->turn_count - 1].at,
                    s->index_shift.value != 0 ? "a smaller index_shift, or fewer entries"
                                              : "use fewer entries",
                    "the kernel has room for less than %u entries, and these would be %" PRIu64,
                    r->limits->turns, s->turn_count + s->index_shift.value);
    }
}

/* --- slots of capabilities */

static void add_slots(struct reader *r, struct spans *spans, const char *element,
                      const struct sk_system_number *slot, uint64_t count, const char *name)
{
    if (slot->is_given) {
        spans_add(r, spans,
                  (struct span){.start = slot->value,
                                .at = slot->at,
                                .element = element,
                                .attr = "slot",
                                .name = name,
                                .is_decimal = true},
                  count);
    }
}

/* A region's frames take a slot a page. */
static void count_slots(struct reader *r, struct sk_system_cap *cap)
{
    if (cap->kind != SK_SYSTEM_CAP_FRAME || cap->region == NULL ||
        cap->region->size.value == 0) {
        return;
    }
    uint64_t count = cap->region->size.value / cap->region->page_size.value;
    if (cap->slot.is_given && count > SK_SYSTEM_USER_SLOTS - cap->slot.value) {
        bad_attr(r, cap->element, "slot", cap->slot.at,
                 "give fewer pages: slots are 1 to 63, one for each",
                 "%" PRIu64 " pages of '%s' from slot %" PRIu64 " on end behind slot 63", count,
                 cap->of.value, cap->slot.value);
        count = 1;
    }
    cap->slot_count = (size_t)count;
}

static void check_domain_slots(struct reader *r, struct sk_system_domain *d)
{
    struct spans spans = {0};

    for (size_t i = 0; i < d->cap_count; i++) {
        count_slots(r, &d->caps[i]);
        add_slots(r, &spans, d->caps[i].element, &d->caps[i].slot, d->caps[i].slot_count,
                  say(r, "'%s'", d->caps[i].element));
    }
    for (size_t i = 0; i < d->untyped_count; i++) {
        const struct sk_system_untyped *u = &d->untypeds[i];
        add_slots(r, &spans, "sk:untyped", &u->slot, u->slot_count.value, "'sk:untyped'");
    }
    if (d->image_frames.is_given) {
        add_slots(r, &spans, "sk:image_frames", &d->image_frames.slot,
                  d->image_frames.slot_count.value, "'sk:image_frames'");
    }
    spans_check(r, &spans, "slots", "choose another slot, or fewer with slots=\"...\"");
}

/* What exists once in a system is handed to one domain. */
static void check_given_once(struct reader *r)
{
    struct sk_system *s = r->system;
    bool is_given = false, is_rest_given[2] = {false};

    for (size_t i = 0; i < s->domain_count; i++) {
        struct sk_system_domain *d = &s->domains[i];
        if (d->image_frames.is_given && is_given) {
            bad_element(r, "sk:image_frames", d->image_frames.at, "delete one of them",
                        "another domain has the frames already");
        }
        is_given = is_given || d->image_frames.is_given;
        for (size_t k = 0; k < d->untyped_count; k++) {
            const struct sk_system_untyped *u = &d->untypeds[k];
            if (u->is_rest && is_rest_given[u->device.value]) {
                bad_element(r, "sk:untyped", u->at,
                            u->device.value ? "delete one of them"
                                            : "size=\"0x100000\" for one of them",
                            "the rest of %s is handed over already",
                            u->device.value ? "device memory" : "memory");
            }
            is_rest_given[u->device.value] = is_rest_given[u->device.value] || u->is_rest;
        }
    }
}

void check_grants(struct reader *r)
{
    for (size_t i = 0; i < r->system->domain_count; i++) {
        check_domain_slots(r, &r->system->domains[i]);
    }
    check_given_once(r);
}

/* --- x86 */

static void check_space(struct reader *r, const struct sk_system_io_space *space,
                        struct table *ids, struct table *devices)
{
    struct spans spans = {0};
    const struct sk_system_io_space *other;

    if (space->domain_id.is_given &&
        (other = table_add(ids, say(r, "%" PRIu64, space->domain_id.value), (void *)space))) {
        bad_attr(r, "io_address_space", "domain_id", space->domain_id.at, "choose another",
                 "%" PRIu64 " is taken (line %d)", space->domain_id.value, other->at.line);
    }
    const char *device =
        say(r, "%x:%x.%x", space->pci_bus, space->pci_device, space->pci_function);
    if (space->has_device && (other = table_add(devices, device, (void *)space))) {
        bad_attr(r, "io_address_space", "peripheral_id", space->peripheral_id.at,
                 "put both into one", "%s has an address space already (line %d)",
                 space->peripheral_id.value, other->at.line);
    }
    for (size_t k = 0; k < space->map_count; k++) {
        const struct sk_system_iomap *map = &space->maps[k];
        if (map->region == NULL || !map->iovaddr.is_given) {
            continue;
        }
        if (map->region->page_size.is_given && map->region->page_size.value != SK_SYSTEM_PAGE) {
            bad_attr(r, "iomap", "mr", map->mr.at, "page_size=\"0x1000\" for the region",
                     "I/O address spaces have pages of 0x1000 only");
        }
        if (map->region->size.value > (1ull << 39) - map->iovaddr.value) {
            bad_attr(r, "iomap", "iovaddr", map->iovaddr.at, "choose a lower one",
                     "region '%s' would end behind 0x%llx", map->mr.value, (1ull << 39) - 1);
        }
        spans_add(r, &spans,
                  (struct span){.start = map->iovaddr.value,
                                .at = map->iovaddr.at,
                                .element = "iomap",
                                .attr = "iovaddr",
                                .name = say(r, "region '%s'", map->mr.value)},
                  map->region->size.value);
    }
    spans_check(r, &spans, "addresses", "choose another iovaddr");
}

void check_x86(struct reader *r)
{
    struct spans ports = {0};
    struct table ids = {.arena = r->arena}, devices = {.arena = r->arena};

    for (size_t i = 0; i < r->system->domain_count; i++) {
        const struct sk_system_domain *d = &r->system->domains[i];
        for (size_t k = 0; k < d->ioport_count; k++) {
            const struct sk_system_ioport *p = &d->ioports[k];
            if (!p->addr.is_given || !p->size.is_given) {
                continue;
            }
            if (p->size.value > PORTS - p->addr.value) {
                bad_attr(r, "ioport", "size", p->size.at,
                         say(r, "size=\"%" PRIu64 "\"", PORTS - p->addr.value),
                         "the ports would end behind 0xffff");
            }
            spans_add(r, &ports,
                      (struct span){.start = p->addr.value,
                                    .at = p->addr.at,
                                    .element = "ioport",
                                    .attr = "addr",
                                    .name = "an 'ioport'"},
                      p->size.value);
        }
    }
    spans_check(r, &ports, "ports", "give the ports to one domain");
    for (size_t i = 0; i < r->system->io_space_count; i++) {
        check_space(r, &r->system->io_spaces[i], &ids, &devices);
    }
}
