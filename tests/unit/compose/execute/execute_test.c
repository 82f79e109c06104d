/*
 * Systems are composed, checked, carried out on the host kernel, and then the kernel's own
 * structures are compared with the model: capabilities, page tables, threads.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <string.h>

#include <selkie/init/check.h>

#include "../../../../src/init/perform.h"
#include "../../init/stage.h"
#include "../scene.h"
#include "compare.h"

static struct sk_encoded encode(struct scene *s)
{
    struct sk_encode_options options = {.platform = sk_init_platform, .timer_hz = 62500000};
    struct sk_spec_problem problem;
    struct sk_encoded encoded;

    sk_model_encode(&s->model, &options, &encoded);
    if (!sk_spec_check((const struct sk_spec *)encoded.data, encoded.size, &sk_init_platform,
                       &problem)) {
        fail_msg("%s, record %u: %s", sk_spec_table_name(problem.table), problem.record,
                 problem.what);
    }
    return encoded;
}

/* Compose the system, carry it out and compare. */
static struct carried carry_out(struct scene *s, const char *system)
{
    struct stage stage;
    struct sk_init prediction;

    if (!scene_lower(s, system)) {
        diag_print(&s->diag, stdout);
        fail();
    }
    struct sk_encoded encoded = encode(s);
    stage_boot(&stage, (const struct sk_spec *)encoded.data);
    assert_int_equal(stage_predict(&stage, &prediction), SK_OK);
    sk_err err = sk_init_execute(&stage.in);
    if (err != SK_OK) {
        fail_msg("%s, record %u: %s: error %d", sk_spec_table_name(stage.in.table),
                 stage.in.record, sk_init_call_name(stage.in.call), err);
    }
    assert_int_equal(stage.in.calls, prediction.calls);
    assert_int_equal(stage.in.retypes, prediction.retypes);
    stage_check_kernel();

    struct carried c = {.model = &s->model, .encoded = &encoded, .in = &stage.in};
    compare_caps(&c);
    compare_mappings(&c);
    compare_threads(&c);
    print_message("%u calls, %u retypes, %u capabilities, %u pages\n", stage.in.calls,
                  stage.in.retypes, c.compared_caps, c.compared_pages);
    host_kernel_end();
    return c;
}

static void open_scene(struct scene *s)
{
    scene_open(s);
    scene_program(s, "a.elf", scene_elf());
}

#define NAMESPACE     "<system xmlns:sk=\"https://selkie.systems/sdf/1\">"
#define CHANNEL(a, b) "<channel><end pd=" a " /><end pd=" b " /></channel>"
#define DOMAIN(attributes, inner)                                              \
    "<protection_domain " attributes "><program_image path=\"a.elf\" />" inner \
    "</protection_domain>"

static void one_domain_has_what_it_needs_and_no_more(void **state)
{
    struct scene s;

    (void)state;
    open_scene(&s);
    struct carried c = carry_out(&s, "<system>" DOMAIN("name=\"a\"", "") "</system>");
    assert_int_equal(c.compared_caps, 1); /* its own notification */
    assert_int_equal(c.compared_pages, 1 + 2 + 2 + 1);
    scene_close(&s);
}

static void channels_memory_interrupts_and_children_are_as_described(void **state)
{
    struct scene s;

    (void)state;
    open_scene(&s);
    carry_out(
        &s,
        "<system><memory_region name=\"ring\" size=\"0x3000\" />"
        "<memory_region name=\"fixed\" size=\"0x2000\" phys_addr=\"0x40a00000\" />"
        "<memory_region name=\"touching\" size=\"0x1000\" phys_addr=\"0x40a02000\" />"
        "<memory_region name=\"large\" size=\"0x400000\" />" DOMAIN(
            "name=\"server\" priority=\"200\" passive=\"true\"",
            "<map mr=\"ring\" vaddr=\"0x4000000\" perms=\"rw\" />"
            "<map mr=\"ring\" vaddr=\"0x5000000\" perms=\"r\" cached=\"false\" />"
            "<map mr=\"fixed\" vaddr=\"0x6000000\" perms=\"rw\" cached=\"false\" />")
            DOMAIN("name=\"client\" priority=\"100\" budget=\"100\" period=\"1000\"",
                   "<map mr=\"ring\" vaddr=\"0x4000000\" perms=\"rx\" />"
                   "<map mr=\"large\" vaddr=\"0x40000000\" perms=\"rw\" />"
                   "<map mr=\"touching\" vaddr=\"0x7000000\" perms=\"rw\" />"
                   "<irq irq=\"33\" id=\"5\" /><irq irq=\"34\" id=\"61\" trigger=\"edge\" "
                   "/>" DOMAIN("name=\"kid\" priority=\"50\" id=\"3\" fpu=\"false\"",
                               "")) "<channel><end pd=\"client\" id=\"1\" pp=\"true\" />"
                                    "<end pd=\"server\" id=\"2\" notify=\"false\" /></channel>"
                                    "<channel><end pd=\"client\" id=\"0\" /><end pd=\"kid\" "
                                    "id=\"61\" /></channel>"
                                    "</system>");
    scene_close(&s);
}

static void extensions_are_as_described(void **state)
{
    struct scene s;

    (void)state;
    open_scene(&s);
    carry_out(&s, NAMESPACE
              "<memory_region name=\"ring\" size=\"0x3000\" />"
              "<memory_region name=\"lent\" size=\"0x2000\" />" DOMAIN(
                  "name=\"server\" priority=\"200\" sk:channels=\"200\"",
                  "<irq irq=\"33\" id=\"5\" /><map mr=\"ring\" vaddr=\"0x4000000\" />")
                  DOMAIN("name=\"client\" priority=\"100\" sk:channels=\"63\"",
                         "<cspace><cap_tcb slot=\"1\" pd=\"server\" /><cap_sc slot=\"2\" "
                         "pd=\"server\" />"
                         "<cap_vspace slot=\"3\" pd=\"server\" />"
                         "<sk:cap kind=\"notification\" of=\"server\" slot=\"4\" rights=\"w\" "
                         "badge=\"7\" />"
                         "<sk:cap kind=\"endpoint\" of=\"client\" slot=\"5\" rights=\"wgp\" />"
                         "<sk:cap kind=\"cnode\" of=\"server\" slot=\"6\" />"
                         "<sk:cap kind=\"cnode\" of=\"client\" slot=\"20\" />"
                         "<sk:cap kind=\"irq\" of=\"33\" slot=\"7\" />"
                         "<sk:cap kind=\"reply\" of=\"client\" slot=\"8\" />"
                         "<sk:cap kind=\"frame\" of=\"ring\" slot=\"9\" rights=\"r\" />"
                         "<sk:cap kind=\"frame\" of=\"lent\" slot=\"12\" /></cspace>"
                         "<sk:untyped slot=\"40\" slots=\"8\" size=\"0x5000\" "
                         "info_vaddr=\"0x900000000\" />")
                      CHANNEL("\"client\" id=\"62\" pp=\"true\"", "\"server\" id=\"62\"")
                          CHANNEL("\"client\" id=\"3\"", "\"server\" id=\"199\"") "</system>");
    scene_close(&s);
}

static void memory_that_is_left_goes_where_it_was_asked_for(void **state)
{
    struct scene s;

    (void)state;
    open_scene(&s);
    carry_out(&s, NAMESPACE DOMAIN("name=\"a\"",
                                   "<sk:untyped slot=\"512\" slots=\"200\" device=\"true\" "
                                   "info_vaddr=\"0x900000000\" />"
                                   "<sk:image_frames slot=\"1\" slots=\"20\" />") "</system>");
    scene_close(&s);
}

static void domains_that_are_restarted_have_copies_that_they_cannot_write(void **state)
{
    struct scene s;

    (void)state;
    open_scene(&s);
    s.kit.monitor = scene_elf_file(&s, "monitor.elf", scene_elf_monitor());
    carry_out(&s, NAMESPACE DOMAIN("name=\"a\" passive=\"true\" sk:restart=\"3\"",
                                   "<irq irq=\"33\" id=\"0\" />") "</system>");
    scene_close(&s);
}

static void time_is_shared_by_the_schedule(void **state)
{
    struct scene s;

    (void)state;
    open_scene(&s);
    scene_config(&s, "NUM_DOMAIN_SCHEDULES", json_integer(8));
    assert_true(scene_lower(
        &s,
        "<system><domains><domain name=\"red\" id=\"0\" /><domain name=\"blue\" id=\"3\" />"
        "<domain_schedule start_index=\"2\" index_shift=\"1\">"
        "<schedule_entry domain=\"red\" duration=\"1000 us\" /><schedule_end_marker />"
        "<schedule_entry domain=\"blue\" duration=\"12345 ticks\" />"
        "</domain_schedule></domains>" DOMAIN("name=\"a\" domain=\"blue\"", "") "</system>"));

    struct sk_encode_options options = {.platform = sk_init_platform, .timer_hz = 62500000};
    struct sk_encoded encoded;
    sk_model_encode(&s.model, &options, &encoded);
    const struct sk_spec *spec = (const struct sk_spec *)encoded.data;
    const struct sk_spec_domain *turn = sk_spec_at(spec, SK_SPEC_SCHEDULE);
    const struct sk_spec_thread *thread = sk_spec_at(spec, SK_SPEC_THREADS);
    static const struct sk_spec_domain wanted[] = {{62500, 1, 0}, {0, 2, 0}, {12345, 3, 3}};

    assert_int_equal(spec->section[SK_SPEC_SCHEDULE].count, 3);
    assert_memory_equal(turn, wanted, sizeof(wanted));
    assert_int_equal(spec->domain_start, 3);
    assert_int_equal(thread->domain, 3);
    assert_true((thread->flags & SK_SPEC_THREAD_DOMAIN) != 0);
    scene_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_domain_has_what_it_needs_and_no_more),
        cmocka_unit_test(channels_memory_interrupts_and_children_are_as_described),
        cmocka_unit_test(extensions_are_as_described),
        cmocka_unit_test(memory_that_is_left_goes_where_it_was_asked_for),
        cmocka_unit_test(domains_that_are_restarted_have_copies_that_they_cannot_write),
        cmocka_unit_test(time_is_shared_by_the_schedule),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
