/*
 * Damaged programs and descriptions are composed. Nothing is asserted of the answer but that it
 * is one: a system that was made, or something said. What the composer encodes must pass the
 * initialiser's check: if it does not, the composer says that the mistake is its own, and the
 * test fails. Sanitizers see to the rest. SEED and COUNT in the environment change the run.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene.h"

static uint64_t random_state;

static uint64_t next_random(void)
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint64_t environment(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);

    return value != NULL ? strtoull(value, NULL, 0) : otherwise;
}

/* Numbers that something may go wrong at. */
static uint64_t number(void)
{
    static const uint64_t of[] = {
        0,          1,          7,          0x3f,       0x40,           0xfff,
        0x1000,     0x200000,   0x201000,   0x40000000, 0x40010000,     0x6fe00000,
        0x70041000, 0xbf800000, 0xffffffff, 1ull << 32, 0x7ffffffff000, 0x7fffffffe000,
        1ull << 47, 1ull << 63, UINT64_MAX};
    uint64_t value = of[next_random() % (sizeof(of) / sizeof(of[0]))];

    return next_random() % 4 == 0 ? value + next_random() % 0x3000 - 0x1000 : value;
}

#define DOMAIN(attributes, inner)                                              \
    "<protection_domain " attributes "><program_image path=\"a.elf\" />" inner \
    "</protection_domain>"
#define CHANNEL(a, b) "<channel><end pd=" a " /><end pd=" b " /></channel>"

/* Something of everything. */
static const char described[] =
    "<system xmlns:sk=\"https://selkie.systems/sdf/1\">"
    "<domains><domain name=\"red\" id=\"1\" /><domain_schedule start_index=\"0\" "
    "index_shift=\"0\"><schedule_entry domain=\"red\" duration=\"10 us\" />"
    "<schedule_end_marker /></domain_schedule></domains>"
    "<memory_region name=\"ring\" size=\"0x2000\" />"
    "<memory_region name=\"file\" prefill_path=\"data.bin\" />"
    "<memory_region name=\"tree\" size=\"0x4000\" prefill_bootinfo=\"fdt\" />"
    "<memory_region name=\"large\" size=\"0x400000\" page_size=\"0x200000\" />"
    "<memory_region name=\"fixed\" size=\"0x2000\" phys_addr=\"0x50000000\" />"
    "<memory_region name=\"next\" prefill_path=\"data.bin\" phys_addr=\"0x50002000\" />"
    "<memory_region name=\"uart\" size=\"0x1000\" phys_addr=\"0x9000000\" />" DOMAIN(
        "name=\"server\" priority=\"200\" domain=\"red\" passive=\"true\" sk:channels=\"200\" "
        "sk:restart=\"3\" stack_size=\"0x3000\" budget=\"100\" period=\"1000\"",
        "<map mr=\"ring\" vaddr=\"0x4000000\" perms=\"rw\" setvar_vaddr=\"value\" />"
        "<map mr=\"file\" vaddr=\"0x4010000\" perms=\"r\" setvar_prefill_size=\"cleared\" />"
        "<map mr=\"large\" vaddr=\"0x8000000\" />"
        "<map mr=\"uart\" vaddr=\"0x5000000\" cached=\"false\" /><irq irq=\"33\" id=\"5\" />")
        DOMAIN("name=\"client\" priority=\"100\" domain=\"red\" sk:channels=\"100\"",
               "<cspace><cap_tcb slot=\"1\" pd=\"server\" />"
               "<sk:cap kind=\"frame\" of=\"ring\" slot=\"9\" rights=\"r\" />"
               "<sk:cap kind=\"notification\" of=\"server\" slot=\"4\" badge=\"7\" /></cspace>"
               "<map mr=\"ring\" vaddr=\"0x6000000\" perms=\"rx\" />"
               "<map mr=\"tree\" vaddr=\"0x6010000\" perms=\"r\" />"
               "<map mr=\"fixed\" vaddr=\"0x6020000\" />"
               "<map mr=\"next\" vaddr=\"0x6022000\" />"
               "<setvar symbol=\"value\" region_paddr=\"ring\" />"
               "<sk:untyped slot=\"768\" slots=\"200\" size=\"0x5000\" bits_min=\"12\" "
               "info_vaddr=\"0x6030000\" /><sk:image_frames slot=\"40\" slots=\"20\" />" DOMAIN(
                   "name=\"kid\" priority=\"50\" id=\"3\" domain=\"red\"", ""))
            CHANNEL("\"client\" id=\"62\" pp=\"true\"", "\"server\" id=\"62\"")
                CHANNEL("\"client\" id=\"3\"", "\"server\" id=\"199\"")
                    CHANNEL("\"kid\" id=\"0\"", "\"server\" id=\"0\"") "</system>";

/* The description with one of its numbers changed; for free(). */
static char *changed(const char *text)
{
    struct text t = {0};
    size_t places[256], count = 0;

    for (size_t i = 1; text[i] != '\0' && count < 256; i++) {
        if (text[i - 1] == '"' && text[i] >= '0' && text[i] <= '9') {
            places[count++] = i;
        }
    }
    size_t at = places[next_random() % count];
    text_add(&t, text, at);
    text_addf(&t, next_random() % 4 == 0 ? "%llu" : "0x%llx", (unsigned long long)number());
    text_adds(&t, text + at + strcspn(text + at, "\" "));
    return t.data;
}

/* A word of the file's headers or tables, or anywhere. */
static void damage(uint8_t *data, size_t size)
{
    uint64_t value = number();
    size_t width = (size_t)1 << next_random() % 4;
    size_t table = size - 0x800 < size ? size - 0x800 : 0;
    size_t at = next_random() % 3 == 0   ? next_random() % 64
                : next_random() % 2 == 0 ? 64 + next_random() % 112
                                         : table + next_random() % (size - table);

    at = at / width * width;
    if (at + width <= size) {
        memcpy(data + at, &value, width);
    }
}

static struct scene_elf any_elf(void)
{
    struct scene_elf elf = scene_elf();

    elf.pattern = (uint8_t)(next_random() % 3);
    if (next_random() % 4 == 0) {
        elf.segment[1].size = 0x600000;
    }
    return elf;
}

static void expect_answer(struct scene *s, const char *system, unsigned *ret_made)
{
    bool is_made = scene_compose(s, system);

    if (is_made) {
        (*ret_made)++;
        assert_non_null(s->result.pages);
    } else {
        assert_true(strstr(s->said, "error: ") != NULL);
    }
    if (strstr(s->said, "a mistake of the composer") != NULL) {
        fputs(system, stdout);
        fputs(s->said, stdout);
        fail();
    }
}

static void every_system_is_answered(void **state)
{
    static const uint8_t bytes[0x1801] = {1};
    uint64_t seed = environment("SEED", 20261122), count = environment("COUNT", 400);
    unsigned made = 0;

    (void)state;
    print_message("# SEED=%llu COUNT=%llu\n", (unsigned long long)seed,
                  (unsigned long long)count);
    for (uint64_t i = 0; i < count; i++) {
        struct scene s;
        random_state = seed + i;
        scene_open(&s);
        s.kit.monitor = scene_elf_file(&s, "monitor.elf", scene_elf_monitor());
        s.options.wants_report = s.options.wants_report_json = s.options.wants_cdl =
            s.options.wants_model_json = s.options.wants_dot = s.options.wants_headers =
                i % 8 == 0;
        struct sk_image_file program = scene_elf_file(&s, "a.elf", any_elf());
        scene_file(&s, "a.elf", program.data, program.size);
        scene_file(&s, "data.bin", bytes, sizeof(bytes));
        char *system = strdup(described);
        unsigned what = i == 0 ? 0 : 1 + (unsigned)(next_random() % 3);
        for (unsigned k = 1 + next_random() % 2; what == 1 && k > 0; k--) {
            char *next = changed(system);
            free(system);
            system = next;
        }
        for (unsigned k = 1 + next_random() % 3; what == 2 && k > 0; k--) {
            damage((uint8_t *)program.data, program.size);
        }
        if (what == 3) {
            damage((uint8_t *)s.kit.monitor.data, s.kit.monitor.size);
        }
        expect_answer(&s, system, &made);
        assert_true(i > 0 || made == 1);
        free(system);
        scene_close(&s);
    }
    print_message("# %u were made\n", made);
    assert_true(made > count / 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_system_is_answered)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
