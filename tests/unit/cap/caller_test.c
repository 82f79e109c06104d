/*
 * Places for the right to answer: where they come from and go, and what they refuse. That
 * answers arrive is shown in tests/cap/message_cases.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/message.h>

#include "check.h"
#include "store.h"
#include "traps.h"

static sk_err make_then_fail(struct store *s, sk_err late, sk_caller *ret_caller)
{
    SK_AUTO(sk_caller) caller = {0};

    SK_TRY(sk_caller_make(&s->source, &caller));
    SK_TRY(late);
    *ret_caller = SK_MOVE(caller);
    return SK_OK;
}

static void a_place_is_a_reply_object_of_the_source(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct store s = store_open(&k);
    sk_caller caller = {0};

    (void)state;
    assert_int_equal(make_then_fail(&s, SK_OK, &caller), SK_OK);
    assert_int_equal(s.slots_out, 1);
    assert_int_equal(s.objects_out, 1);
    assert_int_equal(caller.cptr, k.next_slot - 1);
    assert_false(caller.is_kept);
    sk_caller_drop(&caller);
    assert_true(sk_own_is_empty(&caller));
    sk_caller_drop(&caller);
    assert_int_equal(s.slots_out, 0);
    assert_int_equal(s.objects_out, 0);
}

static void an_error_gives_it_back(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct store s = store_open(&k);
    sk_caller caller = {0};

    (void)state;
    assert_int_equal(make_then_fail(&s, SK_ERR_RANGE, &caller), SK_ERR_RANGE);
    for (s.fail_at = 1; s.fail_at <= 2; s.fail_at++) {
        s.requests = 0;
        assert_int_equal(make_then_fail(&s, SK_OK, &caller),
                         s.fail_at == 1 ? SK_ERR_NO_SLOT : SK_ERR_NO_MEMORY);
    }
    assert_int_equal(s.slots_out, 0);
    assert_int_equal(s.objects_out, 0);
    assert_true(sk_own_is_empty(&caller));
}

static void a_slot_of_the_programs_own_is_emptied(void **state)
{
    struct host_kernel k = host_kernel_boot();
    seL4_CPtr reply = host_kernel_make(&k, seL4_ReplyObject, 0);
    sk_caller caller = sk_caller_of(sk_slot_at((sk_cnode){k.cnode}, reply));

    (void)state;
    assert_int_equal(caller.cptr, reply);
    sk_caller_drop(&caller);
    assert_int_equal(seL4_CNode_Move(k.cnode, k.next_slot, 64, k.cnode, reply, 64),
                     seL4_FailedLookup);
}

struct place {
    sk_caller caller;
    sk_endpoint endpoint;
};

static void receive_with_a_kept_one(void *arg)
{
    struct place *p = (struct place *)arg;
    sk_reader in;

    if (sk_caller_keep(&p->caller) == SK_OK) {
        in = sk_reader_receive(p->endpoint, &p->caller);
        sk_reader_drop(&in);
    }
}

static void keep_twice(void *arg)
{
    struct place *p = (struct place *)arg;

    if (sk_caller_keep(&p->caller) == SK_OK) {
        (void)sk_caller_keep(&p->caller);
    }
}

static void keep_once(void *arg)
{
    (void)sk_caller_keep(&((struct place *)arg)->caller);
}

static void keep_answer_and_keep(void *arg)
{
    struct place *p = (struct place *)arg;

    if (sk_caller_keep(&p->caller) == SK_OK) {
        sk_builder out = sk_builder_open(0);

        sk_builder_answer(&out, &p->caller);
        (void)sk_caller_keep(&p->caller);
    }
}

static void a_right_that_is_kept_is_not_overwritten(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct store s = store_open(&k);
    struct place p = {.endpoint = {host_kernel_make(&k, seL4_EndpointObject, 0)}};

    (void)state;
    assert_int_equal(sk_caller_make(&s.source, &p.caller), SK_OK);
    assert_true(traps(keep_once, &p)); /* it has not received yet */
    sk_caller_note(&p.caller);
    assert_true(traps(receive_with_a_kept_one, &p));
    assert_true(traps(keep_twice, &p));
    assert_false(traps(keep_once, &p));
    assert_false(traps(keep_answer_and_keep, &p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_is_a_reply_object_of_the_source),
        cmocka_unit_test(an_error_gives_it_back),
        cmocka_unit_test(a_slot_of_the_programs_own_is_emptied),
        cmocka_unit_test(a_right_that_is_kept_is_not_overwritten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
