/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../../../tools/base/xml.h"

static struct arena arena;
static struct source source;

static const struct xml_node *read(const char *text, struct xml_problem *ret_problem)
{
    source = (struct source){"test", "test", text, strlen(text)};
    return xml_read(&arena, &source, ret_problem);
}

static const struct xml_node *good(const char *text)
{
    struct xml_problem problem;
    const struct xml_node *root = read(text, &problem);

    assert_non_null(root);
    return root;
}

static void refused(const char *text, const char *what, int line, int col)
{
    struct xml_problem problem;

    assert_null(read(text, &problem));
    assert_string_equal(problem.what, what);
    assert_non_null(problem.help);
    assert_int_equal(problem.at.line, line);
    assert_int_equal(problem.at.col, col);
}

static int release(void **state)
{
    (void)state;
    arena_fini(&arena);
    return 0;
}

static void expect_place(struct place at, int line, int col)
{
    assert_int_equal(at.line, line);
    assert_int_equal(at.col, col);
}

static void attributes_know_where_they_stand(void **state)
{
    (void)state;
    const struct xml_node *n =
        good("<a\n  b = \"1\"\tcd='\"'\r\n e=\"\xc3\xa4\nx\" f=\"&lt;>\"/>");
    const struct xml_attr *b = n->attrs, *c = b->next, *e = c->next, *f = e->next;

    expect_place(b->at, 2, 3);
    expect_place(b->value_at, 2, 8);
    assert_string_equal(c->value, "\"");
    expect_place(c->at, 2, 11);
    expect_place(c->value_at, 2, 15);
    expect_place(e->at, 3, 2);
    expect_place(e->value_at, 3, 5);
    expect_place(f->at, 4, 4);
    expect_place(f->value_at, 4, 7);
    assert_string_equal(f->value, "<>");
    assert_null(f->next);
}

static void text_is_one_node_between_tags(void **state)
{
    (void)state;
    const struct xml_node *n = good("<a>one\ntwo&amp;<!-- x -->three<b/> \n\t four</a>");
    const struct xml_node *text = n->first, *b = text->next, *rest = b->next;
    struct place at;

    assert_string_equal(text->text, "one\ntwo&three");
    assert_null(text->name);
    assert_string_equal(b->name, "b");
    assert_true(xml_text_place(rest, &at));
    expect_place(at, 3, 3);
    assert_null(rest->next);
    assert_false(xml_text_place(good("<a> \n </a>")->first, &at));
}

static void children_are_walked_without_text(void **state)
{
    (void)state;
    const struct xml_node *n = good("<a> <b/> <c/> x <b d='2'/> </a>");
    const struct xml_node *b = xml_first(n);

    assert_string_equal(b->name, "b");
    assert_string_equal(xml_next(b)->name, "c");
    assert_string_equal(xml_attr(xml_next(xml_next(b)), "d"), "2");
    assert_null(xml_next(xml_next(xml_next(b))));
    assert_ptr_equal(xml_child(n, "b"), b);
    assert_null(xml_child(n, "d"));
    assert_null(xml_attr(b, "d"));
}

static void what_is_no_xml_has_a_place(void **state)
{
    (void)state;
    refused("", "malformed XML: no element found", 1, 1);
    refused("<a>\n <b></a>", "malformed XML: mismatched tag", 2, 7);
    refused("<a/><b/>", "malformed XML: junk after document element", 1, 5);
    refused("<!DOCTYPE a><a/>", "a document type is not allowed", 1, 12);
    refused("<a>\xe4</a>", "malformed XML: not well-formed (invalid token)", 1, 4);
}

static void files_of_other_encodings_are_read_as_utf8(void **state)
{
    (void)state;
    const struct xml_node *n =
        good("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a b=\"\xc3\xa4\"/>");

    assert_string_equal(xml_attr(n, "b"), "\xc3\xa4");
}

static void files_are_not_deep_and_not_endless(void **state)
{
    (void)state;
    struct text t = {0};

    for (int i = 0; i < 1101; i++) {
        text_adds(&t, "<a>");
    }
    refused(t.data, "elements are nested deeper than 1100", 1, 3301);
    text_fini(&t);
    text_adds(&t, "<a>");
    for (int i = 0; i < 1000000; i++) {
        text_adds(&t, "<b/>");
    }
    refused(t.data, "there are more than 1000000 elements", 1, 3999996 + 4);
    text_fini(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(attributes_know_where_they_stand, release),
        cmocka_unit_test_teardown(text_is_one_node_between_tags, release),
        cmocka_unit_test_teardown(children_are_walked_without_text, release),
        cmocka_unit_test_teardown(what_is_no_xml_has_a_place, release),
        cmocka_unit_test_teardown(files_of_other_encodings_are_read_as_utf8, release),
        cmocka_unit_test_teardown(files_are_not_deep_and_not_endless, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
