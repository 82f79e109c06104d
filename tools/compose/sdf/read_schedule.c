/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "attr.h"

enum { MOST_SLICES = 256, LONGEST_DURATION = 64 };

static void read_slices(struct reader *r, const struct xml_node *n)
{
    static const struct attr_rule rules[] = {
        {"name", ATTR_TEXT, true, offsetof(struct sk_system_slice, name), .example = "red"},
        {"id", ATTR_NUMBER, false, offsetof(struct sk_system_slice, id), .max = UINT32_MAX,
         .example = "0"},
    };
    struct sk_system *s = r->system;

    s->slices = TAKE(r, struct sk_system_slice, count_children(n, "domain"));
    FOR_CHILDREN(child, n, "domain")
    {
        struct sk_system_slice *slice = &s->slices[s->slice_count++];
        slice->at = child->at;
        read_attrs(r, child, RULES(rules), slice);
        check_children(r, child, "");
        declare(r, &r->slices, child->name, &slice->name, slice);
    }
}

/* Give the smallest free ids to the domains without one. */
static void number_slices(struct reader *r)
{
    const struct sk_system_slice *owner[MOST_SLICES] = {NULL};
    unsigned limit = r->limits->slices < MOST_SLICES ? r->limits->slices : MOST_SLICES;
    struct sk_system *s = r->system;
    unsigned next = 0;

    for (size_t i = 0; i < s->slice_count; i++) {
        struct sk_system_slice *slice = &s->slices[i];
        if (slice->id.is_given && slice->id.value >= limit) {
            bad_attr(r, "domain", "id", slice->id.at, say(r, "id=\"%u\"", limit - 1),
                     "the kernel has %u domains, 0 to %u", limit, limit - 1);
        } else if (slice->id.is_given && owner[slice->id.value] != NULL) {
            bad_attr(r, "domain", "id", slice->id.at, "delete it: a free one is found",
                     "domain %u has the name '%s' already", (unsigned)slice->id.value,
                     owner[slice->id.value]->name.value);
        } else if (slice->id.is_given) {
            owner[slice->id.value] = slice;
        }
    }
    for (size_t i = 0; i < s->slice_count; i++) {
        struct sk_system_slice *slice = &s->slices[i];
        while (next < limit && owner[next] != NULL) {
            next++;
        }
        if (slice->id.is_given || slice->id.is_bad) {
            continue;
        }
        if (next == limit) {
            bad_element(r, "domain", slice->at, "use fewer",
                        "there are more domains than the kernel's %u", limit);
            return;
        }
        slice->id.value = next;
        owner[next] = slice;
    }
}

static void read_duration(struct reader *r, const struct xml_node *n,
                          const struct xml_attr *attr, void *out)
{
    struct sk_system_turn *turn = out;
    const char *blank = strchr(attr->value, ' ');
    char number[LONGEST_DURATION] = "";
    uint64_t value = 0;

    turn->duration_at = attr->value_at;
    if (blank != NULL && blank - attr->value < LONGEST_DURATION) {
        memcpy(number, attr->value, (size_t)(blank - attr->value));
    }
    bool is_ticks = blank != NULL && str_equal(blank + 1, "ticks");
    bool has_unit = is_ticks || (blank != NULL && str_equal(blank + 1, "us"));
    if (number_parse(number, true, &value) != NUMBER_GOOD || !has_unit) {
        bad_attr(r, n->name, attr->name, attr->value_at,
                 "duration=\"1000 us\" or duration=\"1000 ticks\"",
                 "'%s' is not a number and a unit", attr->value);
    } else if (value == 0) {
        bad_attr(r, n->name, attr->name, attr->value_at, "<schedule_end_marker />",
                 "a turn of no time would end the schedule");
    } else {
        turn->duration = value;
        turn->is_ticks = is_ticks;
    }
}

static void read_turn(struct reader *r, const struct xml_node *n, struct sk_system_turn *turn)
{
    static const struct attr_rule rules[] = {
        {"domain", ATTR_TEXT, true, offsetof(struct sk_system_turn, slice_name),
         .example = "red"},
        {"duration", ATTR_SPECIAL, true, .read = read_duration, .example = "1000 us"},
    };

    turn->at = turn->duration_at = n->at;
    read_attrs(r, n, RULES(rules), turn);
    if (turn->slice_name.value == NULL) {
        return;
    }
    turn->slice = table_find(&r->slices, turn->slice_name.value);
    if (turn->slice == NULL) {
        bad_attr(r, n->name, "domain", turn->slice_name.at,
                 suggest_from(r, &r->slices, turn->slice_name.value,
                              say(r, "<domain name=\"%s\" />", turn->slice_name.value)),
                 "there is no domain '%s'", turn->slice_name.value);
    }
}

static void read_turns(struct reader *r, const struct xml_node *n)
{
    static const struct attr_rule rules[] = {
        {"start_index", ATTR_NUMBER, false, offsetof(struct sk_system, start_index),
         .max = UINT32_MAX, .example = "0"},
        {"index_shift", ATTR_NUMBER, false, offsetof(struct sk_system, index_shift),
         .max = UINT32_MAX, .example = "0"},
    };
    struct sk_system *s = r->system;

    s->turns_at = n->at;
    read_attrs(r, n, RULES(rules), s);
    check_children(r, n, "schedule_entry schedule_end_marker");
    s->turns =
        TAKE(r, struct sk_system_turn,
             count_children(n, "schedule_entry") + count_children(n, "schedule_end_marker"));
    for (const struct xml_node *child = xml_first(n); child != NULL; child = xml_next(child)) {
        struct sk_system_turn *turn = &s->turns[s->turn_count];
        if (str_equal(child->name, "schedule_entry")) {
            read_turn(r, child, turn);
        } else if (str_equal(child->name, "schedule_end_marker")) {
            turn->at = turn->slice_name.at = turn->duration_at = child->at;
            turn->is_end = true;
            read_attrs(r, child, NULL, 0, NULL);
        } else {
            continue;
        }
        check_children(r, child, "");
        s->turn_count++;
    }
}

/* seL4 has domains on one core only. */
static bool check_support(struct reader *r, const struct xml_node *n)
{
    if (r->limits->cores > 1) {
        bad_element(r, n->name, n->at, "choose a configuration with one core",
                    "a kernel for several cores has no domains");
    } else if (r->limits->slices <= 1) {
        bad_element(r, n->name, n->at, "choose a kernel with more: NUM_DOMAINS=16",
                    "the kernel for %s has one domain only", r->limits->board);
    } else {
        return true;
    }
    return false;
}

void read_schedule(struct reader *r, const struct xml_node *root)
{
    const struct xml_node *n = find_from(xml_first(root), "domains");

    if (n == NULL) {
        return;
    }
    const struct xml_node *again = find_from(xml_next(n), "domains");
    if (again != NULL) {
        bad_element(r, again->name, again->at, "put both into one",
                    "there are 'domains' already");
    }
    for (const struct xml_node *d = xml_first(root); d != n; d = xml_next(d)) {
        if (str_equal(d->name, "protection_domain")) {
            bad_element(r, n->name, n->at, "put it at the beginning of the system",
                        "it comes after a protection domain");
            break;
        }
    }
    r->system->has_schedule = true;
    r->system->schedule_at = n->at;
    bool is_supported = check_support(r, n);
    read_attrs(r, n, NULL, 0, NULL);
    check_children(r, n, "domain domain_schedule");
    read_slices(r, n);
    if (r->system->slice_count == 0) {
        bad_element(r, n->name, n->at, "<domain name=\"red\" />", "it has no 'domain'");
    }
    if (is_supported) {
        number_slices(r);
    }
    const struct xml_node *turns = find_from(xml_first(n), "domain_schedule");
    if (turns == NULL) {
        bad_element(r, n->name, n->at, "<domain_schedule> ...", "it has no 'domain_schedule'");
        return;
    }
    read_turns(r, turns);
    again = find_from(xml_next(turns), "domain_schedule");
    if (again != NULL) {
        bad_element(r, again->name, again->at, "separate schedules by <schedule_end_marker />",
                    "there is a 'domain_schedule' already");
    }
}
