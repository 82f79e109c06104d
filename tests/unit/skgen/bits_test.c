/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <bits.h>

static const char two_words[] = "-- a comment\n"
                                "base 64\n"
                                "block Small { padding 60 field tag 4 }\n"
                                "block VMFault {\n"
                                "    field IP 64 -- the first word is the highest\n"
                                "    padding 32\n"
                                "    field FSR 5\n"
                                "    padding 23\n"
                                "    field tag 4\n"
                                "}\n"
                                "block NullFault { padding 124 field tag 4 }\n"
                                "tagged_union Fault tag { tag NullFault 0 tag VMFault 0x5 }\n";

static struct bits read(struct arena *a, const char *text)
{
    return bits_read_pbf(a, fixture_source(a, text));
}

static void fields_count_down_from_the_highest_bit(void **state)
{
    (void)state;
    struct arena a = {0};
    struct bits bits = read(&a, two_words);
    const struct bit_block *b = bits.blocks->next;
    assert_string_equal(b->name, "VMFault");
    assert_int_equal(b->bits, 128);
    assert_int_equal(bits_field(b, "IP")->offset, 64);
    assert_int_equal(bits_field(b, "FSR")->offset, 27);
    assert_int_equal(bits_field(b, "FSR")->bits, 5);
    assert_int_equal(bits_field(b, "tag")->offset, 0);
    assert_null(bits_field(b, "SP"));
    arena_fini(&a);
}

static void a_union_knows_its_blocks(void **state)
{
    (void)state;
    struct arena a = {0};
    struct bits bits = read(&a, two_words);
    assert_false(bits.blocks->is_in_union);
    assert_true(bits.blocks->next->is_in_union);
    assert_string_equal(bits.unions->name, "Fault");
    assert_int_equal(bits.unions->tags->next->value, 5);
    assert_ptr_equal(bits.unions->tags->next->block, bits.blocks->next);
    arena_fini(&a);
}

static void places_are_those_of_the_file(void **state)
{
    (void)state;
    struct arena a = {0};
    struct bits bits = read(&a, two_words);
    assert_int_equal(bits.blocks->next->at.line, 4);
    assert_int_equal(bits.blocks->next->at.col, 7);
    arena_fini(&a);
}

static void xml_and_pbf_give_the_same(void **state)
{
    (void)state;
    struct arena a = {0};
    struct config c = fixture_config();
    struct bits bits = bits_read_xml(
        &a, &c,
        fixture_xml(&a, "<header><block name='B'>"
                        "<padding bits='4'><condition><config var='CONFIG_KERNEL_MCS'/>"
                        "</condition></padding>"
                        "<padding bits='9'><condition><config var='CONFIG_PRINTING'/>"
                        "</condition></padding>"
                        "<field name='x' bits='60'/></block></header>"));
    assert_int_equal(bits.blocks->bits, 64);
    assert_int_equal(bits_field(bits.blocks, "x")->offset, 0);
    arena_fini(&a);
}

static void parse(const char *text)
{
    struct arena a = {0};
    (void)read(&a, text);
}

static void nonsense_fails(void **state)
{
    (void)state;
    fixture_expect_fail(parse, "block X { }", "test:1:1: error: 'block' comes before the base");
    fixture_expect_fail(parse, "base 32", "a base of 32 bits is not supported");
    fixture_expect_fail(parse, "base 64 block X { field a 64", "the end of the file");
    fixture_expect_fail(parse, "base 64 block X { field a 63 }",
                        "63 bits, not a multiple of 64");
    fixture_expect_fail(parse, "base 64 block X { field a 0 }", "out of range");
    fixture_expect_fail(parse, "base 64 block X { padding 1000001 }", "expected a number");
    fixture_expect_fail(parse, "base 64 block X { padding 99999 }", "out of range");
    fixture_expect_fail(parse, "base 64 block X { } ", "0 bits");
    fixture_expect_fail(parse, "base 64 tagged_union U t { }", "union 'U' is empty");
    fixture_expect_fail(parse, "base 64 $", "'$' is not understood");
    fixture_expect_fail(parse, "base 64 block 9 { }", "expected a name");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_count_down_from_the_highest_bit),
        cmocka_unit_test(a_union_knows_its_blocks),
        cmocka_unit_test(places_are_those_of_the_file),
        cmocka_unit_test(xml_and_pbf_give_the_same),
        cmocka_unit_test(nonsense_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
