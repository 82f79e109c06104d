/*
 * What lies at the top of a new process's stack: arguments, environment, auxiliary vector,
 * grants, random bits, and the texts of all these, as System V's ABI has them.
 *
 *     sp  argc, argv[], 0, envp[], 0, aux[], 0, 0, grants[], random[2], texts
 *
 * It is written page by page, as the pages are mapped one at a time: each time all of it is
 * gone through, and what lies on the page is written.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <selkie/base/err.h>
#include <selkie/rt/grant.h>

#define STACK_TOP_AUX 16

struct stack_top {
    const char *const *argv;
    const char *const *envp;
    const char *name;    /* the only argument, if argv is NULL */
    struct sk_grant own; /* one grant before the others, if its name is not NULL */
    const struct sk_grant *grants;
    size_t grant_count;
    seL4_CPtr first_grant; /* where the first one is; the others follow */
    uint64_t random[2];
    struct {
        uint64_t type;
        uint64_t value;
    } aux[STACK_TOP_AUX];
    unsigned aux_count;
    size_t argc; /* from here on by sk_stack_top_place() */
    uintptr_t sp;
    uintptr_t texts;
};

/* Add an entry to the auxiliary vector; there are never too many. */
void sk_stack_top_tell(struct stack_top *t, uint64_t type, uint64_t value);

/*
 * Find the place for all that was put into t, below end. No entry may be added afterwards.
 *
 * SK_ERR_RANGE: it takes more than limit bytes.
 */
sk_err sk_stack_top_place(struct stack_top *t, uintptr_t end, size_t limit);

/* Write what lies on the page at vaddr of the process to here. */
void sk_stack_top_write(const struct stack_top *t, uintptr_t vaddr, void *here, size_t size);
