/*
 * A semaphore in memory that two sides see at addresses of their own, with capabilities of
 * their own; and one in which the other side writes nonsense.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/sync/semaphore.h>

#include <limits.h>

#include "../../sync/crew.h"
#include "check.h"
#include "host_scene.h"

#define OUR_PAGE   0x40000ul
#define THEIR_PAGE 0x51000ul
#define ROUNDS     200u
#define SEEDS      10u

/* What one side knows. */
struct side {
    struct sk_semaphore_shared *wanted;
    struct sk_semaphore_shared *offered;
    sk_notification wanted_notification;
    sk_notification offered_notification;
    unsigned done;
};

static struct side sides[2];

/* Each waits for the other, in turn. */
static void exchange(struct member *me)
{
    struct side *side = &sides[me->index];

    for (unsigned n = 0; n < ROUNDS; n++) {
        if (n % 3 != 0 || !sk_semaphore_shared_try(side->wanted)) {
            sk_semaphore_shared_take(side->wanted, side->wanted_notification);
        }
        side->done++;
        (void)sk_semaphore_shared_give(side->offered, side->offered_notification);
    }
}

static seL4_CPtr copy(struct scene *s, seL4_CPtr from)
{
    seL4_CPtr to = scene_slot(s).index;

    assert_int_equal(seL4_CNode_Copy(s->cnode, to, seL4_WordBits, s->cnode, from, seL4_WordBits,
                                     seL4_AllRights),
                     seL4_NoError);
    return to;
}

static struct sk_semaphore_shared *map(struct scene *s, seL4_CPtr frame, seL4_Word vaddr)
{
    assert_int_equal(seL4_ARM_Page_Map(frame, s->vspace, vaddr, seL4_ReadWrite,
                                       seL4_ARM_Default_VMAttributes),
                     seL4_NoError);
    return (struct sk_semaphore_shared *)vaddr;
}

static void exchange_under(uint64_t seed)
{
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, seed);
    seL4_CPtr frame = stage.kernel.frame;
    sk_notification n[2], m[2];

    crew_begin(&s);
    for (int i = 0; i < 2; i++) {
        n[i] = crew_notification();
        m[i].cptr = copy(&s, n[i].cptr);
    }
    struct sk_semaphore_shared *ours = map(&s, frame, OUR_PAGE);
    struct sk_semaphore_shared *theirs = map(&s, copy(&s, frame), THEIR_PAGE);

    sk_semaphore_shared_init(&ours[0], 1);
    sk_semaphore_shared_init(&ours[1], 0);
    assert_int_equal(theirs[0].count, 1); /* it is one memory */
    sides[0] = (struct side){&ours[0], &ours[1], n[0], n[1], 0};
    sides[1] = (struct side){&theirs[1], &theirs[0], m[1], m[0], 0};
    assert_true(crew_add(exchange, 100) && crew_add(exchange, 100 + seed % 2));
    crew_join();
    assert_int_equal(sides[0].done + sides[1].done, 2 * ROUNDS);
    assert_int_equal(ours[0].count, 1);
    assert_int_equal(ours[1].count, 0);
}

static void sides_exchange_permits_through_shared_memory(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed <= SEEDS; seed++) {
        exchange_under(seed);
    }
}

static void nonsense_of_the_other_side_stops_nobody(void **state)
{
    static const int nonsense[] = {INT_MIN, INT_MIN + 1, -1, 0, 1, INT_MAX};
    struct host_stage stage;
    struct scene s = host_scene_boot(&stage, 0);

    (void)state;
    crew_begin(&s);
    sk_notification n = crew_notification();
    for (unsigned i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++) {
        for (unsigned passes = 0; passes < 2; passes++) {
            struct sk_semaphore_shared state_of = {nonsense[i], passes - 1};

            assert_int_equal(sk_semaphore_shared_give(&state_of, n), nonsense[i]);
            bool is_free = state_of.count > 0;

            assert_int_equal(sk_semaphore_shared_try(&state_of), is_free);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sides_exchange_permits_through_shared_memory),
        cmocka_unit_test(nonsense_of_the_other_side_stops_nobody),
    };
    int status = cmocka_run_group_tests_name("sync/shared", tests, NULL, NULL);

    host_kernel_end();
    return status;
}
