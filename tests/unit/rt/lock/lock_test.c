/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* With its own idea of the kernel: what another thread does between two steps is done here. */
#include "../../../../src/rt/lock.c"

enum { OURS = 20, THEIRS = 30 };

static struct lock lock;
static unsigned made;
static unsigned freed;
static unsigned given;
static seL4_Word calls[9]; /* of the last system call */
static unsigned call_count;
static bool is_race; /* another thread makes its notification while we make ours */

void sk_host_svc(seL4_Word x[9])
{
    __builtin_memcpy(calls, x, sizeof(calls));
    call_count++;
    lock.state = LOCK_FREE; /* whoever is waited for has let go */
}

static sk_err take_slots(struct sk_source *self, seL4_Word count, sk_slots *ret_slots)
{
    (void)self;
    *ret_slots = (sk_slots){sk_slot_at((sk_cnode){2}, OURS), count};
    return SK_OK;
}

static void give_slots(struct sk_source *self, sk_slots slots)
{
    (void)self;
    assert_int_equal(slots.first.index, OURS);
    assert_int_equal(slots.count, 1);
    given++;
}

static sk_err make_object(struct sk_source *self, sk_blueprint what, sk_slot into)
{
    (void)self;
    (void)what;
    assert_int_equal(into.index, OURS);
    made++;
    if (is_race) {
        lock.notification = THEIRS;
    }
    return SK_OK;
}

static void free_object(struct sk_source *self, sk_blueprint what, sk_slot at)
{
    (void)self;
    (void)what;
    assert_int_equal(at.index, OURS);
    freed++;
}

void sk_env_get(struct sk_env *ret_env)
{
    static struct sk_source source = {
        .take_slots = take_slots,
        .give_slots = give_slots,
        .make_object = make_object,
        .free_object = free_object,
    };

    *ret_env = (struct sk_env){.source = &source};
}

static int begin(void **state)
{
    static seL4_IPCBuffer buffer;

    (void)state;
    seL4_SetIPCBuffer(&buffer);
    lock = (struct lock){.state = LOCK_TAKEN};
    made = freed = given = call_count = 0;
    is_race = false;
    return 0;
}

static void the_first_who_waits_makes_the_notification(void **state)
{
    (void)state;
    sk_lock_wait(&lock);
    assert_int_equal(lock.notification, OURS);
    assert_int_equal(lock.state, LOCK_WAITED_FOR);
    assert_int_equal(made, 1);
    assert_int_equal(freed + given, 0);
    assert_int_equal(call_count, 1);
    assert_int_equal(calls[0], OURS);
}

static void who_is_slower_waits_on_the_others_and_gives_its_own_back(void **state)
{
    (void)state;
    is_race = true;
    sk_lock_wait(&lock);
    assert_int_equal(lock.notification, THEIRS);
    assert_int_equal(made, 1);
    assert_int_equal(freed, 1);
    assert_int_equal(given, 1);
    assert_int_equal(call_count, 1);
    assert_int_equal(calls[0], THEIRS);
}

static void waiters_are_woken_if_there_is_where_they_wait(void **state)
{
    (void)state;
    sk_lock_wake(&lock);
    assert_int_equal(call_count, 0);
    lock.notification = THEIRS;
    sk_lock_wake(&lock);
    assert_int_equal(call_count, 1);
    assert_int_equal(calls[0], THEIRS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_first_who_waits_makes_the_notification, begin),
        cmocka_unit_test_setup(who_is_slower_waits_on_the_others_and_gives_its_own_back, begin),
        cmocka_unit_test_setup(waiters_are_woken_if_there_is_where_they_wait, begin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
