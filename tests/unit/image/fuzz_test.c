/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/*
 * Random damage to each of the four files. Nothing is asserted of the result but that it is
 * an answer: sanitizers see to the rest. SEED and COUNT in the environment change the run.
 */

static uint64_t random_state;

/* xorshift64*: the same numbers everywhere. */
static uint64_t next_random(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 0x2545f4914f6cdd1dull;
}

static uint64_t environment(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);

    return value != NULL && value[0] != '\0' ? strtoull(value, NULL, 0) : otherwise;
}

/* A number of the kind that breaks arithmetic, or a random one. */
static uint64_t awkward(void)
{
    static const uint64_t numbers[] = {
        0,          1,          7,          8,          0x38,       0x40,       0xfff,
        0x1000,     0x7fffffff, 0x80000000, 0xffffffff, 1ull << 32, 1ull << 39, 1ull << 47,
        1ull << 63, -1ull,      -2ull,      -8ull,      -0x1000ull, -0x2000ull, 0x40000000,
    };
    uint64_t r = next_random();

    return r % 4 == 0 ? r : numbers[(r >> 8) % (sizeof(numbers) / sizeof(numbers[0]))];
}

/* Overwrite one to four fields of 1, 2, 4 or 8 bytes; sometimes cut the file off. */
static void damage(uint8_t *data, size_t *size)
{
    unsigned count = 1 + (unsigned)(next_random() % 4);

    while (count-- > 0) {
        size_t width = (size_t)1 << next_random() % 4;
        size_t limit = next_random() % 4 == 0 ? *size : offsetof(struct fixture_elf, code);
        size_t at = (size_t)(next_random() % (limit < *size ? limit : *size));
        uint64_t value = awkward();
        at -= at % width;
        memcpy(data + at, &value, at + width <= *size ? width : 1);
    }
    if (next_random() % 16 == 0) {
        *size = (size_t)(next_random() % (*size + 1));
    }
}

/* A copy that ends where the file ends, so that the sanitizer sees the first byte too many. */
static struct sk_image_file exact(const struct sk_image_file *file)
{
    uint8_t *data = malloc(file->size);

    assert_true(data != NULL || file->size == 0);
    memcpy(data, file->data, file->size);
    return (struct sk_image_file){file->name, data, file->size};
}

static void one_round(unsigned victim, unsigned *accepted)
{
    struct fixture f;
    struct sk_image image = {0};
    struct sk_image_problem problem = {0};

    fixture_init(&f);
    struct sk_image_file *files[] = {&f.parts.kernel, &f.parts.root_task, &f.parts.loader,
                                     &f.parts.dtb};
    damage((uint8_t *)files[victim]->data, &files[victim]->size);
    struct sk_image_file copy = exact(files[victim]);
    *files[victim] = copy;

    bool as_file = next_random() % 2 == 0;
    if (as_file ? sk_image_pack_file(&f.parts, SK_IMAGE_BINARY, &image, &problem)
                : sk_image_pack(&f.parts, &image, &problem)) {
        ++*accepted;
        assert_true(sk_image_is_packed(&(struct sk_image_file){"", image.data, image.size}));
        sk_image_drop(&image);
    } else {
        assert_true(strlen(problem.what) > 0 && strlen(problem.what) < sizeof(problem.what));
    }
    (void)sk_image_is_packed(&copy);
    free((uint8_t *)copy.data);
}

static void damaged_files_are_packed_or_refused_and_nothing_else(void **state)
{
    (void)state;
    uint64_t seed = environment("SEED", 20261122), count = environment("COUNT", 40000);
    unsigned accepted = 0;

    print_message("# SEED=%llu COUNT=%llu\n", (unsigned long long)seed,
                  (unsigned long long)count);
    random_state = seed != 0 ? seed : 1;
    for (uint64_t i = 0; i < count; i++) {
        one_round((unsigned)(next_random() % 4), &accepted);
    }
    print_message("# %u accepted\n", accepted);
    /* Otherwise the damage is too heavy to get past the first check. */
    assert_in_range(accepted, 1, count - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_files_are_packed_or_refused_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
