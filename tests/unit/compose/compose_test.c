/*
 * Systems as a whole: what is written of them, that equal inputs give equal bytes, and how long
 * large ones take.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <selkie/init/spec.h>

#include "scene.h"

#define NAMESPACE     "<system xmlns:sk=\"https://selkie.systems/sdf/1\">"
#define CHANNEL(a, b) "<channel><end pd=" a " /><end pd=" b " /></channel>"
#define DOMAIN(attributes, inner)                                              \
    "<protection_domain " attributes "><program_image path=\"a.elf\" />" inner \
    "</protection_domain>"

static struct scene open_scene(void)
{
    struct scene s;

    scene_open(&s);
    s.kit.monitor = scene_elf_file(&s, "monitor.elf", scene_elf_monitor());
    scene_program(&s, "a.elf", scene_elf());
    s.options.wants_report = s.options.wants_report_json = s.options.wants_model_json =
        s.options.wants_cdl = s.options.wants_dot = s.options.wants_headers = true;
    return s;
}

static const char two[] =
    "<system><memory_region name=\"ring\" size=\"0x2000\" />"
    "<memory_region name=\"uart*/\" size=\"0x1000\" phys_addr=\"0x9000000\" />" DOMAIN(
        "name=\"server\" priority=\"2\"", "<map mr=\"ring\" vaddr=\"0x4000000\" />")
        DOMAIN("name=\"../my client\" priority=\"1\"",
               "<map mr=\"ring\" vaddr=\"0x5000000\" perms=\"r\" />"
               "<map mr=\"uart*/\" vaddr=\"0x6000000\" cached=\"false\" />"
               "<irq irq=\"33\" id=\"5\" />" DOMAIN("name=\"kid\" priority=\"1\" id=\"3\"", ""))
            DOMAIN("name=\"___my_client\"", "")
                CHANNEL("\"../my client\" id=\"1\" pp=\"true\"", "\"server\" id=\"2\"")
                    CHANNEL("\"../my client\" id=\"2\"", "\"server\" id=\"7\"") "</system>";

static const char *paddr_of(const json_t *objects, const char *name)
{
    size_t i;
    json_t *o;

    json_array_foreach(objects, i, o)
    {
        if (strcmp(json_string_value(json_object_get(o, "name")), name) == 0) {
            return json_string_value(json_object_get(o, "paddr"));
        }
    }
    fail_msg("there is no object %s", name);
    return NULL;
}

/* The kit's memory begins at 0x4003a000, and the image is at 0x70000000. */
static void addresses_are_chosen_where_untypeds_are_small(void **state)
{
    struct scene s = open_scene();

    (void)state;
    assert_true(scene_compose(
        &s,
        "<system><memory_region name=\"small\" size=\"0x3000\" />"
        "<memory_region name=\"large\" size=\"0x200000\" page_size=\"0x200000\" />"
        "<memory_region name=\"given\" size=\"0x1000\" phys_addr=\"0x4003c000\" />" DOMAIN(
            "name=\"a\"", "<map mr=\"small\" vaddr=\"0x4000000\" />"
                          "<map mr=\"large\" vaddr=\"0x8000000\" />"
                          "<map mr=\"given\" vaddr=\"0x5000000\" />"
                          "<setvar symbol=\"value\" region_paddr=\"small\" />"
                          "<setvar symbol=\"cleared\" region_paddr=\"large\" />") "</system>"));
    json_t *model = json_loads(s.result.model_json.data, 0, NULL);
    const json_t *objects = json_object_get(model, "objects");
    assert_string_equal(paddr_of(objects, "small"), "0x4003d000");
    assert_string_equal(paddr_of(objects, "large"), "0x40200000");
    assert_string_equal(paddr_of(objects, "given"), "0x4003c000");
    json_decref(model);
    scene_close(&s);
}

static const char *header(const struct scene *s, const char *name)
{
    for (size_t i = 0; i < s->result.header_count; i++) {
        if (strcmp(s->result.headers[i].name, name) == 0) {
            return s->result.headers[i].text.data;
        }
    }
    fail_msg("there is no header %s", name);
    return NULL;
}

static void a_header_says_what_a_domain_has(void **state)
{
    struct scene s = open_scene();

    (void)state;
    assert_true(scene_compose(&s, two));
    assert_int_equal(s.result.header_count, 4);
    assert_string_equal(
        header(&s, "___my_client.h"),
        "/* Written by selkie compose: what test.system gives domain ../my client. */\n"
        "#pragma once\n"
        "\n"
        "#include <stdint.h>\n"
        "\n"
        "enum {\n"
        "    ___my_client_priority = 1,\n"
        "    ___my_client_channel_server = 1, /* call, notify, is notified */\n"
        "    ___my_client_channel_server_2 = 2, /* notify, is notified */\n"
        "    ___my_client_irq_33 = 5, /* level */\n"
        "    ___my_client_child_kid = 3, /* child */\n"
        "};\n"
        "\n"
        "/* Region ring, r. */\n"
        "#define ___my_client_ring ((const uint8_t(*)[0x2000])0x5000000ull)\n"
        "\n"
        "/* Region uart_/, rw. */\n"
        "#define ___my_client_uart__ ((volatile uint8_t(*)[0x1000])0x6000000ull)\n");
    assert_non_null(header(&s, "___my_client_2.h"));
    scene_close(&s);
}

/* Headers are compiled, by the compiler of this machine. */
static void headers_compile(void **state)
{
    struct scene s = open_scene();

    (void)state;
    assert_true(scene_compose(&s, two));
    for (size_t i = 0; i < s.result.header_count; i++) {
        FILE *cc = popen("cc -x c -fsyntax-only -Wall -Wextra -Werror -Wcomment -", "w");
        assert_non_null(cc);
        /* #pragma once is for files that are included. */
        fputs(strstr(s.result.headers[i].text.data, "#include"), cc);
        assert_int_equal(pclose(cc), 0);
    }
    scene_close(&s);
}

static json_t *report_of(const struct scene *s)
{
    json_t *root = json_loads(s->result.report_json.data, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(root);
    return root;
}

static json_int_t sum(const json_t *root, const char *key)
{
    const json_t *value = json_object_get(json_object_get(root, "memory"), key);

    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

/* Large pages are copied at boot: once, for all who only read the same. */
#define LARGE(name, file)                                              \
    "<protection_domain name=\"" name "\"><program_image path=\"" file \
    "\" /></protection_domain>"

static void large_pages_of_code_are_shared(void **state)
{
    static const char *const text[] = {
        "<system>" LARGE("a", "b.elf") "</system>",
        "<system>" LARGE("a", "b.elf") LARGE("b", "b.elf") "</system>",
        "<system>" LARGE("a", "b.elf") LARGE("b", "c.elf") "</system>",
        "<system>" LARGE("a", "b.elf") LARGE("b", "b.elf") "</system>", /* written */
    };
    struct scene_elf elf = scene_elf();
    json_int_t copied[4];

    (void)state;
    elf.segment[2] = (struct scene_segment){0x8000000, 0x400000, 0x400000, PF_R | PF_X};
    elf.segment_count = 3;
    for (unsigned i = 0; i < 4; i++) {
        struct scene s = open_scene();
        elf.segment[2].flags = i < 3 ? PF_R | PF_X : PF_R | PF_W;
        elf.pattern = 1;
        scene_program(&s, "b.elf", elf);
        elf.pattern = 2;
        scene_program(&s, "c.elf", elf);
        assert_true(scene_compose(&s, text[i]));
        json_t *root = report_of(&s);
        copied[i] = sum(root, "copied_bytes");
        json_decref(root);
        scene_close(&s);
    }
    assert_int_equal(copied[0], 0x400000);
    assert_int_equal(copied[1], copied[0]);
    assert_int_equal(copied[2], 2 * copied[0]);
    assert_int_equal(copied[3], 2 * copied[0]);
}

/* A page more of stack takes a slot more, and another one where the monitor shows it. */
static void the_report_counts_slots(void **state)
{
    static const char *const text[] = {
        "<system>" DOMAIN("name=\"a\"", "") "</system>",
        "<system>" DOMAIN("name=\"a\" stack_size=\"0x3000\"", "") "</system>"};
    json_int_t slots[2], views[2];

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct scene s = open_scene();
        assert_true(scene_compose(&s, text[i]));
        json_t *root = report_of(&s);
        slots[i] = sum(root, "slots");
        views[i] = sum(root, "stack_view_slots");
        assert_int_equal(sum(root, "slot_limit"), 1 << 17);
        assert_non_null(strstr(s.result.report.data, " slots of 131072\n"));
        assert_non_null(strstr(s.result.report.data, "\n      stacks, for the monitor "));
        json_decref(root);
        scene_close(&s);
    }
    assert_int_equal(views[0], 2);
    assert_int_equal(views[1], 3);
    assert_int_equal(slots[1] - slots[0], 2);
}

static void the_report_adds_up(void **state)
{
    struct scene s = open_scene();

    (void)state;
    assert_true(scene_compose(&s, two));
    const struct sk_spec *spec = (const struct sk_spec *)s.result.pages;
    json_t *root = report_of(&s);
    assert_int_equal(sum(root, "predicted_calls"), spec->predicted_calls);
    assert_int_equal(sum(root, "predicted_retypes"), spec->predicted_retypes);
    assert_int_equal(sum(root, "ram_bytes"), 0x80000000);
    assert_int_equal(sum(root, "image_bytes"), 0x8000 + s.result.pages_size);
    assert_int_equal(sum(root, "handed_over_bytes") + sum(root, "lost_bytes"),
                     sum(root, "image_bytes"));
    assert_int_equal(sum(root, "untyped_bytes"), 0);
    assert_int_equal(sum(root, "unused_bytes"),
                     sum(root, "ram_bytes") - sum(root, "object_bytes") -
                         sum(root, "kernel_bytes") - sum(root, "image_bytes"));
    /* The kernel, 2^17 slots for the initialiser, and a little more. */
    assert_in_range(sum(root, "kernel_bytes"), 0x38000 + (32 << 17),
                    0x38000 + (32 << 17) + 0x20000);
    json_decref(root);
    /* Capabilities have the rights that their kind has. */
    assert_non_null(strstr(s.result.report.data, "  server.endpoint  r  input\n"));
    assert_non_null(strstr(s.result.report.data, "  server.reply  reply\n"));
    assert_non_null(strstr(s.result.report.data,
                           "    slot   75  endpoint           server.endpoint  wp  badge "
                           "0x8000000000000002  call server\n"));
    assert_non_null(
        strstr(s.result.report.data, "    0x000009000000 to 0x000009000fff  uart*/\n"));
    assert_non_null(
        strstr(s.result.report.data, "    0x000040000000 to 0x000040037fff  kernel\n"));
    scene_close(&s);
}

static void frames_that_were_asked_for_are_not_lost(void **state)
{
    struct scene s = open_scene();

    (void)state;
    assert_true(scene_compose(
        &s, NAMESPACE DOMAIN("name=\"a\"", "<sk:image_frames slot=\"512\" />") "</system>"));
    json_t *root = report_of(&s);
    assert_int_equal(sum(root, "lost_bytes"), 0);
    json_decref(root);
    assert_non_null(
        strstr(s.result.report.data, "    a.cnode slots 512 to 65535: frames of the image\n"));
    assert_true(scene_compose(
        &s, NAMESPACE DOMAIN("name=\"a\"",
                             "<sk:image_frames slot=\"1\" slots=\"3\" />") "</system>"));
    root = report_of(&s);
    assert_int_equal(sum(root, "image_bytes") - sum(root, "handed_over_bytes") -
                         sum(root, "lost_bytes"),
                     3 * 4096);
    json_decref(root);
    scene_close(&s);
}

/* Where the kernel, the image and all objects are is told in full: nothing is left out. */
static void assert_adds_up(const json_t *root)
{
    assert_int_equal(sum(root, "kernel_bytes") + sum(root, "image_bytes") +
                         sum(root, "object_bytes") + sum(root, "untyped_bytes") +
                         sum(root, "unused_bytes"),
                     sum(root, "ram_bytes"));
}

static void the_report_says_how_memory_came_to_what_it_holds(void **state)
{
    struct scene s = open_scene();
    static const char file[5000] = "x";

    (void)state;
    scene_file(&s, "x", file, sizeof(file));
    assert_true(scene_compose(
        &s,
        NAMESPACE "<memory_region name=\"uart\" size=\"0x1000\" phys_addr=\"0x9000000\" />"
                  "<memory_region name=\"part\" size=\"0x4000\" prefill_path=\"x\" />"
                  "<memory_region name=\"large\" size=\"0x400000\" page_size=\"0x200000\" "
                  "prefill_path=\"x\" />" DOMAIN(
                      "name=\"a\"", "<map mr=\"uart\" vaddr=\"0x6000000\" cached=\"false\" />"
                                    "<map mr=\"part\" vaddr=\"0x7000000\" perms=\"r\" />"
                                    "<map mr=\"large\" vaddr=\"0x8000000\" />"
                                    "<sk:untyped slot=\"512\" slots=\"1\" size=\"0x100000\" "
                                    "info_vaddr=\"0x9000000\" />") "</system>"));
    static const char *const lines[] = {
        "    0x000006000000 to 0x000006000fff  rw-u       1 x 4 KiB  device       uart\n",
        "    0x000007000000 to 0x000007001fff  r---       2 x 4 KiB  handed over  part\n",
        "    0x000007002000 to 0x000007003fff  r---       2 x 4 KiB  cleared      part\n",
        "    0x000008000000 to 0x0000081fffff  rw--       1 x 2 MiB  copied       large\n",
        "    0x000008200000 to 0x0000083fffff  rw--       1 x 2 MiB  cleared      large\n",
        "    0x000009000000 to 0x000009000fff  r---       1 x 4 KiB  filled in    "
        "a.untyped_info_512\n",
        "    a.cnode slots 512 to 512: untyped memory, 0x100000 bytes\n",
    };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        if (strstr(s.result.report.data, lines[i]) == NULL) {
            fail_msg("the report lacks: %s%s", lines[i], s.result.report.data);
        }
    }
    assert_non_null(strstr(s.result.model_json.data, "\"source\": \"device\""));
    json_t *root = report_of(&s);
    assert_int_equal(sum(root, "untyped_bytes"), 0x100000);
    assert_adds_up(root);
    json_decref(root);
    scene_close(&s);
}

static void the_report_leaves_nothing_of_the_rest(void **state)
{
    struct scene s = open_scene();

    (void)state;
    assert_true(scene_compose(
        &s,
        NAMESPACE DOMAIN("name=\"a\"", "<sk:untyped slot=\"512\" info_vaddr=\"0x9000000\" />")
            DOMAIN("name=\"b\"", "<sk:untyped slot=\"512\" info_vaddr=\"0x9000000\" "
                                 "device=\"true\" />") "</system>"));
    json_t *root = report_of(&s);
    assert_true(sum(root, "untyped_bytes") > 0x7e000000);
    assert_true(sum(root, "unused_bytes") < 0x1000); /* smaller than bits_min says */
    assert_adds_up(root);
    json_decref(root);
    assert_non_null(strstr(s.result.report.data,
                           "    a.cnode slots 512 to 65535: untyped memory, the rest\n"));
    assert_non_null(strstr(s.result.report.data,
                           "    b.cnode slots 512 to 65535: untyped memory of devices\n"));
    scene_close(&s);
}

/* Real seL4 has a part that is untyped memory once it has booted. */
static void the_report_knows_what_the_kernel_gives_away(void **state)
{
    struct scene s = open_scene();
    struct scene_elf kernel = scene_elf();

    (void)state;
    assert_true(scene_compose(&s, two));
    json_t *root = report_of(&s);
    json_int_t kept = sum(root, "kernel_bytes");
    json_decref(root);
    scene_symbol(&kernel, "value")->name = "ki_boot_end";
    scene_symbol(&kernel, "ki_boot_end")->vaddr = SCENE_TEXT + 0x2000;
    s.kit.kernel = scene_elf_file(&s, "sel4.elf", kernel);
    assert_true(scene_compose(&s, two));
    root = report_of(&s);
    assert_int_equal(sum(root, "kernel_bytes"), kept - 0x2000);
    assert_adds_up(root);
    json_decref(root);
    assert_non_null(strstr(s.result.report.data,
                           "    0x000040000000 to 0x000040001fff  kernel, until it has booted\n"
                           "    0x000040002000 to 0x000040037fff  kernel\n"));
    scene_close(&s);
}

static void graphs_show_domains_channels_and_memory(void **state)
{
    struct scene s = open_scene();

    (void)state;
    assert_true(scene_compose(&s, two));
    const char *dot = s.result.dot.data;
    assert_non_null(strstr(dot, "label=\"children of ../my client\""));
    assert_non_null(strstr(dot, "d1 -> d0 [style=bold, taillabel=\"1\", headlabel=\"2\""));
    assert_non_null(strstr(dot, "d1 -> r0 [style=dashed, arrowhead=none, label=\"r\"]"));
    assert_non_null(strstr(dot, "uart*/\\n4 KiB\\nat 0x9000000"));
    scene_close(&s);
}

static void equal_inputs_give_equal_outputs(void **state)
{
    struct scene a = open_scene(), b = open_scene();

    (void)state;
    assert_true(scene_compose(&a, two));
    assert_true(scene_compose(&b, two));
    assert_int_equal(a.result.pages_size, b.result.pages_size);
    assert_memory_equal(a.result.pages, b.result.pages, a.result.pages_size);
    assert_string_equal(a.result.report.data, b.result.report.data);
    assert_string_equal(a.result.model_json.data, b.result.model_json.data);
    assert_string_equal(a.result.cdl.data, b.result.cdl.data);
    scene_close(&a);
    scene_close(&b);
}

static void descriptions_are_checked_without_programs(void **state)
{
    struct scene s = open_scene();

    (void)state;
    s.file_count = 0;
    s.options.check_only = true;
    assert_true(scene_compose(&s, two));
    assert_null(s.result.pages);
    assert_string_equal(s.said, "");
    scene_close(&s);
}

static char *mesh(unsigned domains, unsigned channels)
{
    struct text t = {0};
    unsigned next[256] = {0};

    text_adds(&t, "<system>");
    for (unsigned i = 0; i < domains; i++) {
        text_addf(&t, DOMAIN("name=\"d%u\" priority=\"%u\"", ""), i, 1 + i);
    }
    for (unsigned i = 0; i < domains; i++) {
        for (unsigned k = i + 1; k < domains && next[i] < channels; k++) {
            text_addf(&t,
                      "<channel><end pd=\"d%u\" id=\"%u\" pp=\"true\" />"
                      "<end pd=\"d%u\" id=\"%u\" /></channel>",
                      i, next[i]++, k, next[k]++);
        }
    }
    text_adds(&t, "</system>");
    return t.data;
}

/* 0.2 retypes an object; the time is that of a build with sanitizers, for people to see. */
#define INFO "info_vaddr=\"0x4000000\""

static void rest_and_devices_may_go_to_different_domains(void **state)
{
    struct scene s = open_scene();

    (void)state;
    assert_true(scene_compose(
        &s, NAMESPACE DOMAIN("name=\"a\"", "<sk:untyped slot=\"512\" size=\"rest\" " INFO "/>")
                DOMAIN("name=\"b\"", "<sk:untyped slot=\"512\" device=\"true\" " INFO "/>")
                    DOMAIN("name=\"c\"", "<sk:untyped slot=\"512\" size=\"0x100000\" " INFO
                                         "/>") "</system>"));
    scene_close(&s);
}

static void what_is_executed_can_be_read(void **state)
{
    struct scene s = open_scene();

    (void)state;
    assert_true(scene_compose(
        &s, "<system><memory_region name=\"m\" size=\"0x1000\" />" DOMAIN(
                "name=\"a\"", "<map mr=\"m\" vaddr=\"0x5000000\" perms=\"x\" />") "</system>"));
    scene_close(&s);
}

static void full_systems_are_made_in_few_retypes(void **state)
{
    struct scene s = open_scene();
    char *system = mesh(63, 62);
    clock_t start = clock();

    (void)state;
    assert_true(scene_compose(&s, system));
    const struct sk_spec *spec = (const struct sk_spec *)s.result.pages;
    print_message("%u objects, %u calls, %u of them retypes; %ld ms\n", spec->object_count,
                  spec->predicted_calls, spec->predicted_retypes,
                  (long)((clock() - start) * 1000 / CLOCKS_PER_SEC));
    assert_true(spec->predicted_retypes * 5 <= spec->object_count);
    free(system);
    scene_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_chosen_where_untypeds_are_small),
        cmocka_unit_test(a_header_says_what_a_domain_has),
        cmocka_unit_test(headers_compile),
        cmocka_unit_test(large_pages_of_code_are_shared),
        cmocka_unit_test(the_report_counts_slots),
        cmocka_unit_test(the_report_adds_up),
        cmocka_unit_test(the_report_says_how_memory_came_to_what_it_holds),
        cmocka_unit_test(the_report_leaves_nothing_of_the_rest),
        cmocka_unit_test(the_report_knows_what_the_kernel_gives_away),
        cmocka_unit_test(frames_that_were_asked_for_are_not_lost),
        cmocka_unit_test(graphs_show_domains_channels_and_memory),
        cmocka_unit_test(equal_inputs_give_equal_outputs),
        cmocka_unit_test(descriptions_are_checked_without_programs),
        cmocka_unit_test(rest_and_devices_may_go_to_different_domains),
        cmocka_unit_test(what_is_executed_can_be_read),
        cmocka_unit_test(full_systems_are_made_in_few_retypes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
