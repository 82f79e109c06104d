/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <string.h>

#include "reader.h"

enum { NAME_MAX = 63, PER_MILLE = 1000 };

static void warn_regions(struct reader *r)
{
    for (size_t i = 0; i < r->system->region_count; i++) {
        const struct sk_system_region *region = &r->system->regions[i];
        if (region->use_count == 0) {
            odd_element(r, "memory_region", region->at,
                        say(r, "<map mr=\"%s\" vaddr=\"0x4000000\" />", region->name.value),
                        "nothing uses region '%s'", region->name.value);
        }
    }
}

static void warn_map(struct reader *r, const struct sk_system_map *map,
                     const struct sk_system_domain *d)
{
    bool is_readable = (map->perms & SK_SYSTEM_READ) != 0;
    uint64_t bottom = sk_system_stack_bottom(r->limits->user_top, d->stack_size.value);

    if (map->perms == 0) {
        odd_attr(r, "map", "perms", map->perms_at, "perms=\"r\"",
                 "nothing can be done with this memory");
    } else if (!is_readable) {
        odd_attr(r, "map", "perms", map->perms_at, "perms=\"rx\"",
                 "memory that cannot be read cannot be executed either");
    } else if ((map->perms & SK_SYSTEM_WRITE) != 0 && (map->perms & SK_SYSTEM_EXECUTE) != 0) {
        odd_attr(r, "map", "perms", map->perms_at, "perms=\"rw\" or perms=\"rx\"",
                 "what '%s' writes here it can execute", d->name.value);
    }
    if (map->region->is_device && map->cached.value) {
        odd_element(r, "map", map->at, "cached=\"false\"",
                    "region '%s' is a device, and would be cached", map->mr.value);
    }
    if (map->vaddr.value + map->region->size.value == bottom) {
        odd_attr(r, "map", "vaddr", map->vaddr.at, "leave a page free",
                 "region '%s' ends where the stack of '%s' does: an overflow would not fault",
                 map->mr.value, d->name.value);
    }
}

/* What can ever make d run after init()? */
static bool can_run(const struct reader *r, const struct sk_system_domain *d)
{
    if (d->is_called || d->irq_count > 0 || d->child_count > 0 || d->vm != NULL) {
        return true;
    }
    for (size_t i = 0; i < r->system->channel_count; i++) {
        const struct sk_system_end *end = r->system->channels[i].end;
        for (size_t k = 0; k < 2; k++) {
            if (end[k].domain == d && end[1 - k].notify.value) {
                return true;
            }
        }
    }
    return false;
}

/* Can d, by what it has of the TCB, free another domain of its notification? */
static bool has_tcb(const struct sk_system_domain *d, const struct sk_system_domain *of)
{
    for (size_t i = 0; i < d->cap_count; i++) {
        if (d->caps[i].kind == SK_SYSTEM_CAP_TCB && d->caps[i].domain == of) {
            return true;
        }
    }
    return of->parent == d;
}

/*
 * Where a notification is bound to a thread, no other thread may wait. And another's CNode does
 * not use up the bits of an address: what is invoked lies in it, or is not there.
 */
static void warn_cap(struct reader *r, const struct sk_system_cap *cap,
                     const struct sk_system_domain *d)
{
    if (cap->kind == SK_SYSTEM_CAP_NOTIFICATION && cap->has_rights && cap->domain != d &&
        (cap->rights & SK_SYSTEM_RIGHT_READ) != 0 && !has_tcb(d, cap->domain)) {
        odd_attr(r, "sk:cap", "rights", cap->rights_at,
                 "rights=\"w\" to notify it; to be notified, share a <channel> with who does",
                 "the notification of '%s' is bound to it: a wait there is a fault of '%s'",
                 cap->domain->name.value, d->name.value);
    }
    if (cap->kind == SK_SYSTEM_CAP_CNODE && cap->domain != d) {
        odd_attr(r, "sk:cap", "of", cap->of.at,
                 say(r, "grant what '%s' is to have, as kind=\"tcb\" or kind=\"notification\"",
                     d->name.value),
                 "'%s' can use all that '%s' has, but not invoke this CNode: a lookup goes on "
                 "through it",
                 d->name.value, cap->domain->name.value);
    }
}

static void warn_untyped(struct reader *r, const struct sk_system_untyped *untyped,
                         const struct sk_system_domain *d)
{
    if (untyped->info_vaddr.value + SK_SYSTEM_PAGE ==
        sk_system_stack_bottom(r->limits->user_top, d->stack_size.value)) {
        odd_attr(r, "sk:untyped", "info_vaddr", untyped->info_vaddr.at, "leave a page free",
                 "the page ends where the stack of '%s' does: an overflow would not fault",
                 d->name.value);
    }
}

static void warn_domain(struct reader *r, const struct sk_system_domain *d)
{
    if (strlen(d->name.value) > NAME_MAX) {
        odd_attr(r, "protection_domain", "name", d->name.at, "choose a shorter name",
                 "microkit_name has room for %u characters of it", (unsigned)NAME_MAX);
    }
    if (d->budget_us.value < BUDGET_GOOD_US) {
        odd_attr(r, "protection_domain", "budget", d->budget_us.at,
                 good_budget(r, &d->period_us),
                 "of %" PRIu64 " us a kernel may leave '%s' too few for a system call",
                 d->budget_us.value, d->name.value);
    }
    if (d->passive.value && !can_run(r, d)) {
        odd_attr(r, "protection_domain", "passive", d->passive.at,
                 "pp=\"true\" at the other end of a channel",
                 "nobody calls or notifies '%s': it ends with init()", d->name.value);
    }
    for (size_t i = 0; i < d->map_count; i++) {
        warn_map(r, &d->maps[i], d);
    }
    for (size_t i = 0; i < d->cap_count; i++) {
        warn_cap(r, &d->caps[i], d);
    }
    for (size_t i = 0; i < d->untyped_count; i++) {
        warn_untyped(r, &d->untypeds[i], d);
    }
}

/* Who calls without time of its own, and is stopped in the call, has none to go on with. */
static void warn_caller(struct reader *r, const struct sk_system_end *caller,
                        const struct sk_system_end *server)
{
    const struct sk_system_domain *d = caller->domain;

    if (caller->pp.value && d->parent != NULL && d->passive.value &&
        server->domain->passive.value) {
        odd_attr(
            r, "end", "pp", caller->pp.at, say(r, "passive=\"false\" for '%s'", d->name.value),
            "if '%s' restarts '%s' while it calls '%s', which is passive too, it may never "
            "run again",
            d->parent->name.value, d->name.value, server->domain->name.value);
    }
}

static void warn_channels(struct reader *r)
{
    for (size_t i = 0; i < r->system->channel_count; i++) {
        const struct sk_system_end *a = &r->system->channels[i].end[0], *b = a + 1;

        if (a->domain == b->domain) {
            odd_attr(r, "end", "pd", b->pd.at, "name another protection domain",
                     "both ends are at '%s'", b->domain->name.value);
        } else if (!a->pp.value && !a->notify.value && !b->pp.value && !b->notify.value) {
            odd_element(r, "channel", r->system->channels[i].at,
                        "notify=\"true\" or pp=\"true\" for one end",
                        "neither '%s' nor '%s' can use it", a->domain->name.value,
                        b->domain->name.value);
        } else {
            warn_caller(r, a, b);
            warn_caller(r, b, a);
        }
    }
}

/* Domains whose period is longer than their budget are promised a share of a core. */
static void warn_admission(struct reader *r, unsigned cpu)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < r->system->domain_count; i++) {
        const struct sk_system_domain *d = &r->system->domains[i];
        if (d->cpu.value != cpu || d->passive.value ||
            d->budget_us.value >= d->period_us.value) {
            continue;
        }
        sum +=
            (uint64_t)((unsigned __int128)d->budget_us.value * PER_MILLE / d->period_us.value);
        if (sum > PER_MILLE) {
            odd_attr(r, "protection_domain", "budget", d->budget_us.at,
                     "smaller budgets, or longer periods",
                     "the domains up to '%s' are promised %" PRIu64 ".%" PRIu64
                     " %% of core %u",
                     d->name.value, sum / 10, sum % 10, cpu);
            return;
        }
    }
}

/* Does this domain have a turn in the schedule that runs: from the start to the next end? */
static bool has_turn(const struct sk_system *s, uint64_t slice)
{
    for (size_t i = (size_t)s->start_index.value; i < s->turn_count; i++) {
        if (s->turns[i].is_end) {
            return false;
        }
        if (s->turns[i].slice->id.value == slice) {
            return true;
        }
    }
    return false;
}

static void warn_slices(struct reader *r)
{
    const struct sk_system *s = r->system;

    for (size_t i = 0; i < s->slice_count; i++) {
        if (!has_turn(s, s->slices[i].id.value)) {
            odd_element(r, "domain", s->slices[i].at,
                        say(r, "<schedule_entry domain=\"%s\" duration=\"1000 us\" />",
                            s->slices[i].name.value),
                        "'%s' has no turn: what is in it never runs", s->slices[i].name.value);
        }
    }
    if (s->has_schedule && !has_turn(s, 0)) {
        odd_element(r, "domain_schedule", s->turns_at, "give a domain id=\"0\", and a turn",
                    "domain 0 has no turn, in which the monitor would tell of faults");
    }
}

void warn(struct reader *r)
{
    warn_regions(r);
    for (size_t i = 0; i < r->system->domain_count; i++) {
        warn_domain(r, &r->system->domains[i]);
    }
    warn_channels(r);
    warn_slices(r);
    for (unsigned cpu = 0; cpu < r->limits->cores; cpu++) {
        warn_admission(r, cpu);
    }
    warn_calls(r);
}
