/*
 * Tables that describe attributes: one for each element.
 *
 * read_attrs() goes through the attributes that are there, stores their values in the fields
 * that the table names, and complains about values out of range, about attributes that are not
 * in the table, and about those that are missing.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "reader.h"

enum attr_kind {
    ATTR_TEXT,    /* struct sk_system_text; may not be empty */
    ATTR_NUMBER,  /* struct sk_system_number; decimal or 0x hexadecimal, _ ignored */
    ATTR_DECIMAL, /* struct sk_system_number; decimal only, as upstream wants ids */
    ATTR_FLAG,    /* struct sk_system_flag; true or false */
    ATTR_SPECIAL, /* read() does it */
};

struct attr_rule {
    const char *name;
    enum attr_kind kind;
    bool is_needed;
    size_t offset; /* of the field */
    /* Numbers: the default, and what is allowed; flags: the default. */
    uint64_t otherwise, min, max;
    uint64_t multiple;   /* 0: any */
    const char *example; /* a value, for help; NULL: it is known here, but always refused */
    void (*read)(struct reader *r, const struct xml_node *n, const struct xml_attr *attr,
                 void *out);
};

/* A table without end mark, and its length. */
#define RULES(table) table, sizeof(table) / sizeof((table)[0])

void read_attrs(struct reader *r, const struct xml_node *n, const struct attr_rule *rules,
                size_t rule_count, void *out);

/* --- numbers */
enum number_problem {
    NUMBER_GOOD,
    NUMBER_BAD, /* not a number */
    NUMBER_HEX, /* hexadecimal, which is not allowed here; the value is returned */
    NUMBER_NEGATIVE,
    NUMBER_HUGE, /* more than 64 bits */
};

enum number_problem number_parse(const char *s, bool allows_hex, uint64_t *ret_value);
