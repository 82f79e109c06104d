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

/*
 * What may be wrong, in this order from 0 on. The release initialiser says the number.
 */
#define SK_SPEC_WRONGS(X)                                                    \
    X(NONE_THERE, "there is no specification")                               \
    X(VERSION, "it has another version")                                     \
    X(SIZE, "it has another size")                                           \
    X(NO_KERNEL, "it is made for no kernel")                                 \
    X(OTHER_KERNEL, "it was made for another kernel")                        \
    X(TABLE_OUTSIDE, "the table of this number lies outside")                \
    X(NAMES_END, "the last name has no end")                                 \
    X(OBJECT_COUNT, "it has another number of objects")                      \
    X(PAGES_LEFT, "not all handed pages are mapped")                         \
    X(OBJECT, "there is no such object")                                     \
    X(PAGE, "it is no small frame of RAM")                                   \
    X(SLOT, "there is no such CNode, or no such slot")                       \
    X(RUN, "there are no such objects of one group")                         \
    X(TOO_LARGE, "it is too large")                                          \
    X(NOT_ZERO, "it is not zero")                                            \
    X(TYPE, "no object has this type and size")                              \
    X(ADDRESS, "paddr or flags is wrong, or the order")                      \
    X(GROUP, "count, first, slot or reserved is wrong")                      \
    X(POOL, "the pool has not so many, or another size")                     \
    X(VADDR, "vaddr is not aligned, or no program's")                        \
    X(SPAN, "no page table covers this span")                                \
    X(UNTYPED, "size or min_bits is wrong, or the rest was given before")    \
    X(FILL_FRAME, "it does not fit into the frame, or that cannot be shown") \
    X(FILL_CONTENTS, "its contents are not in the blob pages that stay")     \
    X(FRAME_SIZE, "the frames have another size")                            \
    X(PAGES, "there are no such pages")                                      \
    X(PAGE_ORDER, "handed pages are mapped once, in ascending order")        \
    X(MAP_RIGHTS, "rights are reading, or reading and writing")              \
    X(MAP_ORDER, "maps are by vspace and vaddr, without overlaps")           \
    X(IMAGE_TWICE, "the image can be given only once")                       \
    X(BADGE_NOTIFICATION, "a badge has no notification")                     \
    X(SOURCE, "the source does not exist")                                   \
    X(OPERATION, "that cannot be done with its source")                      \
    X(CAP_ORDER, "caps are by cnode and slot, each slot once")               \
    X(SCHEDULE, "index, domain or duration is wrong, or the order")          \
    X(TIME, "budget, period or core is wrong, or there is no context")       \
    X(PASSIVE, "a passive thread has no notification")                       \
    X(THREAD_ADDRESS, "entry, stack or ipc_vaddr is wrong")                  \
    X(BADGE_ENDPOINT, "a badge has no endpoint")                             \
    X(THREAD_DOMAIN, "the domain or the name does not exist")

#define SK_SPEC_WRONG_NAME(name, text) SK_SPEC_WRONG_##name,
enum sk_spec_wrong { SK_SPEC_WRONGS(SK_SPEC_WRONG_NAME) };

struct sk_spec_problem {
    enum sk_spec_table table; /* SK_SPEC_TABLE_COUNT: the header */
    uint32_t record;          /* of the table, from 0 */
    uint32_t field;           /* its offset in the record, or SK_SPEC_NONE: not one alone */
    enum sk_spec_wrong what;  /* is wrong with it */
};

/*
 * Check spec, which is aligned to 8 bytes and has room bytes that can be read, blob pages
 * included. platform is the kernel at hand, or NULL: any. False: *ret_problem is what is wrong
 * first.
 */
bool sk_spec_check(const struct sk_spec *spec, uint64_t room,
                   const struct sk_spec_platform *platform,
                   struct sk_spec_problem *ret_problem);

/* A sentence without its full stop. */
const char *sk_spec_wrong_text(enum sk_spec_wrong what);

/* The name of a table, in the plural: "maps"; "header" of SK_SPEC_TABLE_COUNT. */
const char *sk_spec_table_name(enum sk_spec_table table);

/* The size of a record of a table, in bytes. */
uint32_t sk_spec_record_size(enum sk_spec_table table);

/* The group of the object with this number, which is below object_count. Spec was checked. */
const struct sk_spec_group *sk_spec_group_of(const struct sk_spec *spec, uint32_t object);
