/* SPDX-License-Identifier: BSD-2-Clause */
#include "attr.h"

#include <inttypes.h>
#include <string.h>

#include "../../base/nearest.h"

enum { MOST_RULES = 24 };

static const struct attr_rule *find_rule(const struct attr_rule *rules, size_t rule_count,
                                         const char *name)
{
    for (size_t i = 0; i < rule_count; i++) {
        if (str_equal(rules[i].name, name)) {
            return &rules[i];
        }
    }
    return NULL;
}

static void unknown(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                    const struct attr_rule *rules, size_t rule_count)
{
    const char *names[MOST_RULES];
    size_t name_count = 0;
    struct text list = {0};

    for (size_t i = 0; i < rule_count; i++) {
        if (rules[i].example == NULL) {
            continue;
        }
        names[name_count++] = rules[i].name;
        if (!str_starts(rules[i].name, "sk:")) {
            text_addf(&list, "%s%s", list.length == 0 ? "" : ", ", rules[i].name);
        }
    }
    const char *otherwise = list.length == 0 ? say(r, "delete %s", attr->name)
                                             : say(r, "its attributes are: %s", list.data);
    text_fini(&list);
    bad_element(r, n->name, attr->at,
                suggest(r->arena, attr->name, names, name_count, otherwise),
                "there is no attribute '%s'", attr->name);
}

/* A number as it is best written: sizes and addresses in hexadecimal. */
static const char *spell(struct reader *r, const struct attr_rule *rule, uint64_t value)
{
    return rule->kind == ATTR_NUMBER && rule->multiple != 0 ? say(r, "0x%" PRIx64, value)
                                                            : say(r, "%" PRIu64, value);
}

static void number_unreadable(struct reader *r, const struct xml_node *n,
                              const struct xml_attr *attr, const struct attr_rule *rule,
                              enum number_problem problem, uint64_t value)
{
    const char *help = say(r, "%s=\"%s\"", attr->name, rule->example);

    switch (problem) {
    case NUMBER_HEX:
        bad_attr(r, n->name, attr->name, attr->value_at,
                 say(r, "%s=\"%" PRIu64 "\"", attr->name, value),
                 "'%s' is hexadecimal; this number is decimal", attr->value);
        return;
    case NUMBER_NEGATIVE:
        bad_attr(r, n->name, attr->name, attr->value_at, help, "'%s' is negative", attr->value);
        return;
    case NUMBER_HUGE:
        bad_attr(r, n->name, attr->name, attr->value_at, help, "'%s' needs more than 64 bits",
                 attr->value);
        return;
    default:
        bad_attr(r, n->name, attr->name, attr->value_at, help, "'%s' is not a number",
                 attr->value);
    }
}

static bool is_in_range(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                        const struct attr_rule *rule, uint64_t value)
{
    uint64_t wrong_by = rule->multiple == 0 ? 0 : value % rule->multiple;

    if (value < rule->min || value > rule->max) {
        uint64_t nearer = value < rule->min ? rule->min : rule->max;
        nearer -= value < rule->min || rule->multiple == 0 ? 0 : nearer % rule->multiple;
        bad_attr(r, n->name, attr->name, attr->value_at,
                 say(r, "%s=\"%s\"", attr->name, spell(r, rule, nearer)), "%s is %s %s",
                 attr->value, value < rule->min ? "less than" : "more than",
                 spell(r, rule, nearer));
        return false;
    }
    if (wrong_by != 0) {
        uint64_t next = value - wrong_by;
        next += rule->max - next >= rule->multiple ? rule->multiple : 0;
        bad_attr(r, n->name, attr->name, attr->value_at,
                 say(r, "%s=\"0x%" PRIx64 "\"", attr->name, next),
                 "%s is not a multiple of 0x%" PRIx64, attr->value, rule->multiple);
        return false;
    }
    return true;
}

static void read_number(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                        const struct attr_rule *rule, struct sk_system_number *out)
{
    uint64_t value = 0;
    enum number_problem problem = number_parse(attr->value, rule->kind == ATTR_NUMBER, &value);

    out->at = attr->value_at;
    if (problem != NUMBER_GOOD) {
        number_unreadable(r, n, attr, rule, problem, value);
        out->is_bad = true;
    } else if (!is_in_range(r, n, attr, rule, value)) {
        out->is_bad = true;
    } else {
        out->value = value;
        out->is_given = true;
    }
}

static void read_flag(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                      struct sk_system_flag *out)
{
    out->at = attr->value_at;
    out->is_given = true;
    if (str_equal(attr->value, "true")) {
        out->value = true;
    } else if (str_equal(attr->value, "false")) {
        out->value = false;
    } else {
        bad_attr(r, n->name, attr->name, attr->value_at,
                 say(r, "%s=\"true\" or %s=\"false\"", attr->name, attr->name),
                 "'%s' is neither true nor false", attr->value);
    }
}

static void read_text(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                      const struct attr_rule *rule, struct sk_system_text *out)
{
    out->at = attr->value_at;
    if (attr->value[0] == '\0') {
        bad_attr(r, n->name, attr->name, attr->value_at,
                 say(r, "%s=\"%s\"", attr->name, rule->example), "it is empty");
    } else {
        out->value = attr->value;
    }
}

static void read_one(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                     const struct attr_rule *rule, void *out)
{
    void *field = (char *)out + rule->offset;

    switch (rule->kind) {
    case ATTR_TEXT:
        read_text(r, n, attr, rule, field);
        break;
    case ATTR_NUMBER:
    case ATTR_DECIMAL:
        read_number(r, n, attr, rule, field);
        break;
    case ATTR_FLAG:
        read_flag(r, n, attr, field);
        break;
    case ATTR_SPECIAL:
        rule->read(r, n, attr, out);
        break;
    }
}

/* The default, and the element's place in case that nothing was written. */
static void preset(const struct xml_node *n, const struct attr_rule *rule, void *out)
{
    void *field = (char *)out + rule->offset;

    switch (rule->kind) {
    case ATTR_TEXT:
        *(struct sk_system_text *)field = (struct sk_system_text){.at = n->at};
        break;
    case ATTR_NUMBER:
    case ATTR_DECIMAL:
        *(struct sk_system_number *)field =
            (struct sk_system_number){.value = rule->otherwise, .at = n->at};
        break;
    case ATTR_FLAG:
        *(struct sk_system_flag *)field =
            (struct sk_system_flag){.value = rule->otherwise != 0, .at = n->at};
        break;
    case ATTR_SPECIAL:
        break;
    }
}

void read_attrs(struct reader *r, const struct xml_node *n, const struct attr_rule *rules,
                size_t rule_count, void *out)
{
    for (size_t i = 0; i < rule_count; i++) {
        preset(n, &rules[i], out);
    }
    for (const struct xml_attr *attr = n->attrs; attr != NULL; attr = attr->next) {
        const struct attr_rule *rule = find_rule(rules, rule_count, attr->name);
        bool is_declaration =
            str_equal(attr->name, "xmlns") || str_starts(attr->name, "xmlns:");
        if (is_declaration ||
            (str_starts(attr->name, "sk:") && !may_extend(r, attr->name, attr->at))) {
            continue;
        }
        if (rule == NULL) {
            unknown(r, n, attr, rules, rule_count);
        } else {
            read_one(r, n, attr, rule, out);
        }
    }
    for (size_t i = 0; i < rule_count; i++) {
        if (rules[i].is_needed && xml_attr(n, rules[i].name) == NULL) {
            bad_element(r, n->name, n->at,
                        say(r, "<%s %s=\"%s\" ...", n->name, rules[i].name, rules[i].example),
                        "the attribute '%s' is missing", rules[i].name);
        }
    }
}
