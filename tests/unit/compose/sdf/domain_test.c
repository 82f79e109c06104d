/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#define IMAGE "<program_image path=\"x.elf\"/>"

static void a_domain_has_defaults(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        "<protection_domain name=\"a\">" IMAGE "</protection_domain>", &arm_limits);
    const struct sk_system_domain *d = &r->system->domains[0];

    assert_int_equal(r->system->domain_count, 1);
    assert_string_equal(d->name.value, "a");
    assert_int_equal(d->priority.value, 0);
    assert_false(d->priority.is_given);
    assert_int_equal(d->budget_us.value, 1000);
    assert_int_equal(d->period_us.value, 1000);
    assert_int_equal(d->stack_size.value, 0x2000);
    assert_int_equal(d->cpu.value, 0);
    assert_false(d->passive.value);
    assert_false(d->smc.value);
    assert_true(d->fpu.value);
    assert_null(d->slice);
    assert_null(d->parent);
    assert_null(d->vm);
    assert_false(d->has_cspace);
    assert_int_equal(d->channel_limit.value, 62);
    assert_int_equal(d->restart, SK_SYSTEM_RESTART_UNSAID);
    assert_string_equal(d->image.value, "x.elf");
    assert_null(d->image_for_symbols.value);
    assert_int_equal(d->map_count + d->irq_count + d->setvar_count + d->cap_count, 0);
    reading_fini(r);
}

static void a_domain_is_what_is_written(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        "<protection_domain name=\"a\" priority=\"254\" budget=\"0x64\" period=\"2_000\" "
        "passive=\"true\" stack_size=\"0x1000000\" cpu=\"3\" smc=\"true\" fpu=\"false\">"
        "<program_image path=\"x.elf\" path_for_symbols=\"y.elf\"/></protection_domain>",
        &hypervisor_limits);
    const struct sk_system_domain *d = &r->system->domains[0];

    assert_int_equal(d->priority.value, 254);
    assert_true(d->priority.is_given);
    assert_int_equal(d->budget_us.value, 100);
    assert_int_equal(d->period_us.value, 2000);
    assert_true(d->passive.value && d->passive.is_given);
    assert_int_equal(d->stack_size.value, 16 << 20);
    assert_int_equal(d->cpu.value, 3);
    assert_true(d->smc.value);
    assert_false(d->fpu.value);
    assert_string_equal(d->image_for_symbols.value, "y.elf");
    reading_fini(r);
}

static void the_period_is_the_budget_unless_it_is_given(void **state)
{
    (void)state;
    struct reading *r = reading_good("<protection_domain name=\"a\" budget=\"70\">" IMAGE
                                     "</protection_domain>",
                                     &arm_limits);

    assert_int_equal(r->system->domains[0].budget_us.value, 70);
    assert_int_equal(r->system->domains[0].period_us.value, 70);
    assert_false(r->system->domains[0].period_us.is_given);
    reading_fini(r);
}

static void a_parent_comes_before_its_children(void **state)
{
    (void)state;
    struct reading *r =
        reading_good("<protection_domain name=\"a\">" IMAGE
                     "<protection_domain name=\"b\" id=\"7\" setvar_id=\"b_id\">" IMAGE
                     "<protection_domain name=\"c\" id=\"61\">" IMAGE "</protection_domain>"
                     "</protection_domain>"
                     "<protection_domain name=\"d\" id=\"0\">" IMAGE "</protection_domain>"
                     "</protection_domain>"
                     "<protection_domain name=\"e\">" IMAGE "</protection_domain>",
                     &arm_limits);
    struct sk_system_domain *d = r->system->domains;

    assert_int_equal(r->system->domain_count, 5);
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(d[i].index, i);
        assert_int_equal(d[i].name.value[0], 'a' + (int)i);
    }
    assert_ptr_equal(d[1].parent, &d[0]);
    assert_ptr_equal(d[2].parent, &d[1]);
    assert_ptr_equal(d[3].parent, &d[0]);
    assert_null(d[4].parent);
    assert_int_equal(d[0].child_count, 2);
    assert_ptr_equal(d[0].children[0], &d[1]);
    assert_ptr_equal(d[0].children[1], &d[3]);
    assert_int_equal(d[1].children[0]->id.value, 61);
    assert_int_equal(d[0].setvar_count, 1);
    assert_string_equal(d[0].setvars[0].symbol.value, "b_id");
    assert_int_equal(d[0].setvars[0].kind, SK_SYSTEM_SETVAR_ID);
    assert_int_equal(d[0].setvars[0].value, 7);
    reading_fini(r);
}

static void places_are_those_of_elements_and_of_values(void **state)
{
    (void)state;
    struct reading *r = reading_start("<system>\n"
                                      "  <protection_domain\n"
                                      "     name = 'a'\tpriority=\"3\"\n"
                                      "  >\n"
                                      "    <program_image path=\"\xc3\xa4.elf\" />\n"
                                      "  </protection_domain>\n"
                                      "</system>\n",
                                      &arm_limits);
    const struct sk_system_domain *d = &r->system->domains[0];

    assert_int_equal(d->at.line, 2);
    assert_int_equal(d->at.col, 3);
    assert_int_equal(d->name.at.line, 3);
    assert_int_equal(d->name.at.col, 14);
    assert_int_equal(d->priority.at.line, 3);
    assert_int_equal(d->priority.at.col, 27);
    assert_int_equal(d->budget_us.at.line, 2);
    assert_int_equal(d->image.at.line, 5);
    assert_int_equal(d->image.at.col, 26);
    assert_ptr_equal(d->name.at.source, &r->source);
    reading_fini(r);
}

static void domains_of_time_are_numbered_and_found(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        "<domains><domain name=\"red\"/><domain name=\"blue\" id=\"0\"/>"
        "<domain name=\"green\"/>"
        "<domain_schedule start_index=\"1\" index_shift=\"4\">"
        "<schedule_end_marker/><schedule_entry domain=\"green\" duration=\"10 us\"/>"
        "<schedule_entry domain=\"red\" duration=\"0x20 ticks\"/>"
        "<schedule_entry domain=\"blue\" duration=\"1 us\"/>"
        "</domain_schedule></domains>"
        "<protection_domain name=\"a\" domain=\"green\">" IMAGE "</protection_domain>",
        &arm_limits);
    const struct sk_system *s = r->system;

    assert_true(s->has_schedule);
    assert_int_equal(s->slice_count, 3);
    assert_int_equal(s->slices[0].id.value, 1);
    assert_int_equal(s->slices[1].id.value, 0);
    assert_int_equal(s->slices[2].id.value, 2);
    assert_ptr_equal(s->domains[0].slice, &s->slices[2]);
    assert_int_equal(s->start_index.value, 1);
    assert_int_equal(s->index_shift.value, 4);
    assert_int_equal(s->turn_count, 4);
    assert_true(s->turns[0].is_end);
    assert_ptr_equal(s->turns[1].slice, &s->slices[2]);
    assert_int_equal(s->turns[1].duration, 10);
    assert_false(s->turns[1].is_ticks);
    assert_int_equal(s->turns[2].duration, 32);
    assert_true(s->turns[2].is_ticks);
    reading_fini(r);
}

static void a_virtual_machine_belongs_to_its_domain(void **state)
{
    (void)state;
    struct reading *r =
        reading_good("<memory_region name=\"ram\" size=\"0x200000\"/>"
                     "<protection_domain name=\"vmm\" cpu=\"2\">" IMAGE
                     "<virtual_machine name=\"g\" priority=\"9\" budget=\"50\">"
                     "<vcpu id=\"4\" setvar_id=\"v\"/><vcpu id=\"0\" cpu=\"1\"/>"
                     "<map mr=\"ram\" vaddr=\"0x40000000\" perms=\"rx\" cached=\"false\"/>"
                     "</virtual_machine></protection_domain>",
                     &hypervisor_limits);
    const struct sk_system_domain *d = &r->system->domains[0];
    const struct sk_system_vm *vm = d->vm;

    assert_non_null(vm);
    assert_ptr_equal(vm->domain, d);
    assert_string_equal(vm->name.value, "g");
    assert_int_equal(vm->priority.value, 9);
    assert_int_equal(vm->budget_us.value, 50);
    assert_int_equal(vm->period_us.value, 50);
    assert_int_equal(vm->vcpu_count, 2);
    assert_int_equal(vm->vcpus[0].id.value, 4);
    assert_int_equal(vm->vcpus[0].cpu.value, 2);
    assert_int_equal(vm->vcpus[1].cpu.value, 1);
    assert_int_equal(vm->map_count, 1);
    assert_int_equal(vm->maps[0].perms, SK_SYSTEM_READ | SK_SYSTEM_EXECUTE);
    assert_false(vm->maps[0].cached.value);
    /* Upstream ignores the setvar of a vcpu. */
    assert_int_equal(d->setvar_count, 1);
    assert_string_equal(d->setvars[0].symbol.value, "v");
    assert_int_equal(d->setvars[0].value, 4);
    reading_fini(r);
}

static void sixty_three_domains_are_good(void **state)
{
    (void)state;
    struct arena a = {0};
    struct text body = {0};

    for (int i = 0; i < SK_SYSTEM_DOMAINS_MAX; i++) {
        text_addf(&body, "<protection_domain name=\"d%d\">" IMAGE "</protection_domain>", i);
    }
    struct reading *r =
        reading_start(arena_printf(&a, "<system>%s</system>", body.data), &arm_limits);
    assert_non_null(r->system);
    assert_int_equal(r->system->domain_count, 63);
    reading_fini(r);
    text_fini(&body);
    arena_fini(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_domain_has_defaults),
        cmocka_unit_test(a_domain_is_what_is_written),
        cmocka_unit_test(the_period_is_the_budget_unless_it_is_given),
        cmocka_unit_test(a_parent_comes_before_its_children),
        cmocka_unit_test(places_are_those_of_elements_and_of_values),
        cmocka_unit_test(domains_of_time_are_numbered_and_found),
        cmocka_unit_test(a_virtual_machine_belongs_to_its_domain),
        cmocka_unit_test(sixty_three_domains_are_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
