/*
 * Is a specification (selkie/init/spec.h) one that can be carried out?
 *
 * Everything that can be known without asking a kernel is checked: nothing that the initialiser
 * does afterwards can make it read outside, divide, shift or loop without bounds. The composer
 * and the tests call the same function.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <selkie/init/spec.h>

struct sk_spec_problem {
    enum sk_spec_table table; /* SK_SPEC_TABLE_COUNT: the header */
    uint32_t record;          /* of the table, from 0 */
    const char *what;         /* is wrong with it */
};

/*
 * Check spec, which is aligned to 8 bytes and has room bytes that can be read, blob pages
 * included. platform is the kernel at hand, or NULL: any. False: *ret_problem is what is wrong
 * first.
 */
bool sk_spec_check(const struct sk_spec *spec, uint64_t room,
                   const struct sk_spec_platform *platform,
                   struct sk_spec_problem *ret_problem);

/* The name of a table, in the plural: "maps"; "header" of SK_SPEC_TABLE_COUNT. */
const char *sk_spec_table_name(enum sk_spec_table table);

/* The group of the object with this number, which is below object_count. Spec was checked. */
const struct sk_spec_group *sk_spec_group_of(const struct sk_spec *spec, uint32_t object);
