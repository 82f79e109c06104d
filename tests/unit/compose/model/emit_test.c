/*
 * Models as text: capDL as a whole, JSON read back and held against the model, Graphviz by its
 * structure, and by dot where that is installed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../../tools/compose/model/emit.h"
#include "../scene.h"

#define CHANNEL(a, b) "<channel><end pd=" a " /><end pd=" b " /></channel>"
#define DOMAIN(attributes, inner)                                              \
    "<protection_domain " attributes "><program_image path=\"a.elf\" />" inner \
    "</protection_domain>"

static const char described[] =
    "<system><domains><domain name=\"red\" id=\"1\" />"
    "<domain name=\"rest\" id=\"0\" />"
    "<domain_schedule><schedule_entry domain=\"red\" duration=\"10 ticks\" />"
    "<schedule_entry domain=\"rest\" duration=\"3000 us\" /></domain_schedule>"
    "</domains><memory_region name=\"ring\" size=\"0x2000\" />"
    "<memory_region name=\"uart\" size=\"0x1000\" phys_addr=\"0x9000000\" />" DOMAIN(
        "name=\"server\" priority=\"2\" domain=\"red\"",
        "<map mr=\"ring\" vaddr=\"0x4000000\" perms=\"rw\" />")
        DOMAIN("name=\"my-client\" priority=\"1\" domain=\"red\" fpu=\"false\"",
               "<cspace><cap_tcb slot=\"3\" pd=\"server\" /></cspace>"
               "<map mr=\"ring\" vaddr=\"0x5000000\" perms=\"rx\" />"
               "<map mr=\"uart\" vaddr=\"0x6000000\" perms=\"rw\" cached=\"false\" />"
               "<irq irq=\"33\" id=\"5\" trigger=\"edge\" />")
            CHANNEL("\"my-client\" id=\"1\" pp=\"true\"",
                    "\"server\" id=\"2\" notify=\"false\"") "</system>";

static struct scene lowered(void)
{
    struct scene s;

    scene_open(&s);
    scene_program(&s, "a.elf", scene_elf());
    assert_true(scene_lower(&s, described));
    return s;
}

typedef bool writer(const struct sk_model *model, FILE *out);

static char *written(const struct sk_model *model, writer *write)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    assert_true(write(model, out));
    fclose(out);
    return text;
}

/* The virtual board's timer. */
static bool write_cdl(const struct sk_model *model, FILE *out)
{
    return sk_model_write_cdl(model, 62500000, out);
}

static const char cdl[] =
#include "golden.h"
    ;

static void capdl_says_all_of_it(void **state)
{
    struct scene s = lowered();
    char *text = written(&s.model, write_cdl);

    (void)state;
    if (strcmp(text, cdl) != 0) {
        fputs(text, stdout);
        fail();
    }
    free(text);
    scene_close(&s);
}

static unsigned count(const char *text, const char *what)
{
    unsigned found = 0;

    for (; (text = strstr(text, what)) != NULL; text++) {
        found++;
    }
    return found;
}

/* Names that differ in what capDL has no letters for stay two. */
static void capdl_names_each_object_otherwise(void **state)
{
    struct scene s;

    (void)state;
    scene_open(&s);
    scene_program(&s, "a.elf", scene_elf());
    assert_true(
        scene_lower(&s, "<system><memory_region name=\"a_b.tcb\" size=\"0x1000\" />" DOMAIN(
                            "name=\"a-b\"", "<map mr=\"a_b.tcb\" vaddr=\"0x4000000\" />")
                            DOMAIN("name=\"a.b\"", "") DOMAIN("name=\"1\"", "") "</system>"));
    char *text = written(&s.model, write_cdl);
    assert_int_equal(count(text, "\n    a_b_tcb = "), 1);
    assert_int_equal(count(text, "\n    a_b_tcb_1 = tcb"), 1);
    assert_int_equal(count(text, "\n    o_1_tcb = tcb"), 1);
    free(text);
    scene_close(&s);
}

/* A name that the language has itself is another one, which nothing else has. */
static void capdl_names_nothing_by_its_words(void **state)
{
    struct scene s;

    (void)state;
    scene_open(&s);
    scene_program(&s, "a.elf", scene_elf());
    assert_true(scene_lower(&s, "<system><memory_region name=\"objects\" size=\"0x1000\" />"
                                "<memory_region name=\"objects_0\" size=\"0x1000\" />"
                                "<memory_region name=\"cspace\" size=\"0x1000\" />"
                                "<memory_region name=\"4k\" size=\"0x1000\" />"
                                "<memory_region name=\"-\" size=\"0x1000\" />"
                                "<memory_region name=\"o_4k\" size=\"0x1000\" />" DOMAIN(
                                    "name=\"a\"",
                                    "<map mr=\"objects\" vaddr=\"0x4000000\" />"
                                    "<map mr=\"objects_0\" vaddr=\"0x4001000\" />"
                                    "<map mr=\"cspace\" vaddr=\"0x4002000\" />"
                                    "<map mr=\"4k\" vaddr=\"0x4003000\" />"
                                    "<map mr=\"-\" vaddr=\"0x4004000\" />"
                                    "<map mr=\"o_4k\" vaddr=\"0x4005000\" />") "</system>"));
    char *text = written(&s.model, write_cdl);
    assert_int_equal(count(text, "\n    objects = "), 0);
    assert_int_equal(count(text, "\n    objects_0 = frame"), 1);
    assert_int_equal(count(text, "\n    objects_0_1 = frame"), 1);
    assert_int_equal(count(text, "\n    cspace = "), 0);
    assert_int_equal(count(text, "\n    cspace_2 = frame"), 1);
    assert_int_equal(count(text, "\n    o_4k = frame"), 1);
    assert_int_equal(count(text, "\n    o__ = frame"), 1);
    assert_int_equal(count(text, "\n    o_4k_5 = frame"), 1);
    free(text);
    scene_close(&s);
}

static uint64_t number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    assert_non_null(value);
    return json_is_string(value) ? strtoull(json_string_value(value), NULL, 0)
                                 : (uint64_t)json_integer_value(value);
}

static void expect_text(const json_t *object, const char *key, const char *text)
{
    assert_string_equal(json_string_value(json_object_get(object, key)), text);
}

static uint8_t rights(const json_t *object)
{
    const char *text = json_string_value(json_object_get(object, "rights"));

    return (uint8_t)((strchr(text, 'r') != NULL ? SK_MODEL_READ : 0) |
                     (strchr(text, 'w') != NULL ? SK_MODEL_WRITE : 0) |
                     (strchr(text, 'g') != NULL ? SK_MODEL_GRANT : 0) |
                     (strchr(text, 'p') != NULL ? SK_MODEL_GRANT_REPLY : 0));
}

static void compare_object(const struct sk_model *m, const struct sk_model_object *o,
                           const json_t *is)
{
    expect_text(is, "name", o->name);
    expect_text(is, "kind", sk_model_kind_name(o->kind));
    assert_int_equal(number(is, "count"), o->count);
    assert_int_equal(number(is, "size_bits"), o->size_bits);
    if (o->paddr == SK_MODEL_ANYWHERE) {
        assert_true(json_is_null(json_object_get(is, "paddr")));
    } else {
        assert_int_equal(number(is, "paddr"), o->paddr);
    }
    if (o->kind == SK_MODEL_TCB) {
        const json_t *thread = json_object_get(is, "thread");
        assert_int_equal(number(thread, "entry"), o->thread.entry);
        assert_int_equal(number(thread, "priority"), o->thread.priority);
        assert_int_equal(json_is_true(json_object_get(thread, "fpu")), o->thread.has_fpu);
        expect_text(thread, "cspace", m->object[o->thread.cspace].name);
    } else if (o->kind == SK_MODEL_SCHED_CONTEXT) {
        assert_int_equal(number(is, "budget_us"), o->budget.budget_us);
        assert_int_equal(number(is, "badge"), o->budget.badge);
    } else if (o->kind == SK_MODEL_IRQ_HANDLER) {
        assert_int_equal(number(is, "irq"), o->irq.number);
        assert_int_equal(number(is, "badge"), o->irq.badge);
        expect_text(is, "trigger", o->irq.is_edge_triggered ? "edge" : "level");
    }
}

static void json_is_the_model(void **state)
{
    struct scene s = lowered();
    const struct sk_model *m = &s.model;
    char *text = written(m, sk_model_write_json);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

    (void)state;
    assert_non_null(root);
    const json_t *objects = json_object_get(root, "objects");
    const json_t *caps = json_object_get(root, "capabilities");
    const json_t *mappings = json_object_get(root, "mappings");
    assert_int_equal(json_array_size(objects), m->object_count);
    for (uint32_t i = 0; i < m->object_count; i++) {
        compare_object(m, &m->object[i], json_array_get(objects, i));
    }
    assert_int_equal(json_array_size(caps), m->cap_count);
    for (uint32_t i = 0; i < m->cap_count; i++) {
        const json_t *is = json_array_get(caps, i);
        expect_text(is, "cnode", m->object[m->cap[i].cnode].name);
        expect_text(is, "object", m->object[m->cap[i].object].name);
        assert_int_equal(number(is, "slot"), m->cap[i].slot);
        assert_int_equal(number(is, "badge"), m->cap[i].badge);
        assert_int_equal(number(is, "guard_bits"), m->cap[i].guard_bits);
        assert_int_equal(rights(is), m->cap[i].rights);
    }
    assert_int_equal(json_array_size(mappings), m->mapping_count);
    for (uint32_t i = 0; i < m->mapping_count; i++) {
        const json_t *is = json_array_get(mappings, i);
        expect_text(is, "object", m->object[m->mapping[i].object].name);
        assert_int_equal(number(is, "vaddr"), m->mapping[i].vaddr);
        assert_int_equal(number(is, "count"), m->mapping[i].count);
        assert_int_equal(rights(is), m->mapping[i].rights);
    }
    assert_int_equal(json_array_size(json_object_get(root, "schedule")), 2);
    json_decref(root);
    free(text);
    scene_close(&s);
}

/* 1 if there is dot and it reads the text, -1 if there is none. */
static int dot_reads(const char *text)
{
    if (system("command -v dot > /dev/null 2>&1") != 0) {
        return -1;
    }
    FILE *dot = popen("dot -Tsvg > /dev/null 2>&1", "w");
    fputs(text, dot);
    return pclose(dot) == 0;
}

static void expect_graph(const char *text)
{
    assert_int_equal(count(text, "{"), count(text, "}"));
    assert_int_equal(count(text, "digraph"), 1);
    assert_true(dot_reads(text) != 0);
}

static void graphs_have_an_arrow_for_each_capability(void **state)
{
    struct scene s = lowered();
    char *text = written(&s.model, sk_model_write_dot);
    unsigned frames = 0;

    (void)state;
    for (uint32_t i = 0; i < s.model.mapping_count; i++) {
        frames += s.model.mapping[i].level == 0;
    }
    assert_int_equal(count(text, " -> "), s.model.cap_count + frames + 2 * 2);
    assert_int_equal(count(text, "style=dashed"), frames);
    expect_graph(text);
    free(text);
    scene_close(&s);
}

static void the_same_model_gives_the_same_texts(void **state)
{
    static writer *const write[] = {write_cdl, sk_model_write_json, sk_model_write_dot};

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct scene s = lowered();
        char *first = written(&s.model, write[i]);
        scene_close(&s);
        s = lowered();
        char *second = written(&s.model, write[i]);
        scene_close(&s);
        assert_string_equal(first, second);
        free(first);
        free(second);
    }
}

static void a_full_disk_is_told(void **state)
{
    struct scene s = lowered();
    FILE *full = fopen("/dev/full", "w");

    (void)state;
    if (full == NULL) {
        skip();
    }
    setvbuf(full, NULL, _IONBF, 0);
    assert_false(write_cdl(&s.model, full));
    assert_false(sk_model_write_dot(&s.model, full));
    assert_false(sk_model_write_json(&s.model, full));
    fclose(full);
    scene_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(capdl_says_all_of_it),
        cmocka_unit_test(capdl_names_each_object_otherwise),
        cmocka_unit_test(capdl_names_nothing_by_its_words),
        cmocka_unit_test(json_is_the_model),
        cmocka_unit_test(graphs_have_an_arrow_for_each_capability),
        cmocka_unit_test(the_same_model_gives_the_same_texts),
        cmocka_unit_test(a_full_disk_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
