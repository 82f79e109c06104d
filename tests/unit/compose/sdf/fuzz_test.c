/*
 * Descriptions with mistakes that nobody thought of: attributes of one element in another,
 * values that break arithmetic, lines lost and doubled, bytes that are no text. Nothing is
 * asserted of the answer but that it is one; sanitizers see to the rest. SEED and COUNT in the
 * environment change the run.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lines that begin with A are Arm's, those with X x86's. */
static const char base[] =
    "<system xmlns:sk=\"https://selkie.systems/sdf/1\">\n"
    "<domains>\n<domain name=\"red\" id=\"3\" />\n<domain name=\"blue\" />\n"
    "<domain_schedule start_index=\"0\" index_shift=\"2\">\n"
    "<schedule_entry domain=\"red\" duration=\"1_000 us\" />\n"
    "<schedule_entry domain=\"blue\" duration=\"5 ticks\" />\n"
    "<schedule_end_marker />\n</domain_schedule>\n</domains>\n"
    "<memory_region name=\"m\" size=\"0x400000\" />\n"
    "<memory_region name=\"n\" size=\"0x1000\" phys_addr=\"0x9000000\"\n"
    " page_size=\"0x1000\" />\n"
    "<memory_region name=\"f\" prefill_path=\"x.bin\" />\n"
    "<memory_region name=\"i\" size=\"0x1000\" prefill_bootinfo=\"fdt\" />\n"
    "<protection_domain name=\"a\" priority=\"9\" budget=\"50\" period=\"60\"\n"
    " passive=\"true\" stack_size=\"0x4000\" cpu=\"0\" smc=\"false\"\n"
    " fpu=\"true\" domain=\"red\" sk:channels=\"100\"\n"
    " sk:restart=\"3\" sk:restart_window_ms=\"1000\">\n"
    "<program_image path=\"a.elf\" path_for_symbols=\"b.elf\" />\n"
    "<map mr=\"m\" vaddr=\"0x400000\" perms=\"rx\" cached=\"false\" setvar_vaddr=\"v\" />\n"
    "<map mr=\"n\" vaddr=\"0x1000\" setvar_size=\"s\" />\n"
    "<map mr=\"f\" vaddr=\"0x2000\" setvar_prefill_size=\"p\" />\n"
    "A<irq irq=\"33\" id=\"61\" trigger=\"edge\" setvar_id=\"q\" />\n"
    "X<irq pin=\"1\" vector=\"1\" id=\"60\" ioapic=\"1\" polarity=\"low\" />\n"
    "X<irq pcidev=\"00:1f.2\" handle=\"1\" vector=\"2\" id=\"59\" />\n"
    "X<ioport id=\"1\" addr=\"0x3f8\" size=\"8\" setvar_id=\"o\" setvar_addr=\"r\" />\n"
    "A<setvar symbol=\"t\" region_paddr=\"m\" />\n"
    "<cspace>\n<cap_tcb slot=\"1\" pd=\"b\" />\n<cap_sc slot=\"2\" pd=\"c\" />\n"
    "<sk:cap kind=\"frame\" of=\"n\" slot=\"3\" rights=\"rw\" />\n"
    "<sk:cap kind=\"endpoint\" of=\"c\" slot=\"5\" rights=\"wp\" badge=\"7\" />\n"
    "A<sk:cap kind=\"irq\" of=\"33\" slot=\"4\" />\n</cspace>\n"
    "X<virtual_machine name=\"g\">\n"
    "A<virtual_machine name=\"g\" priority=\"3\" budget=\"40\" period=\"50\">\n"
    "<vcpu id=\"0\" cpu=\"0\" setvar_id=\"w\" />\n"
    "<map mr=\"m\" vaddr=\"0x40000000\" />\n</virtual_machine>\n"
    "<sk:untyped slot=\"8\" slots=\"9\" bits_min=\"13\" size=\"rest\"\n"
    " info_vaddr=\"0x3000\" />\n"
    "<sk:image_frames slot=\"512\" slots=\"7\" />\n</protection_domain>\n"
    "<protection_domain name=\"b\" domain=\"blue\">\n<program_image path=\"b.elf\" />\n"
    "<protection_domain name=\"c\" id=\"1\" setvar_id=\"x\" priority=\"4\" domain=\"blue\">\n"
    "<program_image path=\"c.elf\" />\n</protection_domain>\n</protection_domain>\n"
    "<channel>\n<end pd=\"b\" id=\"0\" pp=\"true\" notify=\"false\" setvar_id=\"y\" />\n"
    "<end pd=\"c\" id=\"1\" />\n</channel>\n"
    "X<io_address_space name=\"d\" peripheral_id=\"00:02.0\" domain_id=\"1\">\n"
    "X<iomap mr=\"m\" iovaddr=\"0x1000\" perms=\"r\" />\nX</io_address_space>\n"
    "</system>\n";

static uint64_t random_state;

/* xorshift64*: the same numbers everywhere. */
static uint64_t next_random(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 0x2545f4914f6cdd1dull;
}

static size_t below(size_t limit)
{
    return limit == 0 ? 0 : (size_t)(next_random() % limit);
}

static uint64_t environment(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);

    return value != NULL && value[0] != '\0' ? strtoull(value, NULL, 0) : otherwise;
}

/* Replace size bytes at a place by others. */
static void splice(struct text *t, size_t at, size_t size, const char *with, size_t with_size)
{
    struct text out = {0};

    text_add(&out, t->data, at);
    text_add(&out, with, with_size);
    text_add(&out, t->data + at + size, t->length - at - size);
    text_fini(t);
    *t = out;
}

/* The place of the nth quoted value, and its length. */
static size_t find_value(const struct text *t, size_t n, size_t *ret_length)
{
    const char *from = t->data;

    for (size_t i = 0; i <= n; i++) {
        const char *open = strchr(from, '"');
        const char *close = open == NULL ? NULL : strchr(open + 1, '"');
        if (close == NULL) {
            break;
        }
        *ret_length = (size_t)(close - open - 1);
        from = close + 1;
        if (i == n) {
            return (size_t)(open + 1 - t->data);
        }
    }
    *ret_length = 0;
    return below(t->length);
}

static void change_value(struct text *t)
{
    static const char *const values[] = {
        "",       "0",        "1",          "-1",
        "63",     "64",       "512",        "1023",
        "1024",   "65535",    "0x7fffffff", "0xffffffff",
        "0x1000", "0x200000", "0x8000000",  "0x3ffff000",
        "rest",   "true",     "m",          "a",
        "b",      "c",        "monitor",    "endpoint",
        "irq",    "0 us",     "1 us",       "18446744073709551615 ticks",
        " ",      "0x",       "_",          "&#10;",
        "fdt",    "always",   "x86_vbe",    "0x7fffffffb000",
        "tcb",    "w",        "rwgp",       "18446744073709551615",
        "us",     "%s%n",     "ff:1f.7",    "0x7ffffffff000",
        "edge",   "1 ",       "red",        "0xfffffffffffff000",
        "sc",     "frame",    "\xc3\xa4",   "99999999999999999999999",
    };
    const char *value = values[below(sizeof(values) / sizeof(values[0]))];
    size_t length;
    size_t at = find_value(t, below(120), &length);

    splice(t, at, length, value, strlen(value));
}

/* The beginning of a random line, and its length with the line's end. */
static size_t find_line(const struct text *t, size_t *ret_length)
{
    size_t at = below(t->length);

    while (at > 0 && t->data[at - 1] != '\n') {
        at--;
    }
    *ret_length = strcspn(t->data + at, "\n");
    *ret_length += at + *ret_length < t->length ? 1 : 0;
    return at;
}

static void move_line(struct text *t, bool stays)
{
    size_t length, unused;
    size_t at = find_line(t, &length);
    char *line = strndup(t->data + at, length);

    assert_non_null(line);
    if (!stays) {
        splice(t, at, length, "", 0);
    }
    splice(t, t->length == 0 ? 0 : find_line(t, &unused), 0, line, strlen(line));
    free(line);
}

static void damage(struct text *t)
{
    size_t length, at;
    char byte = (char)next_random();

    switch (below(8)) {
    case 0:
    case 1:
    case 2:
        change_value(t);
        break;
    case 3:
    case 4:
        move_line(t, true);
        break;
    case 5:
        move_line(t, false);
        break;
    case 6:
        at = find_line(t, &length);
        splice(t, at, length, "", 0);
        break;
    default:
        at = below(t->length);
        splice(t, at, t->length > at ? 1 : 0, &byte, 1);
        break;
    }
}

/* The base as it is for one machine. */
static struct text base_for(char machine)
{
    struct text t = {0};

    for (const char *line = base; *line != '\0'; line = strchr(line, '\n') + 1) {
        size_t length = (size_t)(strchr(line, '\n') - line) + 1;
        bool is_marked = *line == 'A' || *line == 'X';
        if (!is_marked || *line == machine) {
            text_add(&t, line + is_marked, length - is_marked);
        }
    }
    return t;
}

static bool is_answered(struct text *t, const struct sk_sdf_limits *limits)
{
    struct reading *r = calloc(1, sizeof(*r));

    assert_non_null(r);
    r->source = (struct source){"test", "test", t->data, t->length};
    r->diag.arena = &r->arena;
    r->system = sk_sdf_read(&r->arena, &r->source, limits, &r->diag);
    assert_int_equal(r->system == NULL, r->diag.error_count != 0);
    (void)reading_said(r);
    bool is_good = r->system != NULL;
    reading_fini(r);
    return is_good;
}

static void every_damaged_description_is_answered(void **state)
{
    (void)state;
    uint64_t count = environment("COUNT", 3000);
    size_t good = 0;

    random_state = environment("SEED", 20261122) | 1;
    for (uint64_t i = 0; i < count; i++) {
        struct sk_sdf_limits limits = i % 3 == 0 ? x86_limits : hypervisor_limits;
        struct text t = base_for(i % 3 == 0 ? 'X' : 'A');
        for (size_t n = below(6); n > 0 && t.length > 0; n--) {
            damage(&t);
        }
        limits.slices = 16;
        limits.turns = 100;
        limits.cores = i % 8 == 0 ? 4 : 1;
        limits.has_hypervisor = i % 9 != 0;
        good += is_answered(&t, &limits) ? 1 : 0;
        text_fini(&t);
    }
    print_message("%zu of %zu were good\n", good, (size_t)count);
    assert_true(good > count / 20);
}

static void the_undamaged_descriptions_are_good(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct sk_sdf_limits limits = i == 0 ? x86_limits : hypervisor_limits;
        struct text t = base_for(i == 0 ? 'X' : 'A');
        limits.slices = 16;
        limits.turns = 100;
        limits.cores = 1;
        assert_true(is_answered(&t, &limits));
        text_fini(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_undamaged_descriptions_are_good),
        cmocka_unit_test(every_damaged_description_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
