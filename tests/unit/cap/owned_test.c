/*
 * Owned slots and objects: what is deleted and given back, and when.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/cap/owned.h>

#include "check.h"
#include "store.h"
#include "traps.h"

/* Is there a capability? Copying one needs it, and an empty slot behind everything. */
static bool is_full(struct host_kernel *k, seL4_CPtr slot)
{
    seL4_CPtr copy = k->next_slot + 100;
    seL4_Error e = seL4_CNode_Copy(k->cnode, copy, 64, k->cnode, slot, 64, seL4_AllRights);

    if (e == seL4_NoError) {
        assert_int_equal(seL4_CNode_Delete(k->cnode, copy, 64), seL4_NoError);
    }
    return e == seL4_NoError;
}

static void own_for_a_while(struct host_kernel *k, seL4_CPtr endpoint)
{
    SK_AUTO(sk_owned_slot)
    owned = sk_owned_slot_of(sk_slot_at((sk_cnode){k->cnode}, endpoint));

    assert_int_equal(sk_owned_slot_cptr(&owned), endpoint);
    assert_int_equal(sk_owned_slot_get(&owned).index, endpoint);
    assert_true(is_full(k, endpoint));
}

static void a_slot_is_emptied_when_its_owner_is_gone(void **state)
{
    struct host_kernel k = host_kernel_boot();
    seL4_CPtr endpoint = host_kernel_make(&k, seL4_EndpointObject, 0);

    (void)state;
    own_for_a_while(&k, endpoint);
    assert_false(is_full(&k, endpoint));
}

static sk_err take_two(struct store *s, sk_err late, sk_owned_object *ret_object,
                       sk_owned_slot *ret_slot)
{
    SK_AUTO(sk_owned_object) object = {0};
    SK_AUTO(sk_owned_slot) slot = {0};

    SK_TRY(sk_owned_object_make(&s->source, SK_BLUEPRINT(Endpoint), &object));
    SK_TRY(sk_owned_slot_take(&s->source, &slot));
    SK_TRY((sk_err)seL4_CNode_Copy(s->kernel->cnode, sk_owned_slot_cptr(&slot), 64,
                                   s->kernel->cnode, sk_owned_object_cptr(&object), 64,
                                   seL4_CanWrite));
    SK_TRY(late);
    *ret_object = SK_MOVE(object);
    *ret_slot = SK_MOVE(slot);
    return SK_OK;
}

static void an_error_gives_everything_back(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct store s = store_open(&k);
    sk_owned_object object = {0};
    sk_owned_slot slot = {0};

    (void)state;
    assert_int_equal(take_two(&s, SK_ERR_RANGE, &object, &slot), SK_ERR_RANGE);
    assert_int_equal(s.requests, 3);
    assert_int_equal(s.slots_out, 0);
    assert_int_equal(s.objects_out, 0);
    assert_int_equal(object.slot.depth, 0);
    for (seL4_Word back = 1; back <= 2; back++) {
        assert_false(is_full(&k, k.next_slot - back));
    }
}

static void each_request_of_the_source_can_fail(void **state)
{
    struct host_kernel k = host_kernel_boot();

    (void)state;
    for (unsigned n = 1; n <= 3; n++) {
        struct store s = store_open(&k);
        sk_owned_object object = {0};
        sk_owned_slot slot = {0};

        s.fail_at = n;
        assert_int_equal(take_two(&s, SK_OK, &object, &slot),
                         n == 2 ? SK_ERR_NO_MEMORY : SK_ERR_NO_SLOT);
        assert_int_equal(s.slots_out, 0);
        assert_int_equal(s.objects_out, 0);
    }
}

static void what_is_moved_out_lives_until_it_is_dropped(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct store s = store_open(&k);
    sk_owned_object object = {0};
    sk_owned_slot slot = {0};

    (void)state;
    assert_int_equal(take_two(&s, SK_OK, &object, &slot), SK_OK);
    assert_int_equal(s.slots_out, 2);
    assert_int_equal(s.objects_out, 1);
    assert_true(is_full(&k, sk_owned_object_slot(&object).index));
    sk_owned_slot_drop(&slot);
    sk_owned_object_drop(&object);
    sk_owned_slot_drop(&slot);
    sk_owned_object_drop(&object);
    assert_int_equal(s.slots_out, 0);
    assert_int_equal(s.objects_out, 0);
}

static void use_emptied(void *arg)
{
    struct store *s = (struct store *)arg;
    sk_owned_slot slot = {0};

    if (sk_owned_slot_take(&s->source, &slot) == SK_OK) {
        sk_owned_slot_drop(&slot);
    }
    (void)sk_owned_slot_cptr(&slot);
}

static void use_emptied_object(void *arg)
{
    struct store *s = (struct store *)arg;
    sk_owned_object object = {0};

    if (sk_owned_object_make(&s->source, SK_BLUEPRINT(Endpoint), &object) == SK_OK) {
        sk_owned_object_drop(&object);
    }
    (void)sk_owned_object_slot(&object);
}

static void using_a_slot_after_it_was_dropped_traps(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct store s = store_open(&k);

    (void)state;
    assert_true(traps(use_emptied, &s));
    assert_true(traps(use_emptied_object, &s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slot_is_emptied_when_its_owner_is_gone),
        cmocka_unit_test(an_error_gives_everything_back),
        cmocka_unit_test(each_request_of_the_source_can_fail),
        cmocka_unit_test(what_is_moved_out_lives_until_it_is_dropped),
        cmocka_unit_test(using_a_slot_after_it_was_dropped_traps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
