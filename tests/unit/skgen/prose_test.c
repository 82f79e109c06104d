/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

static void expect(const char *inside, bool is_markdown, const char *wanted)
{
    struct arena a = {0};
    struct text out = {0};
    text_adds(&out, "\n");
    xml_prose(&out, fixture_xml(&a, inside), is_markdown);
    assert_string_equal(out.data + 1, wanted);
    text_fini(&out);
    arena_fini(&a);
}

static void white_space_becomes_one_blank(void **state)
{
    (void)state;
    expect("<d>\n   Make\n\tobjects  now </d>", false, "Make objects now");
    expect("<d>  </d>", false, "");
}

static void code_is_quoted_in_markdown_only(void **state)
{
    (void)state;
    const char *text = "<d>The <texttt text='type'/>, or <texttt text='x'/>.</d>";
    expect(text, false, "The type, or x.");
    expect(text, true, "The `type`, or `x`.");
}

static void references_into_the_manual_are_dropped(void **state)
{
    (void)state;
    expect(
        "<d>Made. <docref>See <autoref label='s'/>.</docref> Then <shortref sec='a'/> go.</d>",
        true, "Made. Then go.");
}

static void lists_become_dashes(void **state)
{
    (void)state;
    expect("<d>Either<ul><li>one</li><li>two</li></ul></d>", true, "Either\n- one\n- two");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_becomes_one_blank),
        cmocka_unit_test(code_is_quoted_in_markdown_only),
        cmocka_unit_test(references_into_the_manual_are_dropped),
        cmocka_unit_test(lists_become_dashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
