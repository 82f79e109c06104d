/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <string.h>

#define DOMAIN(name, attrs, body)                                                         \
    "<protection_domain name=\"" name "\" " attrs "><program_image path=\"x.elf\"/>" body \
    "</protection_domain>"

static void restart_policies_are_read(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        DOMAIN("a", "sk:restart=\"never\"", "") DOMAIN("b", "sk:restart=\"always\"", "")
            DOMAIN("c", "sk:restart=\"1_0\" sk:restart_window_ms=\"5000\"", ""),
        &arm_limits);
    const struct sk_system_domain *d = r->system->domains;

    assert_true(r->system->has_extensions);
    assert_int_equal(d[0].restart, SK_SYSTEM_RESTART_NEVER);
    assert_int_equal(d[1].restart, SK_SYSTEM_RESTART_ALWAYS);
    assert_int_equal(d[1].restart_window_ms.value, 0);
    assert_int_equal(d[2].restart, SK_SYSTEM_RESTART_LIMITED);
    assert_int_equal(d[2].restart_limit, 10);
    assert_int_equal(d[2].restart_window_ms.value, 5000);
    reading_fini(r);
}

static void more_channels_are_allowed_where_it_is_said(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        DOMAIN("a", "sk:channels=\"1024\"", "<irq irq=\"40\" id=\"1022\"/>") DOMAIN(
            "b", "",
            "") "<channel><end pd=\"a\" id=\"1023\"/><end pd=\"b\" id=\"61\"/></channel>",
        &arm_limits);

    assert_int_equal(r->system->domains[0].channel_limit.value, 1024);
    assert_int_equal(r->system->channels[0].end[0].id.value, 1023);
    reading_fini(r);
}

static void a_thousand_domains_are_allowed(void **state)
{
    (void)state;
    struct text body = {0};

    for (int i = 0; i < SK_SYSTEM_EXTENDED_DOMAINS_MAX; i++) {
        text_addf(&body,
                  "<protection_domain name=\"d%d\"><program_image path=\"x\"/>"
                  "</protection_domain>",
                  i);
    }
    struct reading *r = reading_good(body.data, &arm_limits);
    assert_int_equal(r->system->domain_count, 1024);
    reading_fini(r);
    text_fini(&body);
}

static void capabilities_are_granted_by_kind(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        "<memory_region name=\"m\" size=\"0x3000\"/>" DOMAIN(
            "a", "",
            "<cspace><sk:cap kind=\"frame\" of=\"m\" slot=\"1\"/>"
            "<sk:cap kind=\"notification\" of=\"b\" slot=\"4\" rights=\"w\" badge=\"0x10\"/>"
            "<sk:cap kind=\"endpoint\" of=\"b\" slot=\"5\" rights=\"wp\"/>"
            "<sk:cap kind=\"irq\" of=\"40\" slot=\"6\"/>"
            "<sk:cap kind=\"cnode\" of=\"b\" slot=\"7\"/></cspace>")
            DOMAIN("b", "", "<irq irq=\"40\" id=\"3\"/>"),
        &arm_limits);
    const struct sk_system_cap *cap = r->system->domains[0].caps;
    const struct sk_system_domain *b = &r->system->domains[1];

    assert_int_equal(cap[0].kind, SK_SYSTEM_CAP_FRAME);
    assert_ptr_equal(cap[0].region, &r->system->regions[0]);
    assert_int_equal(cap[0].slot_count, 3);
    assert_int_equal(cap[0].rights, SK_SYSTEM_RIGHT_READ | SK_SYSTEM_RIGHT_WRITE);
    assert_false(cap[0].has_rights);
    assert_int_equal(cap[1].rights, SK_SYSTEM_RIGHT_WRITE);
    assert_int_equal(cap[1].badge.value, 16);
    assert_ptr_equal(cap[1].domain, b);
    assert_int_equal(cap[2].rights, SK_SYSTEM_RIGHT_WRITE | SK_SYSTEM_RIGHT_GRANT_REPLY);
    assert_false(cap[2].badge.is_given);
    assert_ptr_equal(cap[3].irq, &b->irqs[0]);
    assert_ptr_equal(cap[3].domain, b);
    assert_int_equal(cap[4].kind, SK_SYSTEM_CAP_CNODE);
    assert_int_equal(cap[4].rights, 0);
    reading_fini(r);
}

static void memory_is_handed_over(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        DOMAIN("a", "",
               "<sk:untyped slot=\"8\" slots=\"8\" bits_min=\"16\" size=\"0x100000\" "
               "info_vaddr=\"0x1000\"/>"
               "<sk:untyped slot=\"600\" info_vaddr=\"0x2000\" device=\"true\"/>"
               "<sk:image_frames slot=\"16\"/>"),
        &arm_limits);
    const struct sk_system_domain *d = &r->system->domains[0];

    assert_int_equal(d->untyped_count, 2);
    assert_int_equal(d->untypeds[0].slot.value, 8);
    assert_int_equal(d->untypeds[0].slot_count.value, 8);
    assert_int_equal(d->untypeds[0].bits_min.value, 16);
    assert_int_equal(d->untypeds[0].size.value, 0x100000);
    assert_false(d->untypeds[0].is_rest);
    assert_int_equal(d->untypeds[0].info_vaddr.value, 0x1000);
    assert_true(d->untypeds[1].is_rest);
    assert_true(d->untypeds[1].device.value);
    assert_int_equal(d->untypeds[1].bits_min.value, 12);
    assert_int_equal(d->untypeds[1].slot_count.value, 65536 - 600);
    assert_true(d->image_frames.is_given);
    assert_int_equal(d->image_frames.slot.value, 16);
    assert_int_equal(d->image_frames.slot_count.value, 48);
    reading_fini(r);
}

static void who_allows_no_extensions_is_sent_to_selkie(void **state)
{
    (void)state;
    struct sk_sdf_limits microkit = arm_limits;

    microkit.allows_extensions = false;
    expect_error(DOMAIN("a", "sk:restart=\"never\"", ""), &microkit,
                 "'sk:restart' is an extension of Selkie, which Microkit has not");
    expect_error(DOMAIN("a", "", "<sk:image_frames slot=\"1\"/>"), &microkit,
                 "help: selkie compose test");
    expect_error(DOMAIN("a", "", "<irq irq=\"33\" id=\"62\"/>"), &microkit,
                 "help: ids are 0 to 61\n");
    /* The prefix alone does no harm. */
    struct reading *r = reading_good(DOMAIN("a", "", ""), &microkit);
    assert_false(r->system->has_extensions);
    reading_fini(r);
}

static void microkit_has_sixty_three_domains(void **state)
{
    (void)state;
    struct sk_sdf_limits microkit = arm_limits;
    struct text body = {0};

    microkit.allows_extensions = false;
    for (int i = 0; i < 64; i++) {
        text_addf(&body, "<protection_domain name=\"d%d\"/>", i);
    }
    expect_error(body.data, &microkit, "64 protection domains, and 63 is the limit");
    text_fini(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(restart_policies_are_read),
        cmocka_unit_test(more_channels_are_allowed_where_it_is_said),
        cmocka_unit_test(a_thousand_domains_are_allowed),
        cmocka_unit_test(capabilities_are_granted_by_kind),
        cmocka_unit_test(memory_is_handed_over),
        cmocka_unit_test(who_allows_no_extensions_is_sent_to_selkie),
        cmocka_unit_test(microkit_has_sixty_three_domains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
