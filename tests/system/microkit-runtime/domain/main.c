/*
 * A Microkit domain with what the runtime has: thread-local variables, a heap, constructors,
 * panics that are caught. It is restarted by its parent, and all of that is new then.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/base/own.h>
#include <selkie/rt/catch.h>
#include <selkie/rt/heap.h>
#include <selkie/rt/panic.h>

#include "../../microkit/say.h"

typedef struct owned {
    seL4_Word *count;
} owned;

static void drop(owned *o)
{
    *o->count += 1;
}
SK_OWNED(owned, drop)

static __thread seL4_Word local = 3;
static seL4_Word constructed, zero;
static void *kept;

__attribute__((constructor)) static void construct(void)
{
    constructed++;
}

static void fail(void *count)
{
    SK_AUTO(owned) o = {count};

    sk_panic("%s fails", microkit_name);
}

void init(void)
{
    seL4_Word drops = 0;

    say("constructed", constructed);
    say("zero", zero++);
    say("thread-local", local++);
    kept = malloc(70000);
    say("heap", kept == NULL ? 0 : 1);
    kept = malloc(40000);
    say("heap", kept == NULL ? 0 : 1);
    say("caught", sk_catch(fail, &drops).how);
    say("drops", drops);
    microkit_notify(9);
}

void notified(microkit_channel ch)
{
    say("told", ch);
    say("thread-local", local);
    sk_panic("the end");
}
