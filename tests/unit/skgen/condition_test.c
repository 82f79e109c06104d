/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <stdio.h>

static bool holds(const char *inside)
{
    struct arena a = {0};
    struct config c = fixture_config();
    char text[512];
    snprintf(text, sizeof(text), "<item><condition>%s</condition></item>", inside);
    bool result = condition_holds(&a, &c, fixture_xml(&a, text));
    arena_fini(&a);
    return result;
}

#define ON  "<config var='CONFIG_KERNEL_MCS'/>"
#define OFF "<config var='CONFIG_PRINTING'/>"

static void a_switch_counts_as_it_is_set(void **state)
{
    (void)state;
    assert_true(holds(ON));
    assert_false(holds(OFF));
    assert_false(holds("<not>" ON "</not>"));
    assert_true(holds("<not>" OFF "</not>"));
}

static void and_needs_all_and_or_needs_one(void **state)
{
    (void)state;
    assert_true(holds("<and>" ON ON "</and>"));
    assert_false(holds("<and>" ON OFF "</and>"));
    assert_true(holds("<or>" OFF ON "</or>"));
    assert_false(holds("<or>" OFF OFF "</or>"));
    assert_true(holds("<and><or>" OFF ON "</or><not>" OFF "</not></and>"));
}

static void a_known_symbol_that_is_absent_is_off(void **state)
{
    (void)state;
    assert_false(holds("<config var='CONFIG_VTX'/>"));
}

static void a_symbol_with_a_value_is_on_and_can_be_compared(void **state)
{
    (void)state;
    assert_true(holds("<config var='CONFIG_NUM_PRIORITIES'/>"));
    assert_true(holds("<config var='CONFIG_NUM_PRIORITIES' at_least='256'/>"));
    assert_false(holds("<config var='CONFIG_NUM_PRIORITIES' at_least='257'/>"));
    assert_false(holds("<config var='CONFIG_VTX' at_least='0'/>"));
}

static void no_condition_and_an_empty_one_hold(void **state)
{
    (void)state;
    struct arena a = {0};
    struct config c = fixture_config();
    assert_true(condition_holds(&a, &c, fixture_xml(&a, "<item/>")));
    assert_true(condition_holds(&a, &c, fixture_xml(&a, "<item><condition/></item>")));
    assert_null(condition_words(&a, fixture_xml(&a, "<item><condition/></item>")));
    arena_fini(&a);
}

static void words_say_what_is_asked(void **state)
{
    (void)state;
    struct arena a = {0};
    const struct xml_node *n = fixture_xml(
        &a, "<item><condition><and>" ON "<not><or>" OFF
            "<config var='CONFIG_VTX' at_least='3'/></or></not></and></condition></item>");
    assert_string_equal(condition_words(&a, n), "KERNEL_MCS and not (PRINTING or VTX >= 3)");
    arena_fini(&a);
}

static void blames(const char *inside, const char *symbol, bool is_on)
{
    struct arena a = {0};
    struct config c = fixture_config();
    char text[512];
    snprintf(text, sizeof(text), "<item><condition>%s</condition></item>", inside);
    bool found_on = !is_on;
    const char *found = condition_blame(&a, &c, fixture_xml(&a, text), &found_on);
    if (symbol == NULL) {
        assert_null(found);
    } else {
        assert_string_equal(found, symbol);
        assert_int_equal(found_on, is_on);
    }
    arena_fini(&a);
}

static void a_symbol_is_blamed_if_it_alone_is_reason_enough(void **state)
{
    (void)state;
    blames(OFF, "PRINTING", false);
    blames("<not>" ON "</not>", "KERNEL_MCS", true);
    blames("<and>" ON OFF "</and>", "PRINTING", false);
    blames("<and><not>" ON "</not>" OFF "</and>", "KERNEL_MCS", true);
    blames("<not><or>" OFF ON "</or></not>", "KERNEL_MCS", true);
    blames("<config var='CONFIG_NUM_PRIORITIES' at_least='257'/>", "NUM_PRIORITIES", true);
}

static void nothing_is_blamed_where_several_are_at_fault_or_none(void **state)
{
    (void)state;
    blames(ON, NULL, false);
    blames("<or>" OFF "<config var='CONFIG_VTX'/></or>", NULL, false);
    blames("<not><and>" ON "<config var='CONFIG_NUM_PRIORITIES'/></and></not>", NULL, false);
    struct arena a = {0};
    struct config c = fixture_config();
    bool is_on = false;
    assert_null(condition_blame(&a, &c, fixture_xml(&a, "<item/>"), &is_on));
    arena_fini(&a);
}

static void evaluate(const char *inside)
{
    (void)holds(inside);
}

static void an_unknown_symbol_fails_even_where_it_would_not_matter(void **state)
{
    (void)state;
    fixture_expect_fail(evaluate, "<or>" ON "<config var='CONFIG_KERNEL_MSC'/></or>",
                        "unknown configuration symbol 'KERNEL_MSC'");
    fixture_expect_fail(evaluate, "<config/>", "needs the attribute 'var'");
    fixture_expect_fail(evaluate, "<xor>" ON "</xor>", "did you mean 'or'?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_switch_counts_as_it_is_set),
        cmocka_unit_test(and_needs_all_and_or_needs_one),
        cmocka_unit_test(a_known_symbol_that_is_absent_is_off),
        cmocka_unit_test(a_symbol_with_a_value_is_on_and_can_be_compared),
        cmocka_unit_test(no_condition_and_an_empty_one_hold),
        cmocka_unit_test(words_say_what_is_asked),
        cmocka_unit_test(a_symbol_is_blamed_if_it_alone_is_reason_enough),
        cmocka_unit_test(nothing_is_blamed_where_several_are_at_fault_or_none),
        cmocka_unit_test(an_unknown_symbol_fails_even_where_it_would_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
