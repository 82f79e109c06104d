/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/alloc/scope.h>
#include <selkie/cap/owned.h>
#include <selkie/rt/catch.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#include "parts.h"

/* How the innermost of three scopes is left. */
enum end { RETURNS, FAILS, PANICS };

static sk_err use(struct sk_source *source)
{
    sk_slots slots;
    uintptr_t pages;

    SK_TRY(source->take_slots(source, 10, &slots));
    SK_TRY(source->make_object(source, SK_BLUEPRINT(TCB), slots.first));
    SK_TRY(source->make_object(source, sk_blueprint_cnode(4), sk_slots_get(slots, 1)));
    SK_TRY(source->make_objects(source, SK_BLUEPRINT(Endpoint),
                                (sk_slots){sk_slots_get(slots, 2), 8}));
    SK_TRY(source->take_pages(source, 5, &pages));
    *(volatile int *)pages = 1;
    return SK_OK;
}

static sk_err innermost(struct sk_source *source, enum end end)
{
    SK_SCOPE(scope, source);

    SK_TRY(use(&scope.source));
    if (end == PANICS) {
        sk_panic("in the innermost scope");
    }
    return end == FAILS ? SK_ERR_RANGE : SK_OK;
}

static sk_err middle(struct sk_source *source, enum end end)
{
    SK_SCOPE(scope, source);
    SK_AUTO(sk_owned_object) object = {0};

    SK_TRY(use(&scope.source));
    SK_TRY(sk_owned_object_make(&scope.source, SK_BLUEPRINT(Notification), &object));
    return innermost(&scope.source, end);
}

static sk_err outermost(struct sk_source *source, enum end end)
{
    SK_SCOPE(scope, source);

    SK_TRY(use(&scope.source));
    return middle(&scope.source, end);
}

static void panic_inside(void *arg)
{
    (void)!outermost((struct sk_source *)arg, PANICS);
}

void end_scopes(struct sk_source *source)
{
    sk_outcome outcome;

    sk_assert(outermost(source, RETURNS) == SK_OK);
    check_same("after scopes that were returned from");
    sk_assert(outermost(source, FAILS) == SK_ERR_RANGE);
    check_same("after scopes that an error left");
    sk_puts("scopes end by returning, by an error");
    outcome = sk_catch(panic_inside, source);
    sk_assert(outcome.how == SK_PANICKED);
    check_same("after scopes that a panic left");
    sk_puts("and by a panic");
}
