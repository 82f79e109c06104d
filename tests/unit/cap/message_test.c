/*
 * What readers and builders refuse, without a kernel: a message is made by hand. That messages
 * arrive is shown in tests/cap/message_cases.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/message.h>

#include "check.h"
#include "traps.h"

static seL4_IPCBuffer buffer;

/* Two capabilities came along, of which the first was unwrapped. */
static sk_reader received(void)
{
    seL4_SetIPCBuffer(&buffer);
    return (sk_reader){.is_open = 1, .info = seL4_MessageInfo_new(1, 1, 2, 0)};
}

static void look_at(void *arg)
{
    sk_reader in = received();

    (void)sk_reader_cap_is_unwrapped(&in, *(unsigned *)arg);
}

static void take_badge(void *arg)
{
    sk_reader in = received();

    (void)sk_reader_cap_badge(&in, *(unsigned *)arg);
}

static void a_capability_that_did_not_come_traps(void **state)
{
    unsigned first = 0;
    unsigned second = 1;
    unsigned third = 2;

    (void)state;
    assert_false(traps(look_at, &second));
    assert_true(traps(look_at, &third));
    assert_false(traps(take_badge, &first));
    assert_true(traps(take_badge, &second));
}

static void answer(void *arg)
{
    sk_reader in = received();

    sk_builder out = sk_reader_answer(&in, *(seL4_Word *)arg);
    sk_builder_drop(&out);
}

static void an_answer_has_a_label_that_fits(void **state)
{
    seL4_Word widest = SK_MESSAGE_LABEL_MAX;
    seL4_Word wider = widest + 1;

    (void)state;
    assert_false(traps(answer, &widest));
    assert_true(traps(answer, &wider));
}

static void an_answer_ends_the_reader(void **state)
{
    sk_reader in = received();
    sk_builder out = sk_reader_answer(&in, 3);

    (void)state;
    assert_true(sk_own_is_empty(&in));
    assert_int_equal(out.label, 3);
    sk_builder_drop(&out);
}

static void receive_with_what_is_kept(void *arg)
{
    sk_caller caller = {.slot = sk_slot_at((sk_cnode){2}, 5), .cptr = 5, .is_kept = true};

    (void)arg;
    seL4_SetIPCBuffer(&buffer);

    sk_reader in = sk_reader_receive((sk_endpoint){4}, &caller);
    sk_reader_drop(&in);
}

static void a_right_that_is_kept_cannot_receive(void **state)
{
    (void)state;
    assert_true(traps(receive_with_what_is_kept, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_capability_that_did_not_come_traps),
        cmocka_unit_test(an_answer_has_a_label_that_fits),
        cmocka_unit_test(an_answer_ends_the_reader),
        cmocka_unit_test(a_right_that_is_kept_cannot_receive),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
