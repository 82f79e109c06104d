/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct fixture f;
static struct sk_image image;

static int setup(void **state)
{
    (void)state;
    fixture_init(&f);
    image = fixture_pack(&f);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    sk_image_drop(&image);
    return 0;
}

static void the_image_is_an_executable_that_enters_the_loader(void **state)
{
    (void)state;
    Elf64_Ehdr header;
    memcpy(&header, image.data, sizeof(header));
    assert_memory_equal(header.e_ident, ELFMAG, SELFMAG);
    assert_int_equal(header.e_type, ET_EXEC);
    assert_int_equal(header.e_machine, EM_AARCH64);
    assert_int_equal(header.e_entry, FIXTURE_LOADER_PADDR);
    assert_int_equal(header.e_phnum, 2 + 2 + 1 + 2 + 1);
}

static void a_moved_loader_is_entered_where_it_is(void **state)
{
    (void)state;
    Elf64_Ehdr header;
    f.parts.loader_paddr = 0x50000000;
    sk_image_drop(&image);
    image = fixture_pack(&f);
    memcpy(&header, image.data, sizeof(header));
    assert_int_equal(header.e_entry, 0x50000000);
}

static void every_part_is_where_the_plan_says(void **state)
{
    (void)state;
    Elf64_Phdr kernel = fixture_segment(&image, 0x40000000);
    assert_memory_equal(image.data + kernel.p_offset, f.kernel.code, FIXTURE_CODE);
    Elf64_Phdr dtb = fixture_segment(&image, 0x40005000);
    assert_memory_equal(image.data + dtb.p_offset, f.dtb, f.parts.dtb.size);
    Elf64_Phdr code = fixture_segment(&image, 0x40006000);
    assert_memory_equal(image.data + code.p_offset, f.root_task.code, FIXTURE_CODE);
    Elf64_Phdr data = fixture_segment(&image, 0x40007000);
    assert_memory_equal(image.data + data.p_offset, f.root_task.data, FIXTURE_DATA);
    assert_int_equal(data.p_filesz, data.p_memsz);
}

static void the_program_headers_are_kept_on_a_page_behind_the_root_task(void **state)
{
    (void)state;
    Elf64_Phdr page = fixture_segment(&image, 0x4000b000);
    uint32_t counts[2];
    assert_int_equal(page.p_memsz, 4096);
    memcpy(counts, image.data + page.p_offset, sizeof(counts));
    assert_int_equal(counts[0], FIXTURE_LOADS);
    assert_int_equal(counts[1], sizeof(Elf64_Phdr));
    assert_memory_equal(image.data + page.p_offset + 8, f.root_task.load,
                        sizeof(f.root_task.load));
}

static void the_loader_keeps_its_bss(void **state)
{
    (void)state;
    Elf64_Phdr data = fixture_segment(&image, FIXTURE_LOADER_PADDR + 0x1000);
    assert_int_equal(data.p_memsz, FIXTURE_BSS);
}

static void segments_lie_on_their_page_in_the_file(void **state)
{
    (void)state;
    Elf64_Ehdr header;
    Elf64_Phdr p;
    memcpy(&header, image.data, sizeof(header));
    for (unsigned i = 0; i < header.e_phnum; i++) {
        memcpy(&p, image.data + header.e_phoff + i * sizeof(p), sizeof(p));
        assert_int_equal(p.p_offset % 4096, p.p_paddr % 4096);
        assert_int_equal(p.p_vaddr, p.p_paddr);
    }
}

static void equal_inputs_give_equal_images(void **state)
{
    (void)state;
    struct sk_image again = fixture_pack(&f);
    assert_int_equal(again.size, image.size);
    assert_memory_equal(again.data, image.data, image.size);
    sk_image_drop(&again);
}

static void the_physical_address_size_reaches_the_plan(void **state)
{
    (void)state;
    f.parts.pa_bits = 40;
    sk_image_drop(&image);
    image = fixture_pack(&f);
    assert_int_equal(fixture_plan(&image, FIXTURE_LOADER_PADDR).pa_bits, 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_image_is_an_executable_that_enters_the_loader,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_moved_loader_is_entered_where_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(every_part_is_where_the_plan_says, setup, teardown),
        cmocka_unit_test_setup_teardown(
            the_program_headers_are_kept_on_a_page_behind_the_root_task, setup, teardown),
        cmocka_unit_test_setup_teardown(the_loader_keeps_its_bss, setup, teardown),
        cmocka_unit_test_setup_teardown(segments_lie_on_their_page_in_the_file, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(equal_inputs_give_equal_images, setup, teardown),
        cmocka_unit_test_setup_teardown(the_physical_address_size_reaches_the_plan, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
