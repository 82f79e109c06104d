/*
 * Images that are read again: whole, cut off anywhere, damaged.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SEGMENTS, BINARY, ELF, BINARY_WITH_PAGES, ELF_WITH_PAGES, KINDS };

static struct sk_image pack(unsigned kind)
{
    static const uint8_t pages[2 * 4096];
    struct fixture f;
    struct sk_image_problem problem;
    struct sk_image image;
    enum sk_image_type type =
        kind == BINARY || kind == BINARY_WITH_PAGES ? SK_IMAGE_BINARY : SK_IMAGE_ELF;

    fixture_init(&f);
    if (kind >= BINARY_WITH_PAGES) {
        f.parts.pages = (struct sk_image_file){"pages", pages, sizeof(pages)};
    }
    if (kind == SEGMENTS) {
        return fixture_pack(&f);
    }
    f.parts.loader_paddr = 0x70000000;
    if (!sk_image_pack_file(&f.parts, type, &image, &problem)) {
        fail_msg("%s", problem.what);
    }
    return image;
}

/* What is said of the first size bytes, which lie alone; "": nothing, or it is no image. */
static const char *said_of(const uint8_t *data, size_t size)
{
    static struct sk_image_problem problem;
    uint8_t *copy = malloc(size + 1);
    struct sk_image_file file = {"x.img", copy + 1, size};

    assert_non_null(copy);
    memcpy(copy + 1, data, size);
    problem.what[0] = '\0';
    bool is_good = !sk_image_is_packed(&file) || sk_image_check(&file, &problem);
    free(copy);
    assert_int_equal(is_good, problem.what[0] == '\0');
    return problem.what;
}

static void whole_images_are_whole(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < KINDS; kind++) {
        struct sk_image image = pack(kind);
        struct sk_image_file file = {"x.img", image.data, image.size};
        assert_true(sk_image_is_packed(&file));
        assert_string_equal(said_of(image.data, image.size), "");
        sk_image_drop(&image);
    }
}

static void an_image_that_is_cut_off_anywhere_is_refused(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < KINDS; kind++) {
        struct sk_image image = pack(kind);
        unsigned told = 0;
        for (size_t size = 0; size < image.size; size += size < 0x2000 ? 1 : 61) {
            const char *said = said_of(image.data, size);
            if (said[0] == '\0') {
                /* Not even the plan's magic is there: it is no image at all. */
                assert_true(size <= 4096 + SK_BOOT_PLAN_OFFSET + 8);
                continue;
            }
            assert_non_null(strstr(said, "x.img: the image is cut off after "));
            told++;
        }
        assert_true(told > 100);
        char last[96];
        snprintf(last, sizeof(last), "x.img: the image is cut off after %zu of %zu bytes",
                 image.size - 1, image.size);
        assert_string_equal(said_of(image.data, image.size - 1), last);
        sk_image_drop(&image);
    }
}

static void a_plan_that_makes_no_sense_is_refused(void **state)
{
    (void)state;
    struct sk_image image = pack(BINARY);
    struct sk_boot_plan *plan = (struct sk_boot_plan *)(image.data + SK_BOOT_PLAN_OFFSET);

    plan->version++;
    assert_string_equal(said_of(image.data, image.size),
                        "x.img: the image is of another version (3, not 2)");
    plan->version--;
    plan->zero_count = SK_BOOT_ZERO_MAX + 1;
    assert_string_equal(said_of(image.data, image.size), "x.img: the image is damaged");
    plan->zero_count = 0;
    plan->ram_paddr = UINT64_MAX / 2;
    assert_string_equal(said_of(image.data, image.size), "x.img: the image is damaged");
    sk_image_drop(&image);
    image = pack(ELF);
    ((Elf64_Ehdr *)image.data)->e_phnum = UINT16_MAX;
    assert_string_equal(said_of(image.data, image.size), "x.img: the image is damaged");
    sk_image_drop(&image);
}

/* Whatever is in the headers: nothing outside the file is read. */
static void damaged_headers_are_survived(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < KINDS; kind++) {
        struct sk_image image = pack(kind);
        for (size_t i = 0; i < 4096 + 1024 && i < image.size; i++) {
            image.data[i] ^= 0xff;
            (void)said_of(image.data, image.size);
            image.data[i] ^= 0xff;
        }
        sk_image_drop(&image);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_images_are_whole),
        cmocka_unit_test(an_image_that_is_cut_off_anywhere_is_refused),
        cmocka_unit_test(a_plan_that_makes_no_sense_is_refused),
        cmocka_unit_test(damaged_headers_are_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
