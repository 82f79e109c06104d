/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>

#include "reader.h"

static const char *name_of(const struct sk_system_domain *d)
{
    return d->name.value == NULL ? "?" : d->name.value;
}

/* The most that a specification may ask for: the kernel counts ticks in words. */
#define PERIOD_MAX_US ((uint64_t)1 << 40)

const char *good_budget(struct reader *r, const struct sk_system_number *period)
{
    bool is_short = period->is_given && period->value < BUDGET_GOOD_US;

    return say(r, is_short ? "budget=\"%d\" period=\"1000\"" : "budget=\"%d\"", BUDGET_GOOD_US);
}

static void check_time(struct reader *r, const char *element,
                       const struct sk_system_number *budget,
                       const struct sk_system_number *period)
{
    if (budget->is_given && budget->value < r->limits->budget_min_us) {
        bad_attr(r, element, "budget", budget->at, good_budget(r, period),
                 "%" PRIu64 " us are less than %u us, the least that the kernel takes",
                 budget->value, r->limits->budget_min_us);
    } else if (!period->is_bad && period->value > PERIOD_MAX_US) {
        const char *attr = period->is_given ? "period" : "budget";
        bad_attr(r, element, attr, period->is_given ? period->at : budget->at,
                 say(r, "%s=\"%" PRIu64 "\"", attr, PERIOD_MAX_US),
                 "%" PRIu64 " us are more than the kernel can count", period->value);
    } else if (!budget->is_bad && !period->is_bad && budget->value > period->value) {
        bad_attr(r, element, period->is_given ? "period" : "budget",
                 period->is_given ? period->at : budget->at,
                 say(r, "period=\"%" PRIu64 "\"", budget->value),
                 "a period of %" PRIu64 " us is shorter than the budget of %" PRIu64 " us",
                 period->value, budget->value);
    }
}

static void check_cpu(struct reader *r, const char *element, const struct sk_system_number *cpu)
{
    if (cpu->is_given && cpu->value >= r->limits->cores) {
        bad_attr(r, element, "cpu", cpu->at,
                 say(r, "cpu=\"%u\"%s", r->limits->cores - 1,
                     r->limits->cores > 1 ? " or less" : ""),
                 "the kernel for %s runs on %u core%s", r->limits->board, r->limits->cores,
                 r->limits->cores == 1 ? "" : "s");
    }
}

static void check_smc(struct reader *r, const struct sk_system_domain *d)
{
    if (!d->smc.value) {
        return;
    }
    if (r->limits->isa != SK_SDF_AARCH64) {
        bad_attr(r, "protection_domain", "smc", d->smc.at, "delete it",
                 "only Arm has secure monitor calls, and the board is %s", r->limits->board);
    } else if (!r->limits->has_smc) {
        bad_attr(
            r, "protection_domain", "smc", d->smc.at, "choose a kernel with ALLOW_SMC_CALLS",
            "the kernel for %s makes no secure monitor calls for domains", r->limits->board);
    }
}

/* Who can be restarted: by its parent, or by the monitor. */
static bool is_restarted(const struct sk_system_domain *d)
{
    return d->parent != NULL || d->restart == SK_SYSTEM_RESTART_ALWAYS ||
           d->restart == SK_SYSTEM_RESTART_LIMITED;
}

static void check_restore(struct reader *r, struct sk_system_domain *d)
{
    if (d->restore.is_given && !is_restarted(d)) {
        bad_attr(r, "protection_domain", "sk:restore", d->restore.at, "sk:restart=\"3\"",
                 "nobody restarts the domain");
    }
    if (!d->restore.is_given) {
        d->restore.value = r->system->has_extensions && is_restarted(d);
    }
}

static void check_restart(struct reader *r, struct sk_system_domain *d)
{
    check_restore(r, d);
    if (d->restart_window_ms.is_given && d->restart != SK_SYSTEM_RESTART_LIMITED) {
        bad_attr(r, "protection_domain", "sk:restart_window_ms", d->restart_window_ms.at,
                 "sk:restart=\"3\"", "it limits a count of restarts, and there is none");
    }
    if (d->restart != SK_SYSTEM_RESTART_UNSAID && d->parent != NULL) {
        bad_attr(r, "protection_domain", "sk:restart", d->restart_at,
                 say(r, "restart it in fault() of '%s'", name_of(d->parent)),
                 "the faults of a child go to its parent, not to the monitor");
    }
}

static void check_vm(struct reader *r, const struct sk_system_vm *vm)
{
    if (vm == NULL) {
        return;
    }
    if (r->limits->isa == SK_SDF_X86_64 && vm->domain->child_count > 0) {
        bad_element(r, "virtual_machine", vm->at, "give it a protection domain of its own",
                    "on x86 the domain of a virtual machine has no children, and '%s' has",
                    name_of(vm->domain));
    }
    check_time(r, "virtual_machine", &vm->budget_us, &vm->period_us);
    for (size_t i = 0; i < vm->vcpu_count; i++) {
        check_cpu(r, "vcpu", &vm->vcpus[i].cpu);
    }
}

void check_domains(struct reader *r)
{
    for (size_t i = 0; i < r->system->domain_count; i++) {
        struct sk_system_domain *d = &r->system->domains[i];

        if (d->name.value != NULL && str_equal(d->name.value, "monitor")) {
            bad_attr(r, "protection_domain", "name", d->name.at, "name=\"monitor_1\"",
                     "'monitor' is the name of Microkit's own domain");
        }
        check_time(r, "protection_domain", &d->budget_us, &d->period_us);
        check_cpu(r, "protection_domain", &d->cpu);
        check_smc(r, d);
        check_restart(r, d);
        check_vm(r, d->vm);
    }
}

/* --- ids */

/* Who has which id: a place of each, whose source is NULL while the id is free. */
struct ids {
    struct place taken[SK_SYSTEM_EXTENDED_CHANNELS_MAX];
};

static void claim(struct reader *r, struct ids *ids, const struct sk_system_domain *d,
                  const char *element, const struct sk_system_number *id)
{
    if (!id->is_given || id->value >= SK_SYSTEM_EXTENDED_CHANNELS_MAX) {
        return;
    }
    struct place *taken = &ids->taken[id->value];
    if (taken->source != NULL) {
        unsigned next = 0;
        while (next < SK_SYSTEM_EXTENDED_CHANNELS_MAX - 1 && ids->taken[next].source != NULL) {
            next++;
        }
        bad_attr(r, element, "id", id->at, say(r, "id=\"%u\" is free", next),
                 "id %" PRIu64 " of '%s' is taken (line %d)", id->value, name_of(d),
                 taken->line);
        return;
    }
    *taken = id->at;
}

static void check_limit(struct reader *r, const struct sk_system_domain *d, const char *element,
                        const struct sk_system_number *id)
{
    const struct sk_system_number *limit = &d->channel_limit;

    if (!id->is_given || limit->is_bad || id->value < limit->value) {
        return;
    }
    bad_attr(
        r, element, "id", id->at,
        r->system->has_extensions
            ? say(r, "sk:channels=\"%" PRIu64 "\" in protection domain '%s'", id->value + 1,
                  name_of(d))
        : r->limits->allows_extensions
            ? say(r, "ids are 0 to 61; <system xmlns:sk=\"" SK_SDF_NAMESPACE "\"> allows more")
            : "ids are 0 to 61",
        "%" PRIu64 " is more than %" PRIu64 ", the last id of '%s'", id->value,
        limit->value - 1, name_of(d));
}

static void check_inner_ids(struct reader *r, struct sk_system_domain *d, struct ids *ids)
{
    for (size_t i = 0; i < d->irq_count; i++) {
        check_limit(r, d, "irq", &d->irqs[i].id);
        claim(r, ids, d, "irq", &d->irqs[i].id);
    }
    if (d->child_count == 0 && d->vm == NULL && d->ioport_count == 0) {
        return;
    }
    struct ids *inner = TAKE(r, struct ids, 2);
    for (size_t i = 0; i < d->child_count; i++) {
        claim(r, &inner[0], d, "protection_domain", &d->children[i]->id);
    }
    for (size_t i = 0; d->vm != NULL && i < d->vm->vcpu_count; i++) {
        claim(r, &inner[0], d, "vcpu", &d->vm->vcpus[i].id);
    }
    for (size_t i = 0; i < d->ioport_count; i++) {
        claim(r, &inner[1], d, "ioport", &d->ioports[i].id);
    }
}

void check_ids(struct reader *r)
{
    struct sk_system *s = r->system;
    struct ids *ids = TAKE(r, struct ids, s->domain_count);

    for (size_t i = 0; i < s->domain_count; i++) {
        check_inner_ids(r, &s->domains[i], &ids[i]);
    }
    for (size_t i = 0; i < s->channel_count; i++) {
        for (size_t k = 0; k < 2; k++) {
            const struct sk_system_end *end = &s->channels[i].end[k];
            if (end->domain != NULL) {
                check_limit(r, end->domain, "end", &end->id);
                claim(r, &ids[end->domain->index], end->domain, "end", &end->id);
            }
        }
    }
}
