/* SPDX-License-Identifier: BSD-2-Clause */
#include "child.h"

#include <selkie/cap/asid_pool.h>

struct scene child_scene;
struct sk_address_space child_space;
static struct sk_source *const source = &child_scene.manager.source;
static sk_slots child_slot;

void child_open(void)
{
    scene_open(&child_scene, false);
    assert_int_equal(source->take_slots(source, 1, &child_slot), SK_OK);
    assert_int_equal(source->make_object(source, sk_blueprint_vspace(), child_slot.first),
                     SK_OK);
    assert_int_equal(sk_asid_pool_assign((sk_asid_pool){seL4_CapInitThreadASIDPool},
                                         (sk_vspace){sk_slot_cptr(child_slot.first)}),
                     SK_OK);
    sk_address_space_init(&child_space, (sk_vspace){sk_slot_cptr(child_slot.first)}, source,
                          0x400000, 0x800000000000, NULL);
}

void child_close(void)
{
    sk_address_space_fini(&child_space);
    source->free_object(source, sk_blueprint_vspace(), child_slot.first);
    source->give_slots(source, child_slot);
    scene_close(&child_scene);
}

void child_check(void)
{
    assert_true(sk_address_space_check(&child_space));
    ground_check_kernel();
}
