/*
 * A domain of the initialiser's test, whichever one it is started as; and what "main" finds out
 * about the others, about its memory, and about what it was given.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/arch/driver/timer.h>
#include <selkie/arch/rt/machine.h>
#include <selkie/rt/print.h>
#include <selkie/rt/string.h>

#include "domain.h"

/* The first function of every domain. */
SK_NORETURN void domain_start(seL4_Word self);

static const char text[] = "read-only";
static seL4_Word number = 4711;
static seL4_Word zeros[1024];

static void expect(int is_true, const char *what)
{
    if (!is_true) {
        sk_printf("init-domain: not true: %s\n", what);
        sk_arch_exit(1);
    }
}

void ask(enum plan_domain whom, seL4_Word label, seL4_Word word)
{
    seL4_SetMR(0, word);
    (void)seL4_Call((seL4_CPtr)SLOT_CALL + whom, seL4_MessageInfo_new(label, 0, 0, 1));
}

static void expect_counts(enum plan_domain whom, seL4_Word signals, seL4_Word badges,
                          seL4_Word answers, const char *what)
{
    ask(whom, ASK_COUNT, 0);
    if (seL4_GetMR(0) != signals || seL4_GetMR(1) != badges || seL4_GetMR(2) != answers) {
        sk_printf("init-domain: domain %d has %lu signals of %lx, and %lu answers\n", whom,
                  seL4_GetMR(0), seL4_GetMR(1), seL4_GetMR(2));
        expect(0, what);
    }
}

/* It takes longer than its own budget, and does not wait for its next: the time is ours. */
static void expect_passive(enum plan_domain whom, const char *what)
{
    uint64_t start = sk_arch_timer_count(), second = sk_arch_timer_frequency();

    ask(whom, ASK_SPIN, 2 * second * PASSIVE_BUDGET_US / 1000000);
    expect(sk_arch_timer_count() - start < second, what);
}

static void check_memory(void)
{
    seL4_Word sum = 0;

    for (unsigned n = 0; n < sizeof(zeros) / sizeof(zeros[0]); n++) {
        sum |= zeros[n];
    }
    expect(text[0] == 'r' && number == 4711 && sum == 0, "the image is what was linked");
    number++;
    expect(memcmp((const void *)PLAN_FILLED, FILL_TEXT, sizeof(FILL_TEXT)) == 0,
           "what was to be copied is there");
    expect((*(volatile uint32_t *)(PLAN_DEVICE + PLAN_DEVICE_ID) & 0xff) == PLAN_DEVICE_VALUE,
           "the device is where it is");
    sk_puts("init-domain: memory is as described");
}

static void check_passive(void)
{
    expect_counts(DOMAIN_CALLER, 0, 0, 3, "calls from init() of a passive domain come back");
    expect_passive(DOMAIN_CALLER, "after them it is passive");
    seL4_Signal(SLOT_SIGNAL + DOMAIN_CALLER);
    expect_counts(DOMAIN_CALLER, 1, PLAN_BADGE(DOMAIN_MAIN), 3, "it has time for a signal");
    expect_passive(DOMAIN_CALLER, "and is passive again");
    expect_passive(DOMAIN_SERVER, "who was called by it is passive as well");
    sk_puts("init-domain: a passive domain can call while it starts");
}

static void check_early_signals(void)
{
    seL4_Signal(SLOT_SIGNAL + DOMAIN_LATE);
    seL4_Signal(SLOT_SIGNAL + DOMAIN_LATE);
    expect_counts(DOMAIN_LATE, 1, PLAN_BADGE(DOMAIN_MAIN), 1, "an early signal arrives");
    expect_passive(DOMAIN_LATE, "and the domain becomes passive");
    seL4_Signal(SLOT_SIGNAL + DOMAIN_LATE);
    expect_counts(DOMAIN_LATE, 2, PLAN_BADGE(DOMAIN_MAIN), 1, "a later one as well");
    expect_passive(DOMAIN_LATE, "and it still is");
    sk_puts("init-domain: signals before the first wait arrive");
}

static void interrupt(void)
{
    sk_arch_timer_compare(sk_arch_timer_count());
    sk_arch_timer_set_control(SK_ARCH_TIMER_ENABLE);
    while ((sk_arch_timer_control() & SK_ARCH_TIMER_DUE) == 0) {
    }
    seL4_Yield(); /* the interrupt has been taken when we are back in our program */
    sk_arch_timer_set_control(0);
}

static void check_early_interrupt(void)
{
    interrupt();
    expect_counts(DOMAIN_IRQ, 1, PLAN_IRQ_BADGE, 0, "an early interrupt arrives");
    expect_passive(DOMAIN_IRQ, "and the domain becomes passive");
    interrupt();
    expect_counts(DOMAIN_IRQ, 2, PLAN_IRQ_BADGE, 0, "the next one too");
    expect_passive(DOMAIN_IRQ, "and it still is");
    sk_puts("init-domain: an interrupt before the first wait arrives");
}

/* The untypeds that the info page lists are there, and memory can be made of them. */
static void check_untypeds(const seL4_BootInfo *info)
{
    seL4_Word count = info->untyped.end - info->untyped.start, ram = 0, device = 0;

    expect(info->untyped.start == SLOT_UNTYPED && count > 10 &&
               info->empty.start == info->untyped.end,
           "the info page says where untypeds are");
    for (seL4_Word n = 0; n < count; n++) {
        seL4_Word bits = info->untypedList[n].sizeBits;
        seL4_Word *sum = info->untypedList[n].isDevice ? &device : &ram;

        *sum += 1ul << bits;
        expect(info->untypedList[n].paddr % (1ul << 12) == 0 && bits >= 12, "they are pages");
    }
    expect(ram > 1ul << 30 && device > 1ul << 20, "nearly all memory is there");
    for (seL4_Word n = 0; n < count; n++) {
        seL4_CPtr slot = info->untyped.start + n;

        expect(seL4_Untyped_Retype(slot, seL4_ARM_SmallPageObject, 0, SLOT_CNODE, 0, 0,
                                   info->empty.start, 1) == seL4_NoError,
               "each can be used");
        seL4_ARM_Page_GetAddress_t at = seL4_ARM_Page_GetAddress(info->empty.start);

        expect(at.error == 0 && at.paddr == info->untypedList[n].paddr, "it is at its address");
        expect(seL4_CNode_Delete(SLOT_CNODE, info->empty.start, seL4_WordBits) == 0,
               "it is whole again");
    }
}

/* The initialiser's own pages: it does not need them any more. */
static void check_image(const seL4_BootInfo *info)
{
    seL4_Word count = info->userImageFrames.end - info->userImageFrames.start;
    volatile seL4_Word *page = (volatile seL4_Word *)PLAN_NOTHING;

    expect(info->userImageFrames.start == SLOT_IMAGE && count > 5 && count < IMAGE_SLOTS,
           "the info page says where the initialiser's pages are");
    for (seL4_Word n = 0; n < count; n++) {
        seL4_CPtr frame = info->userImageFrames.start + n;

        expect(seL4_ARM_Page_Unmap(frame) == seL4_NoError &&
                   seL4_ARM_Page_Map(frame, SLOT_VSPACE, PLAN_NOTHING, seL4_ReadWrite,
                                     seL4_ARM_Default_VMAttributes | seL4_ARM_ExecuteNever) ==
                       seL4_NoError,
               "each can be mapped");
        page[n] = n;
        expect(page[n] == n && seL4_ARM_Page_Unmap(frame) == seL4_NoError, "it is memory");
    }
}

static void check_gifts(void)
{
    const seL4_BootInfo *info = (const seL4_BootInfo *)PLAN_INFO;

    expect(info->initThreadCNodeSizeBits == PLAN_CNODE_BITS, "the info page is filled in");
    check_untypeds(info);
    check_image(info);
    sk_puts("init-domain: untypeds and pages were handed over");
}

SK_NORETURN void domain_start(seL4_Word self)
{
    seL4_SetIPCBuffer((seL4_IPCBuffer *)PLAN_IPC);
    if (self != DOMAIN_MAIN) {
        serve((enum plan_domain)self);
    }
    check_memory();
    check_passive();
    check_early_signals();
    check_early_interrupt();
    check_gifts();
    sk_puts("init-domain: all is well");
    sk_arch_exit(0);
}
