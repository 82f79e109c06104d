/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#define DOMAIN(body) \
    "<protection_domain name=\"a\"><program_image path=\"x.elf\"/>" body "</protection_domain>"

static void interrupts_are_of_two_kinds(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        DOMAIN("<irq id=\"0\" pin=\"4\" vector=\"3\" ioapic=\"1\" trigger=\"edge\" "
               "polarity=\"low\"/><irq id=\"1\" pcidev=\"1a:1F.7\" handle=\"2\" "
               "vector=\"107\"/><irq id=\"2\" pin=\"5\" vector=\"4\"/>"),
        &x86_limits);
    const struct sk_system_irq *irq = r->system->domains[0].irqs;

    assert_int_equal(irq[0].kind, SK_SYSTEM_IRQ_IOAPIC);
    assert_int_equal(irq[0].pin.value, 4);
    assert_int_equal(irq[0].vector.value, 3);
    assert_int_equal(irq[0].ioapic.value, 1);
    assert_true(irq[0].is_edge && irq[0].is_low);
    assert_int_equal(irq[1].kind, SK_SYSTEM_IRQ_MSI);
    assert_int_equal(irq[1].pci_bus, 0x1a);
    assert_int_equal(irq[1].pci_device, 0x1f);
    assert_int_equal(irq[1].pci_function, 7);
    assert_int_equal(irq[1].handle.value, 2);
    assert_int_equal(irq[1].vector.value, 107);
    assert_false(irq[2].is_edge || irq[2].is_low);
    assert_int_equal(irq[2].ioapic.value, 0);
    reading_fini(r);
}

static void ports_and_their_variables_are_read(void **state)
{
    (void)state;
    struct reading *r =
        reading_good(DOMAIN("<ioport id=\"61\" addr=\"0x3f8\" size=\"8\" setvar_id=\"i\" "
                            "setvar_addr=\"a\"/>"),
                     &x86_limits);
    const struct sk_system_domain *d = &r->system->domains[0];

    assert_int_equal(d->ioport_count, 1);
    assert_int_equal(d->ioports[0].id.value, 61);
    assert_int_equal(d->ioports[0].addr.value, 0x3f8);
    assert_int_equal(d->ioports[0].size.value, 8);
    assert_int_equal(d->setvar_count, 2);
    assert_int_equal(d->setvars[0].value, 61);
    assert_int_equal(d->setvars[1].kind, SK_SYSTEM_SETVAR_IOPORT_ADDR);
    assert_int_equal(d->setvars[1].value, 0x3f8);
    reading_fini(r);
}

static void device_address_spaces_are_read(void **state)
{
    (void)state;
    struct reading *r = reading_good(
        "<memory_region name=\"m\" size=\"0x400000\"/>"
        "<memory_region name=\"v\" size=\"0x1000\" prefill_bootinfo=\"x86_vbe\"/>"
        "<io_address_space name=\"s\" peripheral_id=\"02:00.1\" domain_id=\"9\">"
        "<iomap mr=\"m\" iovaddr=\"0x400000\" perms=\"w\"/></io_address_space>" DOMAIN(
            "<map mr=\"m\" vaddr=\"0x400000\"/><map mr=\"v\" vaddr=\"0x1000\"/>"),
        &x86_limits);
    const struct sk_system_io_space *s = &r->system->io_spaces[0];

    assert_int_equal(r->system->io_space_count, 1);
    assert_string_equal(s->name.value, "s");
    assert_int_equal(s->pci_bus, 2);
    assert_int_equal(s->pci_device, 0);
    assert_int_equal(s->pci_function, 1);
    assert_int_equal(s->domain_id.value, 9);
    assert_int_equal(s->map_count, 1);
    assert_ptr_equal(s->maps[0].region, &r->system->regions[0]);
    assert_int_equal(s->maps[0].iovaddr.value, 0x400000);
    assert_int_equal(s->maps[0].perms, SK_SYSTEM_WRITE);
    /* What devices see has small pages. */
    assert_false(r->system->regions[0].is_promoted);
    assert_int_equal(r->system->regions[1].prefill_bootinfo, SK_SYSTEM_BOOTINFO_X86_VBE);
    reading_fini(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interrupts_are_of_two_kinds),
        cmocka_unit_test(ports_and_their_variables_are_read),
        cmocka_unit_test(device_address_spaces_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
