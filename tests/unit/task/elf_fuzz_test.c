/*
 * Random damage to a program. What is accepted must be so that loading it is safe; sanitizers
 * see to the rest. SEED and COUNT in the environment change the run.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <selkie/arch/task/elf.h>

#include "program.h"

#include <cmocka.h>

#define PAGE_SIZE 0x1000u

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
        0,          1,          2,          4,          7,          0x38,       0x40,
        0xfff,      0x1000,     0x400000,   0x401000,   0x402000,   0x7fffffff, 0x80000000,
        0xffffffff, 1ull << 32, 1ull << 39, 1ull << 47, 1ull << 63, -1ull,      -8ull,
        -0x1000ull, -0x2000ull, 0x403000,   0x600,      0x200,      16,         0x7ffffffff000,
    };
    uint64_t r = next_random();

    return r % 4 == 0 ? r : numbers[(r >> 8) % (sizeof(numbers) / sizeof(numbers[0]))];
}

/* Overwrite one to four fields of 1, 2, 4 or 8 bytes of the headers. */
static void damage(struct program *p)
{
    for (unsigned count = 1 + (unsigned)(next_random() % 4); count > 0; count--) {
        size_t width = (size_t)1 << next_random() % 4;
        size_t at = (size_t)(next_random() % offsetof(struct program, bytes));
        uint64_t value = awkward();

        at -= at % width;
        memcpy((uint8_t *)p + at, &value, width);
    }
}

static void check_accepted(const struct sk_elf_program *elf, size_t size)
{
    const struct sk_elf_plan plan = {.stack_size = 4 * PAGE_SIZE, .cnode_bits = 4};
    struct sk_elf_place place;
    struct sk_elf_needs needs;
    uint64_t end = PAGE_SIZE;

    assert_in_range(elf->segment_count, 1, SK_ELF_SEGMENTS);
    for (unsigned i = 0; i < elf->segment_count; i++) {
        const struct sk_elf_segment *s = &elf->segment[i];

        assert_true(s->vaddr / PAGE_SIZE * PAGE_SIZE >= end);
        assert_true(s->size > 0 && s->size <= sk_arch_elf_machine.user_end);
        end = s->vaddr + s->size;
        assert_true(s->vaddr < end && end <= sk_arch_elf_machine.user_end);
        end = (end + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
        assert_true(s->file_size <= s->size && s->offset <= size);
        assert_true(s->file_size <= size - s->offset);
        assert_true((s->rights & SK_ELF_READ) != 0);
        assert_true((s->rights & (SK_ELF_WRITE | SK_ELF_EXECUTE)) !=
                    (SK_ELF_WRITE | SK_ELF_EXECUTE));
    }
    enum sk_elf_problem problem = sk_elf_place(elf, &sk_arch_elf_machine, &plan, &place);
    if (problem != SK_ELF_GOOD) {
        assert_true(problem == SK_ELF_NO_ROOM || problem == SK_ELF_STACK_FOR_TLS);
        return;
    }
    assert_true(place.stack > end && place.ipc_buffer > place.stack_end);
    assert_true(place.ipc_buffer < sk_arch_elf_machine.user_end);
    sk_elf_needs(elf, &sk_arch_elf_machine, &plan, &place, &needs);
    assert_true(needs.tables >= SK_ELF_TABLE_LEVELS && needs.pages > needs.stack_pages);
    assert_true(needs.slots > needs.pages + needs.tables);
}

static void a_damaged_program_is_safe_or_refused(void **state)
{
    uint64_t seed = environment("SEED", 20261122), count = environment("COUNT", 400000);
    uint64_t accepted = 0, found[SK_ELF_PROBLEMS] = {0};

    (void)state;
    print_message("# SEED=%llu COUNT=%llu\n", (unsigned long long)seed,
                  (unsigned long long)count);
    random_state = seed != 0 ? seed : 1;
    for (uint64_t i = 0; i < count; i++) {
        struct program p;
        struct sk_elf_program elf;
        size_t size = sizeof(p);

        program_init(&p);
        damage(&p);
        if (next_random() % 32 == 0) {
            size = (size_t)(next_random() % (sizeof(p) + 1));
        }
        enum sk_elf_problem problem = program_check(&p, size, &elf);
        assert_in_range(problem, SK_ELF_GOOD, SK_ELF_PROBLEMS - 1);
        found[problem]++;
        if (problem == SK_ELF_GOOD) {
            accepted++;
            check_accepted(&elf, size);
        }
    }
    print_message("# %llu accepted\n", (unsigned long long)accepted);
    assert_in_range(accepted, count / 100, count - 1);
    /* The damage gets to every check but that of the number of segments. */
    for (unsigned n = SK_ELF_NO_HEADER; count >= 400000 && n < SK_ELF_NO_ROOM; n++) {
        if (found[n] == 0 && n != SK_ELF_SEGMENT_COUNT) {
            fail_msg("no program that %s", sk_elf_problem_text((enum sk_elf_problem)n));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_damaged_program_is_safe_or_refused),
    };

    return cmocka_run_group_tests_name("task/elf_fuzz", tests, NULL, NULL);
}
