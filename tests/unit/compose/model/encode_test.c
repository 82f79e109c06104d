/*
 * Models as specifications: how many calls, which pages, in which order.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdlib.h>
#include <string.h>

#include <selkie/init/check.h>

#include "../../../../tools/compose/kit.h"
#include "../../../../tools/compose/model/encode.h"
#include "../scene.h"

static const struct sk_spec *encode(struct scene *s, struct sk_encoded *ret_encoded)
{
    struct sk_encode_options options = {.platform = sk_kit_platform(&s->kit)};
    struct sk_spec_problem problem;

    sk_model_encode(&s->model, &options, ret_encoded);
    const struct sk_spec *spec = (const struct sk_spec *)ret_encoded->data;
    if (!sk_spec_check(spec, ret_encoded->size, &options.platform, &problem)) {
        fail_msg("%s, record %u: %s", sk_spec_table_name(problem.table), problem.record,
                 problem.what);
    }
    return spec;
}

static char *domains(unsigned count)
{
    struct text t = {0};

    text_addf(&t, "<system xmlns:sk=\"https://selkie.systems/sdf/1\">");
    for (unsigned i = 0; i < count; i++) {
        text_addf(&t,
                  "<protection_domain name=\"d%u\"><program_image path=\"a.elf\" />"
                  "</protection_domain>",
                  i);
    }
    text_addf(&t, "</system>");
    return t.data;
}

static struct scene lowered(unsigned count)
{
    struct scene s;
    char *text = domains(count);

    scene_open(&s);
    scene_program(&s, "a.elf", scene_elf());
    assert_true(scene_lower(&s, arena_copy(&s.arena, text, strlen(text))));
    free(text);
    return s;
}

/* One page of code for all, one of data for each. */
static void equal_pages_that_nobody_writes_are_one(void **state)
{
    struct scene s = lowered(10);
    struct sk_encoded encoded;
    const struct sk_spec *spec = encode(&s, &encoded);

    (void)state;
    assert_int_equal(spec->handed_page_count, 1 + 10);
    assert_int_equal(encoded.shared_page_count, 9);
    scene_close(&s);
}

static void objects_of_a_kind_are_one_group(void **state)
{
    struct scene few = lowered(2), many = lowered(60);
    struct sk_encoded encoded;
    uint32_t few_groups = encode(&few, &encoded)->section[SK_SPEC_GROUPS].count;
    uint32_t many_groups = encode(&many, &encoded)->section[SK_SPEC_GROUPS].count;

    (void)state;
    assert_int_equal(few_groups, many_groups);
    scene_close(&few);
    scene_close(&many);
}

/* The boot info's pool has room for 510 address spaces; then pools are made. */
static void many_address_spaces_have_more_pools(void **state)
{
    static const struct {
        unsigned domains, pools;
    } of[] = {{510, 1}, {511, 2}, {1022, 2}, {1023, 3}};

    (void)state;
    for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
        struct scene s = lowered(of[i].domains);
        struct sk_encoded encoded;
        const struct sk_spec *spec = encode(&s, &encoded);
        const struct sk_spec_asids *asids = sk_spec_at(spec, SK_SPEC_ASIDS);
        unsigned sum = 0;
        assert_int_equal(spec->section[SK_SPEC_ASIDS].count, of[i].pools);
        for (unsigned k = 0; k < of[i].pools; k++) {
            assert_int_equal(asids[k].untyped == SK_SPEC_NONE, k == 0);
            sum += asids[k].count;
        }
        assert_int_equal(sum, of[i].domains);
        scene_close(&s);
    }
}

static void the_same_system_gives_the_same_bytes(void **state)
{
    struct scene a = lowered(20), b = lowered(20);
    struct sk_encoded first, second;

    (void)state;
    encode(&a, &first);
    encode(&b, &second);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    scene_close(&a);
    scene_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_pages_that_nobody_writes_are_one),
        cmocka_unit_test(objects_of_a_kind_are_one_group),
        cmocka_unit_test(many_address_spaces_have_more_pools),
        cmocka_unit_test(the_same_system_gives_the_same_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
