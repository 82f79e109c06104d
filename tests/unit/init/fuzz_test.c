/*
 * Random damage to a good specification. It is refused; or it can be carried out, as predicted;
 * or the kernel says no, and its state makes sense all the same. SEED and COUNT in the
 * environment change the run.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "stage.h"

#include <stdlib.h>
#include <string.h>

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

/* A number of the kind that breaks arithmetic, a small one, or a random one. */
static uint64_t awkward(void)
{
    static const uint64_t numbers[] = {
        0x1000,     0x7fffffff, 0x80000000, 0xffffffff, 1ull << 32, 1ull << 47,
        1ull << 63, -1ull,      -2ull,      -8ull,      -0x1000ull, 0x40000000,
    };
    uint64_t r = next_random();

    switch (r % 4) {
    case 0:
        return r;
    case 1:
        return numbers[(r >> 8) % (sizeof(numbers) / sizeof(numbers[0]))];
    default:
        return (r >> 8) % 40;
    }
}

/*
 * Overwrite one or two fields: mostly of records, of a random table, which would otherwise be
 * those with the most records.
 */
static void damage(struct sk_spec *spec)
{
    for (unsigned n = 1 + next_random() % 2; n > 0; n--) {
        const struct sk_spec_section *s = &spec->section[next_random() % SK_SPEC_TABLE_COUNT];
        uint64_t width = 1ull << next_random() % 4, value = awkward();
        uint64_t start = s->offset, size = spec->size - s->offset;

        if (next_random() % 8 == 0 || s->offset >= spec->size) {
            start = 0;
            size = sizeof(*spec);
        } else if (size > 256) {
            size = 256;
        }
        start += next_random() % size & -width;
        memcpy((char *)spec + start, &value, start + width <= spec->size ? width : 1);
        if (spec->size > 0x1000 || spec->size < sizeof(*spec)) {
            return; /* it lies about its size: nothing else can be found */
        }
    }
}

/* Nobody is to run: the threads' programs are in other address spaces than this process. */
static void keep_threads_still(struct sk_spec *spec)
{
    struct sk_spec_thread *t =
        (struct sk_spec_thread *)((char *)spec + spec->section[SK_SPEC_THREADS].offset);

    for (uint32_t n = 0; n < spec->section[SK_SPEC_THREADS].count; n++) {
        t[n].flags &= (uint8_t)~SK_SPEC_THREAD_START;
    }
}

/* Returns whether it could be carried out. */
static bool carry_out(struct sk_spec *spec)
{
    struct stage stage;
    struct sk_init prediction;
    sk_err predicted, err;

    keep_threads_still(spec);
    stage_boot(&stage, spec);
    predicted = stage_predict(&stage, &prediction);
    err = sk_init_execute(&stage.in);
    stage_check_kernel();
    if (err == SK_OK) {
        assert_int_equal(predicted, SK_OK);
        assert_int_equal(stage.in.calls, prediction.calls);
        assert_int_equal(stage.in.retypes, prediction.retypes);
        assert_int_equal(stage.in.next_slot, prediction.next_slot);
    }
    return err == SK_OK;
}

static void damage_is_refused_or_does_no_harm(void **state)
{
    uint64_t seed = environment("SEED", 20261122), count = environment("COUNT", 1000);
    unsigned accepted = 0, carried_out = 0;

    (void)state;
    random_state = seed;
    for (uint64_t n = 0; n < count; n++) {
        struct system s = system_make(&sk_init_platform, STAGE_PADDR);
        struct sk_spec *copy = malloc(s.size);
        struct sk_spec_problem problem;

        assert_non_null(copy);
        memcpy(copy, s.spec, s.size);
        damage(copy);
        if (sk_spec_check(copy, s.size, &sk_init_platform, &problem)) {
            accepted++;
            carried_out += carry_out(copy);
        } else {
            assert_true(sk_spec_wrong_text(problem.what)[0] != '\0');
        }
        free(copy);
    }
    host_kernel_end();
    print_message("seed %lu: of %lu, %u accepted, %u of them carried out\n", seed, count,
                  accepted, carried_out);
    assert_true(count < 500 || (accepted > count / 50 && carried_out > 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damage_is_refused_or_does_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
