/*
 * What is wrong with memory, slots and time of systems that are to be composed: each message,
 * whole.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "scene.h"

static const uint8_t bytes[0x2001] = {1};

static void an_empty_file_gives_no_size(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_file(s, "data.bin", "", 0);
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" prefill_path=\"data.bin\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:42: error: element 'memory_region', attribute 'prefill_path': the "
        "file is empty, and region 'ring' has no size of its own\n"
        "    <memory_region name=\"ring\" prefill_path=\"data.bin\" />\n"
        "                                             ^\n"
        "help: give the region a size\n");
}

static void a_file_larger_than_its_region_is_refused(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_file(s, "data.bin", bytes, sizeof(bytes));
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x1000\" prefill_path=\"data.bin\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:56: error: element 'memory_region', attribute 'prefill_path': the "
        "file has 8193 bytes, region 'ring' only 0x1000\n"
        "    <memory_region name=\"ring\" size=\"0x1000\" prefill_path=\"data.bin\" />\n"
        "                                                           ^\n"
        "help: size=\"0x3000\"\n");
}

static void a_file_that_is_not_there_fills_nothing(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x1000\" prefill_path=\"data.bin\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:56: error: element 'memory_region', attribute 'prefill_path': "
        "cannot read data.bin: No such file or directory\n"
        "    <memory_region name=\"ring\" size=\"0x1000\" prefill_path=\"data.bin\" />\n"
        "                                                           ^\n"
        "help: build it, or name its folder: --search-path DIR\n");
}

static void a_device_is_not_filled(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_file(s, "data.bin", bytes, sizeof(bytes));
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"uart\" size=\"0x4000\" phys_addr=\"0x9000000\" "
        "prefill_path=\"data.bin\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"uart\" vaddr=\"0x4000000\" cached=\"false\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:53: error: element 'memory_region', attribute 'phys_addr': region "
        "'uart' is a device, which cannot be filled\n"
        "    <memory_region name=\"uart\" size=\"0x4000\" phys_addr=\"0x9000000\" "
        "prefill_path=\"data.bin\" />\n"
        "                                                        ^\n"
        "help: delete phys_addr, or the prefill\n");
}

static void regions_of_more_pages_than_slots_are_refused(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    json_object_del(s->kit.platform, "memory");
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x100001000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:34: error: element 'memory_region', attribute 'size': the regions "
        "up to 'ring' have more than 1048576 pages, and each is a capability\n"
        "    <memory_region name=\"ring\" size=\"0x100001000\" />\n"
        "                                     ^\n"
        "help: page_size=\"0x200000\"\n");
}

static void a_file_that_makes_regions_overlap_is_refused(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_file(s, "data.bin", bytes, sizeof(bytes));
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" phys_addr=\"0x50000000\" prefill_path=\"data.bin\" "
        "/>\n"
        "<memory_region name=\"next\" size=\"0x1000\" phys_addr=\"0x50002000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "<map mr=\"next\" vaddr=\"0x5000000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:39: error: element 'memory_region', attribute 'phys_addr': region "
        "'ring', as large as its file, ends at 0x50002fff and overlaps with region 'next'\n"
        "    <memory_region name=\"ring\" phys_addr=\"0x50000000\" "
        "prefill_path=\"data.bin\" />\n"
        "                                          ^\n"
        "help: move one of them\n");
}

static void a_file_that_makes_maps_overlap_is_refused(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_file(s, "data.bin", bytes, sizeof(bytes));
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" prefill_path=\"data.bin\" />\n"
        "<memory_region name=\"next\" size=\"0x1000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "<map mr=\"next\" vaddr=\"0x4002000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:6:23: error: element 'map', attribute 'vaddr': region 'ring', as "
        "large as its file, ends at 0x4002fff and overlaps with region 'next'\n"
        "    <map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "                          ^\n"
        "help: choose another vaddr\n");
}

static void a_file_that_ends_at_the_stack_is_warned_of(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_file(s, "data.bin", bytes, sizeof(bytes));
    scene_warns(s,
                "<system>\n"
                "<memory_region name=\"ring\" prefill_path=\"data.bin\" />\n"
                "<protection_domain name=\"a\">\n"
                "<program_image path=\"a.elf\" />\n"
                "<map mr=\"ring\" vaddr=\"0x7fffffff9000\" />\n"
                "</protection_domain>\n"
                "</system>\n",
                "test.system:5:23: warning: element 'map', attribute 'vaddr': region 'ring', "
                "as large as its file, ends where the stack of 'a' does: an overflow would "
                "not fault\n"
                "    <map mr=\"ring\" vaddr=\"0x7fffffff9000\" />\n"
                "                          ^\n"
                "help: leave a page free\n");
}

static void a_file_that_reaches_an_info_page_is_refused(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_file(s, "data.bin", bytes, sizeof(bytes));
    scene_refuses(
        s,
        "<system xmlns:sk=\"https://selkie.systems/sdf/1\">\n"
        "<memory_region name=\"ring\" prefill_path=\"data.bin\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "<sk:untyped slot=\"512\" info_vaddr=\"0x4001000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:5:23: error: element 'map', attribute 'vaddr': region 'ring', as "
        "large as its file, ends at 0x4002fff and overlaps with the page of an "
        "'sk:untyped'\n"
        "    <map mr=\"ring\" vaddr=\"0x4000000\" />\n"
        "                          ^\n"
        "help: choose another vaddr\n");
}

static void a_file_that_reaches_the_stack_is_refused(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_file(s, "data.bin", bytes, sizeof(bytes));
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" prefill_path=\"data.bin\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x7fffffffb000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:5:23: error: element 'map', attribute 'vaddr': region 'ring', as "
        "large as its file, ends at 0x7fffffffdfff and overlaps with the stack\n"
        "    <map mr=\"ring\" vaddr=\"0x7fffffffb000\" />\n"
        "                          ^\n"
        "help: choose another vaddr\n");
}

static void a_map_over_a_segment_is_refused(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x1000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x201000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:5:23: error: element 'map', attribute 'vaddr': region 'ring' would "
        "overlap with the segment of a.elf at 0x201000 to 0x202fff\n"
        "    <map mr=\"ring\" vaddr=\"0x201000\" />\n"
        "                          ^\n"
        "help: vaddr=\"0x400000\"\n");
}

static void an_info_page_over_a_segment_is_refused(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_refuses(
        s,
        "<system xmlns:sk=\"https://selkie.systems/sdf/1\">\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<sk:untyped slot=\"512\" info_vaddr=\"0x200000\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:4:36: error: element 'sk:untyped', attribute 'info_vaddr': the page "
        "at 0x200000 would overlap with the segment of a.elf at 0x200000 to 0x200fff\n"
        "    <sk:untyped slot=\"512\" info_vaddr=\"0x200000\" />\n"
        "                                       ^\n"
        "help: info_vaddr=\"0x400000\"\n");
}

static void untyped_memory_is_of_whole_pieces(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_refuses(
        s,
        "<system xmlns:sk=\"https://selkie.systems/sdf/1\">\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<sk:untyped slot=\"512\" info_vaddr=\"0x4000000\" size=\"0x3000\" "
        "bits_min=\"13\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:4:53: error: element 'sk:untyped', attribute 'size': 0x3000 is not "
        "a multiple of the smallest piece, 0x2000\n"
        "    <sk:untyped slot=\"512\" info_vaddr=\"0x4000000\" size=\"0x3000\" "
        "bits_min=\"13\" />\n"
        "                                                        ^\n"
        "help: size=\"0x4000\"\n");
}

static void slots_of_channels_are_not_handed_over_to(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_program(s, "b.elf", scene_elf());
    scene_refuses(s,
                  "<system xmlns:sk=\"https://selkie.systems/sdf/1\">\n"
                  "<protection_domain name=\"a\" sk:channels=\"64\">\n"
                  "<program_image path=\"a.elf\" />\n"
                  "<sk:untyped slot=\"512\" info_vaddr=\"0x4000000\" />\n"
                  "</protection_domain>\n"
                  "<protection_domain name=\"b\">\n"
                  "<program_image path=\"b.elf\" />\n"
                  "</protection_domain>\n"
                  "<channel>\n"
                  "<end pd=\"a\" id=\"63\" />\n"
                  "<end pd=\"b\" id=\"0\" />\n"
                  "</channel>\n"
                  "</system>\n",
                  "test.system:4:19: error: element 'sk:untyped', attribute 'slot': channels "
                  "beyond 61 take slots up to 539\n"
                  "    <sk:untyped slot=\"512\" info_vaddr=\"0x4000000\" />\n"
                  "                      ^\n"
                  "help: slot=\"540\"\n");
}

static void image_frames_keep_off_slots_of_channels(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_program(s, "b.elf", scene_elf());
    scene_refuses(
        s,
        "<system xmlns:sk=\"https://selkie.systems/sdf/1\">\n"
        "<protection_domain name=\"a\" sk:channels=\"64\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<sk:image_frames slot=\"520\" slots=\"16\" />\n"
        "</protection_domain>\n"
        "<protection_domain name=\"b\">\n"
        "<program_image path=\"b.elf\" />\n"
        "</protection_domain>\n"
        "<channel>\n"
        "<end pd=\"a\" id=\"63\" />\n"
        "<end pd=\"b\" id=\"0\" />\n"
        "</channel>\n"
        "</system>\n",
        "test.system:4:24: error: element 'sk:image_frames', attribute 'slot': channels "
        "beyond 61 take slots up to 539\n"
        "    <sk:image_frames slot=\"520\" slots=\"16\" />\n"
        "                           ^\n"
        "help: slot=\"540\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scene_test(an_empty_file_gives_no_size),
        scene_test(a_file_larger_than_its_region_is_refused),
        scene_test(a_file_that_is_not_there_fills_nothing),
        scene_test(a_device_is_not_filled),
        scene_test(regions_of_more_pages_than_slots_are_refused),
        scene_test(a_file_that_makes_regions_overlap_is_refused),
        scene_test(a_file_that_makes_maps_overlap_is_refused),
        scene_test(a_file_that_ends_at_the_stack_is_warned_of),
        scene_test(a_file_that_reaches_an_info_page_is_refused),
        scene_test(a_file_that_reaches_the_stack_is_refused),
        scene_test(a_map_over_a_segment_is_refused),
        scene_test(an_info_page_over_a_segment_is_refused),
        scene_test(untyped_memory_is_of_whole_pieces),
        scene_test(slots_of_channels_are_not_handed_over_to),
        scene_test(image_frames_keep_off_slots_of_channels),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
