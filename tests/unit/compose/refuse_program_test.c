/*
 * What is wrong with programs that are to be composed: each message, whole.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <elf.h>
#include <errno.h>
#include <string.h>

#include "scene.h"

/* A system of one program, and how the line that names it is shown. */
#define ONE                              \
    "<system>\n"                         \
    "<protection_domain name=\"a\">\n"   \
    "<program_image path=\"a.elf\" />\n" \
    "</protection_domain>\n"             \
    "</system>\n"
#define SHOWN                                \
    "    <program_image path=\"a.elf\" />\n" \
    "                         ^\n"

/* It is refused at the path of its program. */
#define refuses_path(s, what, help)                                                           \
    scene_refuses((s), ONE,                                                                   \
                  "test.system:3:22: error: element 'program_image', attribute 'path': " what \
                  "\n" SHOWN "help: " help "\n")

/* Everything that far up, without what must be where it is. */
static void move(struct scene_elf *elf, uint64_t distance)
{
    scene_remove_symbol(elf, "sk_microkit_extension");
    elf->entry += distance;
    for (unsigned i = 0; i < elf->segment_count; i++) {
        elf->segment[i].vaddr += distance;
    }
    for (unsigned i = 0; i < elf->symbol_count; i++) {
        elf->symbol[i].vaddr += distance;
    }
}

static bool find_locked(struct sk_compose_finder *finder, const char *name,
                        struct sk_image_file *ret)
{
    (void)finder;
    (void)name;
    (void)ret;
    errno = EACCES;
    return false;
}

static void a_program_that_is_not_there_is_told_with_its_place(void **state)
{
    struct scene *s = *state;

    refuses_path(s, "cannot read a.elf: No such file or directory",
                 "build it, or name its folder: --search-path DIR");
}

static void a_program_that_cannot_be_read_is_told(void **state)
{
    struct scene *s = *state;

    s->finder.find = find_locked;
    refuses_path(s, "cannot read a.elf: Permission denied", "make it readable");
}

static void a_file_that_is_no_program_is_refused(void **state)
{
    struct scene *s = *state;

    scene_file(s, "a.elf", "text", 4);
    refuses_path(s, "a.elf: the program is not an ELF file",
                 "name the file that the linker wrote");
}

static void a_segment_of_more_than_a_gigabyte_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    elf.segment[1].size = (1ull << 30) + 1;
    scene_program(s, "a.elf", elf);
    refuses_path(s, "a.elf: the segment at 0x201000 is larger than 1 GiB",
                 "make its largest arrays smaller, or memory regions");
}

static void segments_that_are_united_are_not_more_than_a_gigabyte(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    elf.segment[2] = (struct scene_segment){SCENE_DATA + 0x1800, 0, 1ull << 30, PF_R | PF_W};
    elf.segment_count = 3;
    scene_program(s, "a.elf", elf);
    refuses_path(s, "a.elf: the segment at 0x202800 is larger than 1 GiB",
                 "make its largest arrays smaller, or memory regions");
}

static void code_and_data_on_one_page_are_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    elf.segment[1].vaddr = SCENE_TEXT + 0x900;
    elf.segment[1].file_size = 0x100;
    scene_program(s, "a.elf", elf);
    refuses_path(s, "a.elf: the page at 0x200000 would be both written and executed",
                 "align .data to a page in the linker script, as microkit.ld does");
}

static void a_segment_that_is_written_and_executed_is_warned_of(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    elf.segment[1].flags |= PF_X;
    scene_program(s, "a.elf", elf);
    scene_warns(s, ONE,
                "test.system:3:22: warning: element 'program_image', attribute 'path': the "
                "segment at 0x201000 of a.elf can be both written and executed\n" SHOWN
                "help: give code and data segments of their own, as microkit.ld does\n");
}

static void a_segment_at_the_stack_is_warned_of(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    elf.segment[2] = (struct scene_segment){0x7fffffffc000 - 0x1000, 0x10, 0x10, PF_R};
    elf.segment_count = 3;
    scene_program(s, "a.elf", elf);
    scene_warns(s, ONE,
                "test.system:3:22: warning: element 'program_image', attribute 'path': the "
                "segment at 0x7fffffffb000 of a.elf ends where the stack of 'a' does: an "
                "overflow would not fault\n" SHOWN
                "help: link it at a lower address: -Tmicrokit.ld\n");
}

static void a_segment_in_the_stack_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    elf.segment[2] = (struct scene_segment){0x7ffffffff000 - 0x2000, 0x10, 0x10, PF_R};
    elf.segment_count = 3;
    scene_program(s, "a.elf", elf);
    refuses_path(s,
                 "the segment at 0x7fffffffd000 of a.elf reaches the stack of domain 'a' at "
                 "0x7fffffffc000",
                 "link it at a lower address: -Tmicrokit.ld");
}

/* The address is refused, and nothing is made for all that lies between. */
static void a_segment_at_the_end_of_all_addresses_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    elf.segment[2] = (struct scene_segment){UINT64_MAX - 0x7fff, 0x10, 0x10, PF_R};
    elf.segment_count = 3;
    scene_program(s, "a.elf", elf);
    assert_false(scene_compose(s, "<system><protection_domain name=\"a\"><program_image "
                                  "path=\"a.elf\" /></protection_domain></system>"));
    assert_non_null(strstr(s->said, "the segment at 0xffffffffffff8000 of a.elf reaches the "
                                    "stack of domain 'a' at 0x7fffffffc000"));
}

static void a_monitor_that_is_damaged_is_refused(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    s->kit.monitor = (struct sk_image_file){"monitor.elf", (const uint8_t *)"text", 4};
    scene_refuses(s, ONE,
                  "error: monitor.elf: the program is not an ELF file\n"
                  "help: name the file that the linker wrote\n");
}

static void a_monitor_of_something_else_is_refused(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    s->kit.monitor = scene_elf_file(s, "monitor.elf", scene_elf());
    scene_refuses(s, ONE,
                  "error: monitor.elf has no variable sk_monitor_memory\n"
                  "help: use the monitor.elf of this SDK\n");
}

static void a_monitor_in_the_way_of_its_tables_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf_monitor();

    scene_program(s, "a.elf", scene_elf());
    elf.segment[1].size = 0x10000000;
    s->kit.monitor = scene_elf_file(s, "monitor.elf", elf);
    scene_refuses(s, ONE,
                  "error: monitor.elf lies where its tables, or stacks, are to be\n"
                  "help: use the monitor.elf of this SDK\n");
}

static void a_program_without_libmicrokit_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    scene_remove_symbol(&elf, "microkit_pps");
    scene_program(s, "a.elf", elf);
    refuses_path(s, "a.elf has no symbol 'microkit_pps'", "link it with -lmicrokit");
}

static void a_program_without_symbols_is_refused_once(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    elf.symbol_count = 0;
    scene_program(s, "a.elf", elf);
    refuses_path(s, "a.elf has no symbols",
                 "link it without -s, or name the file as it was before strip: "
                 "path_for_symbols=\"...\"");
}

static void a_file_of_symbols_that_has_none_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    scene_program(s, "a.elf", scene_elf());
    elf.symbol_count = 0;
    scene_program(s, "b.elf", elf);
    scene_refuses(
        s,
        "<system>\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" path_for_symbols=\"b.elf\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:3:47: error: element 'program_image', attribute 'path_for_symbols': "
        "b.elf has no symbols\n"
        "    <program_image path=\"a.elf\" path_for_symbols=\"b.elf\" />\n"
        "                                                  ^\n"
        "help: link it without -s, or name the file as it was before strip: "
        "path_for_symbols=\"...\"\n");
}

static void a_symbol_of_another_size_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    scene_symbol(&elf, "microkit_name")->size = 16;
    scene_program(s, "a.elf", elf);
    scene_refuses(s, ONE,
                  "test.system:3:22: error: domain 'a': symbol 'microkit_name' of a.elf has 16 "
                  "bytes, not 64\n" SHOWN "help: the variable must be one of 64 bytes\n");
}

static void a_variable_that_is_not_there_is_told_with_its_declaration(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_refuses(s,
                  "<system>\n"
                  "<memory_region name=\"ring\" size=\"0x1000\" />\n"
                  "<protection_domain name=\"a\">\n"
                  "<program_image path=\"a.elf\" />\n"
                  "<map mr=\"ring\" vaddr=\"0x4000000\" setvar_vaddr=\"ring_vaddr\" />\n"
                  "</protection_domain>\n"
                  "</system>\n",
                  "test.system:5:48: error: domain 'a': its program a.elf has no symbol "
                  "'ring_vaddr'\n"
                  "    <map mr=\"ring\" vaddr=\"0x4000000\" setvar_vaddr=\"ring_vaddr\" />\n"
                  "                                                   ^\n"
                  "help: add to the program: uintptr_t ring_vaddr;\n");
}

static void a_variable_of_four_bytes_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    scene_symbol(&elf, "value")->size = 4;
    scene_program(s, "a.elf", elf);
    scene_refuses(
        s,
        "<system>\n"
        "<memory_region name=\"ring\" size=\"0x1000\" />\n"
        "<protection_domain name=\"a\">\n"
        "<program_image path=\"a.elf\" />\n"
        "<map mr=\"ring\" vaddr=\"0x4000000\" setvar_vaddr=\"value\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:5:48: error: domain 'a': symbol 'value' of a.elf has 4 bytes, not 8\n"
        "    <map mr=\"ring\" vaddr=\"0x4000000\" setvar_vaddr=\"value\" />\n"
        "                                                   ^\n"
        "help: the variable must be one of 8 bytes\n");
}

static void a_variable_of_no_segment_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    scene_symbol(&elf, "value")->vaddr = 0x900000;
    scene_program(s, "a.elf", elf);
    scene_refuses(s,
                  "<system>\n"
                  "<memory_region name=\"ring\" size=\"0x1000\" />\n"
                  "<protection_domain name=\"a\">\n"
                  "<program_image path=\"a.elf\" />\n"
                  "<map mr=\"ring\" vaddr=\"0x4000000\" setvar_vaddr=\"value\" />\n"
                  "</protection_domain>\n"
                  "</system>\n",
                  "test.system:5:48: error: domain 'a': symbol 'value' at 0x900000 is in no "
                  "segment of a.elf\n"
                  "    <map mr=\"ring\" vaddr=\"0x4000000\" setvar_vaddr=\"value\" />\n"
                  "                                                   ^\n"
                  "help: path and path_for_symbols must be of the same program\n");
}

static void another_version_of_libmicrokit_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    scene_symbol(&elf, "sk_microkit_extension")->vaddr = SCENE_TEXT;
    scene_program(s, "a.elf", elf);
    scene_refuses(
        s, ONE,
        "test.system:3:22: error: domain 'a': a.elf was linked with another version of "
        "libmicrokit (3671775962)\n" SHOWN "help: link it with the libmicrokit of this SDK\n");
}

static void another_library_has_no_channels_beyond_61(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_program(s, "other.elf", scene_elf_other());
    scene_refuses(s,
                  "<system xmlns:sk=\"https://selkie.systems/sdf/1\">\n"
                  "<protection_domain name=\"a\" sk:channels=\"64\">\n"
                  "<program_image path=\"other.elf\" />\n"
                  "</protection_domain>\n"
                  "<protection_domain name=\"b\">\n"
                  "<program_image path=\"a.elf\" />\n"
                  "</protection_domain>\n"
                  "<channel>\n"
                  "<end pd=\"a\" id=\"62\" />\n"
                  "<end pd=\"b\" id=\"0\" />\n"
                  "</channel>\n"
                  "</system>\n",
                  "test.system:3:22: error: domain 'a' has channels beyond 61, which other.elf "
                  "cannot use\n"
                  "    <program_image path=\"other.elf\" />\n"
                  "                         ^\n"
                  "help: link it with the libmicrokit of this SDK\n");
}

static void another_library_is_not_called_beyond_61(void **state)
{
    struct scene *s = *state;

    scene_program(s, "a.elf", scene_elf());
    scene_program(s, "other.elf", scene_elf_other());
    scene_refuses(s,
                  "<system xmlns:sk=\"https://selkie.systems/sdf/1\">\n"
                  "<protection_domain name=\"a\" priority=\"1\">\n"
                  "<program_image path=\"a.elf\" />\n"
                  "</protection_domain>\n"
                  "<protection_domain name=\"b\" priority=\"2\" sk:channels=\"64\">\n"
                  "<program_image path=\"other.elf\" />\n"
                  "</protection_domain>\n"
                  "<channel>\n"
                  "<end pd=\"a\" id=\"0\" pp=\"true\" notify=\"false\" />\n"
                  "<end pd=\"b\" id=\"63\" notify=\"false\" />\n"
                  "</channel>\n"
                  "</system>\n",
                  "test.system:6:22: error: domain 'b' has channels beyond 61, which other.elf "
                  "cannot use\n"
                  "    <program_image path=\"other.elf\" />\n"
                  "                         ^\n"
                  "help: link it with the libmicrokit of this SDK\n");
}

static void a_restart_without_our_library_is_refused(void **state)
{
    struct scene *s = *state;

    scene_program(s, "other.elf", scene_elf_other());
    scene_refuses(
        s,
        "<system xmlns:sk=\"https://selkie.systems/sdf/1\">\n"
        "<protection_domain name=\"a\" sk:restart=\"always\">\n"
        "<program_image path=\"other.elf\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:41: error: domain 'a' is to be restarted, but other.elf cannot "
        "restore its variables\n"
        "    <protection_domain name=\"a\" sk:restart=\"always\">\n"
        "                                            ^\n"
        "help: link it with the libmicrokit of this SDK\n");
}

static void a_restart_of_five_writable_segments_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    for (unsigned i = 2; i < 6; i++) {
        elf.segment[i] = (struct scene_segment){0x210000 + 0x2000 * i, 8, 8, PF_R | PF_W};
    }
    elf.segment_count = 6;
    scene_program(s, "a.elf", elf);
    scene_refuses(
        s,
        "<system xmlns:sk=\"https://selkie.systems/sdf/1\">\n"
        "<protection_domain name=\"a\" sk:restart=\"always\">\n"
        "<program_image path=\"a.elf\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:41: error: domain 'a' is to be restarted, but a.elf has more than "
        "4 writable segments\n"
        "    <protection_domain name=\"a\" sk:restart=\"always\">\n"
        "                                            ^\n"
        "help: merge sections in the linker script\n");
}

static void a_restart_without_room_is_refused(void **state)
{
    struct scene *s = *state;
    struct scene_elf elf = scene_elf();

    move(&elf, 0x7fffffff8000 - SCENE_TEXT);
    scene_program(s, "a.elf", elf);
    scene_refuses(
        s,
        "<system xmlns:sk=\"https://selkie.systems/sdf/1\">\n"
        "<protection_domain name=\"a\" sk:restart=\"always\">\n"
        "<program_image path=\"a.elf\" />\n"
        "</protection_domain>\n"
        "</system>\n",
        "test.system:2:41: error: domain 'a' is to be restarted, and there is no room "
        "for its first state between a.elf and the stack\n"
        "    <protection_domain name=\"a\" sk:restart=\"always\">\n"
        "                                            ^\n"
        "help: link the program at a lower address\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scene_test(a_program_that_is_not_there_is_told_with_its_place),
        scene_test(a_program_that_cannot_be_read_is_told),
        scene_test(a_file_that_is_no_program_is_refused),
        scene_test(a_segment_of_more_than_a_gigabyte_is_refused),
        scene_test(segments_that_are_united_are_not_more_than_a_gigabyte),
        scene_test(code_and_data_on_one_page_are_refused),
        scene_test(a_segment_that_is_written_and_executed_is_warned_of),
        scene_test(a_segment_at_the_stack_is_warned_of),
        scene_test(a_segment_in_the_stack_is_refused),
        scene_test(a_segment_at_the_end_of_all_addresses_is_refused),
        scene_test(a_monitor_that_is_damaged_is_refused),
        scene_test(a_monitor_of_something_else_is_refused),
        scene_test(a_monitor_in_the_way_of_its_tables_is_refused),
        scene_test(a_program_without_libmicrokit_is_refused),
        scene_test(a_program_without_symbols_is_refused_once),
        scene_test(a_file_of_symbols_that_has_none_is_refused),
        scene_test(a_symbol_of_another_size_is_refused),
        scene_test(a_variable_that_is_not_there_is_told_with_its_declaration),
        scene_test(a_variable_of_four_bytes_is_refused),
        scene_test(a_variable_of_no_segment_is_refused),
        scene_test(another_version_of_libmicrokit_is_refused),
        scene_test(another_library_has_no_channels_beyond_61),
        scene_test(another_library_is_not_called_beyond_61),
        scene_test(a_restart_without_our_library_is_refused),
        scene_test(a_restart_of_five_writable_segments_is_refused),
        scene_test(a_restart_without_room_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
