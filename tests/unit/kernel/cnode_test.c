/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/derive.h"
#include "play.h"

#define EP 1000ull

static void a_copy_has_no_more_rights_than_asked_for(void **state)
{
    struct kernel *k = *state;

    play_make(k, seL4_EndpointObject, 0, EP);
    assert_int_equal(play_copy(k, EP, EP + 1, RIGHT_READ, 0), seL4_NoError);
    assert_int_equal(cap_rights(play_slot(k, EP + 1)->cap), RIGHT_READ);
    assert_int_equal(play_copy(k, EP + 1, EP + 2, RIGHTS_ALL, 0), seL4_NoError);
    assert_int_equal(cap_rights(play_slot(k, EP + 2)->cap), RIGHT_READ);
}

static void copying_into_a_full_slot_is_refused(void **state)
{
    struct kernel *k = *state;

    play_make(k, seL4_EndpointObject, 0, EP);
    assert_int_equal(play_copy(k, EP, ROOT_TCB, RIGHTS_ALL, 0), seL4_DeleteFirst);
    assert_int_equal(play_copy(k, EP + 1, EP + 2, RIGHTS_ALL, 0), seL4_FailedLookup);
    assert_int_equal(play_word(k, 0), 1);
    assert_int_equal(play_word(k, 1), seL4_MissingCapability);
}

static void a_badge_is_for_ever(void **state)
{
    struct kernel *k = *state;

    play_make(k, seL4_EndpointObject, 0, EP);
    assert_int_equal(play_copy(k, EP, EP + 1, RIGHTS_ALL, 5), seL4_NoError);
    assert_int_equal(play_copy(k, EP + 1, EP + 2, RIGHTS_ALL, 6), seL4_IllegalOperation);
}

static void revoking_deletes_what_was_derived(void **state)
{
    struct kernel *k = *state;

    play_make(k, seL4_EndpointObject, 0, EP);
    (void)play_copy(k, EP, EP + 1, RIGHTS_ALL, 5);
    (void)play_copy(k, EP + 1, EP + 2, RIGHTS_ALL, 0);
    assert_int_equal(
        play_call(k, ROOT_CNODE,
                  (struct message){.label = CNodeRevoke, .length = 2, .words = {EP, 64}})
            .label,
        seL4_NoError);
    assert_int_equal(cap_type(play_slot(k, EP)->cap), CAP_ENDPOINT);
    assert_true(cap_is_null(play_slot(k, EP + 1)->cap));
    assert_true(cap_is_null(play_slot(k, EP + 2)->cap));
}

/* Two CNodes that hold the last capabilities to each other, and one that holds itself. */
static void containers_in_containers_can_be_deleted(void **state)
{
    struct kernel *k = *state;
    const uint64_t a = 1100, b = 1101, c = 1102;

    for (uint64_t n = a; n <= c; n++) {
        play_make(k, seL4_CapTableObject, 2, n);
    }
    sk_kderive_move(play_slot(k, b), cap_cnode_slots(play_slot(k, a)->cap) + 1,
                    play_slot(k, b)->cap);
    assert_int_equal(play_delete(k, a), seL4_NoError);
    assert_true(cap_is_null(play_slot(k, a)->cap));
    /* b is unreachable now: only revoking its untyped ends it. */
    sk_kderive_insert(play_slot(k, c), cap_cnode_slots(play_slot(k, c)->cap) + 3,
                      play_slot(k, c)->cap, false);
    assert_int_equal(play_delete(k, c), seL4_NoError);
    assert_int_equal(play_call(k, ROOT_CNODE,
                               (struct message){.label = CNodeRevoke,
                                                .length = 2,
                                                .words = {play_untyped(k, 23), 64}})
                         .label,
                     seL4_NoError);
    assert_false(derive_has_children(play_slot(k, play_untyped(k, 23))));
}

static void deleting_a_thread_stops_it(void **state)
{
    struct kernel *k = *state;

    play_thread(k, 1200, 255, false);
    assert_int_equal(play_delete(k, 1200), seL4_NoError);
    sk_host_advance(k, 1000000000);
    assert_ptr_equal(k->current, cap_object(play_slot(k, ROOT_TCB)->cap));
}

#define WITH_KERNEL(test) cmocka_unit_test_setup_teardown(test, play_open, play_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KERNEL(a_copy_has_no_more_rights_than_asked_for),
        WITH_KERNEL(copying_into_a_full_slot_is_refused),
        WITH_KERNEL(a_badge_is_for_ever),
        WITH_KERNEL(revoking_deletes_what_was_derived),
        WITH_KERNEL(containers_in_containers_can_be_deleted),
        WITH_KERNEL(deleting_a_thread_stops_it),
    };

    return cmocka_run_group_tests_name("kernel/cnode", tests, NULL, NULL);
}
