/*
 * What is wrong with systems for which the kernel leaves no room: each message, whole.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "scene.h"

static void a_region_where_the_kernel_is_has_its_place_told(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x1000\" phys_addr=\"0x40010000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:53: error: element 'memory_region', attribute 'phys_addr': region "
        "'ring' at 0x40010000 to 0x40010fff is where the kernel is\n"
        "    <memory_region name=\"ring\" size=\"0x1000\" phys_addr=\"0x40010000\" />\n"
        "                                                        ^\n"
        "help: 0x4003a000 to 0x6fffffff is free\n");
}

static void a_region_where_the_device_tree_is_has_its_place_told(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x1000\" phys_addr=\"0x40038000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:53: error: element 'memory_region', attribute 'phys_addr': region "
        "'ring' at 0x40038000 to 0x40038fff is where the device tree is\n"
        "    <memory_region name=\"ring\" size=\"0x1000\" phys_addr=\"0x40038000\" />\n"
        "                                                        ^\n"
        "help: 0x4003a000 to 0x6fffffff is free\n");
}

static void a_region_where_the_image_is_has_its_place_told(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x1000\" phys_addr=\"0x70041000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:53: error: element 'memory_region', attribute 'phys_addr': region "
        "'ring' at 0x70041000 to 0x70041fff is where the image is\n"
        "    <memory_region name=\"ring\" size=\"0x1000\" phys_addr=\"0x70041000\" />\n"
        "                                                        ^\n"
        "help: 0x4003a000 to 0x6fffffff is free\n");
}

static void a_region_where_the_boot_memory_is_has_its_place_told(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x1000\" phys_addr=\"0xbf800000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:53: error: element 'memory_region', attribute 'phys_addr': region "
        "'ring' at 0xbf800000 to 0xbf800fff is where the kernel keeps what it boots with\n"
        "    <memory_region name=\"ring\" size=\"0x1000\" phys_addr=\"0xbf800000\" />\n"
        "                                                        ^\n"
        "help: 0x4003a000 to 0x6fffffff is free\n");
}

static void a_region_that_fits_nowhere_below_the_image_is_told(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x30000000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "<setvar symbol=\"value\" region_paddr=\"ring\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:1: error: element 'memory_region': no 0x30000000 bytes in a row "
        "are free for region 'ring' below the image\n"
        "    <memory_region name=\"ring\" size=\"0x30000000\" />\n"
        "    ^\n"
        "help: give it a phys_addr yourself, or make it smaller\n");
}

static void too_little_memory_is_told(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x80000000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:3:1: error: the board has not enough memory: there is no room for "
        "all frames\n"
        "    <protection_domain name=\"a\">\n"
        "    ^\n"
        "help: make regions smaller; selkie compose --report says who has what\n");
}

static void too_few_slots_are_told(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_config(s, "ROOT_CNODE_SIZE_BITS", json_string("7"));
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x80000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:3:1: error: the kernel's root CNode has not enough slots for all "
        "objects\n"
        "    <protection_domain name=\"a\">\n"
        "    ^\n"
        "help: use larger pages for large regions, or a kernel with a larger "
        "ROOT_CNODE_SIZE_BITS\n");
}

static void stacks_that_take_the_slots_are_named(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_program(s, "monitor.elf", scene_elf_monitor());
    s->kit.monitor = s->file[s->file_count - 1];
    scene_config(s, "ROOT_CNODE_SIZE_BITS", json_string("8"));
    scene_refuses(
        s,
        "<system>\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "</protection_domain>\n"
        "<protection_domain name=\"b\" stack_size=\"0x80000\">\n"
        "<program_image path=\"a.elf\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:5:41: error: the kernel's root CNode has not enough slots for all "
        "objects: stacks have 130 pages, and 130 of them take a second slot, for the monitor\n"
        "    <protection_domain name=\"b\" stack_size=\"0x80000\">\n"
        "                                            ^\n"
        "help: a smaller stack_size; or configuration release, where the monitor does not "
        "show stacks\n");
}

static void stacks_that_nobody_shows_take_a_slot_a_page(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_config(s, "ROOT_CNODE_SIZE_BITS", json_string("7"));
    scene_refuses(s,
                  "<system>\n"
                  "<protection_domain name=\"a\" stack_size=\"0x80000\">\n"
                  "<program_image path=\"a.elf\" />\n"
                  "</protection_domain>\n"
                  "</system>\n",
                  "test.system:2:41: error: the kernel's root CNode has not enough slots for "
                  "all objects: stacks have 128 pages\n"
                  "    <protection_domain name=\"a\" stack_size=\"0x80000\">\n"
                  "                                            ^\n"
                  "help: a smaller stack_size\n");
}

static void an_image_of_too_many_pages_is_told(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_config(s, "ROOT_CNODE_SIZE_BITS", json_string("5"));
    scene_refuses(s,
                  "<system>\n"
                  "<protection_domain name=\"a\">\n"
                  "<program_image path=\"a.elf\" />\n"
                  "</protection_domain>\n"
                  "</system>\n",
                  "test.system:2:1: error: the image has 3 pages, more than the kernel's root "
                  "CNode has slots for\n"
                  "    <protection_domain name=\"a\">\n"
                  "    ^\n"
                  "help: make programs or prefilled regions smaller\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scene_test(a_region_where_the_kernel_is_has_its_place_told),
        scene_test(a_region_where_the_device_tree_is_has_its_place_told),
        scene_test(a_region_where_the_image_is_has_its_place_told),
        scene_test(a_region_where_the_boot_memory_is_has_its_place_told),
        scene_test(a_region_that_fits_nowhere_below_the_image_is_told),
        scene_test(too_little_memory_is_told),
        scene_test(too_few_slots_are_told),
        scene_test(stacks_that_take_the_slots_are_named),
        scene_test(stacks_that_nobody_shows_take_a_slot_a_page),
        scene_test(an_image_of_too_many_pages_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
