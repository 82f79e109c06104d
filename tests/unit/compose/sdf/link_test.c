/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#define DOMAIN(name, attrs, body)                                                         \
    "<protection_domain name=\"" name "\" " attrs "><program_image path=\"x.elf\"/>" body \
    "</protection_domain>"

static void a_channel_knows_both_ends(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        DOMAIN("a", "priority=\"1\"", "")
            DOMAIN("b", "priority=\"2\"",
                   "") "<channel><end pd=\"a\" id=\"61\" pp=\"true\" setvar_id=\"x\"/>"
                       "<end pd=\"b\" id=\"0\" notify=\"false\" setvar_id=\"y\"/></channel>",
        &arm_limits);
    const struct sk_system_end *end = r->system->channels[0].end;
    struct sk_system_domain *d = r->system->domains;

    assert_int_equal(r->system->channel_count, 1);
    assert_ptr_equal(end[0].domain, &d[0]);
    assert_ptr_equal(end[1].domain, &d[1]);
    assert_int_equal(end[0].id.value, 61);
    assert_int_equal(end[1].id.value, 0);
    assert_true(end[0].pp.value);
    assert_false(end[1].pp.value);
    assert_true(end[0].notify.value);
    assert_false(end[1].notify.value);
    assert_false(d[0].is_called);
    assert_true(d[1].is_called);
    assert_string_equal(d[0].setvars[0].symbol.value, "x");
    assert_int_equal(d[0].setvars[0].value, 61);
    assert_string_equal(d[1].setvars[0].symbol.value, "y");
    assert_int_equal(d[1].setvars[0].value, 0);
    reading_fini(r);
}

static void an_interrupt_knows_its_domain(void **state)
{
    (void)state;
    struct reading *r =
        reading_good(DOMAIN("a", "", "") DOMAIN("b", "",
                                                "<irq irq=\"159\" id=\"0\" trigger=\"edge\"/>"
                                                "<irq irq=\"0\" id=\"1\" setvar_id=\"i\"/>"),
                     &arm_limits);
    const struct sk_system_domain *d = &r->system->domains[1];

    assert_int_equal(d->irq_count, 2);
    assert_ptr_equal(d->irqs[0].domain, d);
    assert_int_equal(d->irqs[0].kind, SK_SYSTEM_IRQ_NUMBER);
    assert_int_equal(d->irqs[0].irq.value, 159);
    assert_true(d->irqs[0].is_edge);
    assert_false(d->irqs[1].is_edge);
    assert_int_equal(d->irqs[1].irq.value, 0);
    assert_int_equal(d->setvars[0].value, 1);
    reading_fini(r);
}

static void interrupts_that_the_kernel_gives_to_nobody_are_refused(void **state)
{
    (void)state;
    expect_error(DOMAIN("a", "", "<irq irq=\"160\" id=\"0\"/>"), &arm_limits,
                 "attribute 'irq' of element 'irq': board arm has no interrupt 160\n");
    expect_error(DOMAIN("a", "", "<irq irq=\"27\" id=\"0\"/>"), &arm_limits,
                 "attribute 'irq' of element 'irq': the kernel of board arm keeps interrupt "
                 "27\n");
    reading_fini(reading_good(
        DOMAIN("a", "", "<irq irq=\"26\" id=\"0\"/><irq irq=\"28\" id=\"1\"/>"), &arm_limits));
    /* Where it is not known, the kernel is left to say. */
    reading_fini(
        reading_good(DOMAIN("a", "", "<irq irq=\"9999\" id=\"0\"/>"), &hypervisor_limits));
}

static void a_cspace_names_domains_that_come_later(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        DOMAIN("a", "",
               "<cspace><cap_tcb slot=\"63\" pd=\"b\"/><cap_vspace slot=\"0x1\" pd=\"a\"/>"
               "<cap_sc slot=\"2\" pd=\"b\"/></cspace>") DOMAIN("b", "", "<cspace/>"),
        &arm_limits);
    const struct sk_system_domain *d = r->system->domains;

    assert_true(d[0].has_cspace && d[1].has_cspace);
    assert_int_equal(d[0].cap_count, 3);
    assert_int_equal(d[0].caps[0].kind, SK_SYSTEM_CAP_TCB);
    assert_int_equal(d[0].caps[0].slot.value, 63);
    assert_ptr_equal(d[0].caps[0].domain, &d[1]);
    assert_string_equal(d[0].caps[0].element, "cap_tcb");
    assert_int_equal(d[0].caps[1].kind, SK_SYSTEM_CAP_VSPACE);
    assert_ptr_equal(d[0].caps[1].domain, &d[0]);
    assert_int_equal(d[0].caps[2].kind, SK_SYSTEM_CAP_SC);
    assert_int_equal(d[0].caps[2].slot_count, 1);
    assert_int_equal(d[1].cap_count, 0);
    reading_fini(r);
}

static void sixty_two_channels_are_good_and_one_more_is_not(void **state)
{
    (void)state;
    static const char channel[] =
        "<channel><end pd=\"a\" id=\"%d\"/><end pd=\"b\" id=\"%d\"/></channel>";

    for (int last = 61; last <= 62; last++) {
        struct arena a = {0};
        struct text body = {0};
        text_adds(&body, DOMAIN("a", "", "") DOMAIN("b", "", ""));
        for (int id = 0; id <= last; id++) {
            text_addf(&body, channel, id, id);
        }
        struct reading *r =
            reading_start(arena_printf(&a, "<system>%s</system>", body.data), &arm_limits);
        assert_int_equal(r->diag.error_count, last == 61 ? 0 : 2);
        reading_fini(r);
        text_fini(&body);
        arena_fini(&a);
    }
}

static void a_passive_domain_that_is_notified_is_not_odd(void **state)
{
    (void)state;
    for (int is_notified = 0; is_notified < 2; is_notified++) {
        struct arena a = {0};
        struct reading *r = reading_good(
            arena_printf(&a, DOMAIN("a", "", "") DOMAIN("b", "passive=\"true\"", "") "%s%s%s",
                         "<channel><end pd=\"b\" id=\"0\"/><end pd=\"a\" id=\"0\" notify=\"",
                         is_notified ? "true" : "false", "\"/></channel>"),
            &arm_limits);
        assert_int_equal(r->diag.warning_count, is_notified ? 0 : 1);
        reading_fini(r);
        arena_fini(&a);
    }
}

static void a_file_of_absurd_size_is_refused(void **state)
{
    (void)state;
    struct text t = {0};
    static const char blanks[1025] = {[0 ... 1023] = ' '};

    while (t.length <= 16 << 20) {
        text_adds(&t, blanks);
    }
    struct reading *r = reading_start(t.data, &arm_limits);
    assert_int_equal(r->diag.error_count, 1);
    assert_string_equal(reading_said(r), "test:1:1: error: the file is larger than 16 MiB\n"
                                         "help: divide the system\n");
    reading_fini(r);
    text_fini(&t);
}

#define WRONG_CHANNELS                                                                \
    "<channel><end pd=\"a\" id=\"1\" pp=\"true\"/><end pd=\"b\" id=\"0\"/></channel>" \
    "<channel><end pd=\"a\" id=\"1\"/><end pd=\"b\" id=\"0x1\"/></channel>"

static void one_run_tells_errors_of_all_steps(void **state)
{
    (void)state;
    struct reading *r = reading_start(
        "<system><memory_region name=\"m\" size=\"3\"/>"
        "<memory_region name=\"n\" size=\"0x1000\" colour=\"x\"/>" DOMAIN(
            "a", "priority=\"300\"", "<map mr=\"n\" vaddr=\"0x7ffffffff000\"/><thing/>")
            DOMAIN("b", "", "<map mr=\"o\" vaddr=\"0x1000\"/>") WRONG_CHANNELS "</system>",
        &arm_limits);

    /*
     * A size, an attribute, a priority, an address, an element, a name, an id twice, an id in
     * hexadecimal; but no call to a lower priority, since the caller's is not known.
     */
    assert_int_equal(r->diag.error_count, 8);
    reading_fini(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_channel_knows_both_ends),
        cmocka_unit_test(an_interrupt_knows_its_domain),
        cmocka_unit_test(interrupts_that_the_kernel_gives_to_nobody_are_refused),
        cmocka_unit_test(a_cspace_names_domains_that_come_later),
        cmocka_unit_test(sixty_two_channels_are_good_and_one_more_is_not),
        cmocka_unit_test(a_passive_domain_that_is_notified_is_not_odd),
        cmocka_unit_test(a_file_of_absurd_size_is_refused),
        cmocka_unit_test(one_run_tells_errors_of_all_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
