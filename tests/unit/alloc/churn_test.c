/*
 * Random taking and giving of everything, in all sizes, over one manager.
 *
 * CHURN_COUNT steps (20,000) from CHURN_SEED (1), with the kernel's invariants and all books
 * looked at every CHURN_CHECK steps (200). At the end everything is given back: the figures are
 * those of the beginning, and each untyped makes its full number of pages.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/manager.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene.h"

#define LIVES 160

enum kind { NOTHING, SLOTS, OBJECT, OBJECTS, PAGES, MAPPING, DMA, DEVICE, KINDS };

struct live {
    enum kind kind;
    sk_slots slots;
    sk_blueprint what;
    uintptr_t vaddr;
    seL4_Word count;
    unsigned char mark;
};

static struct scene s;
static struct sk_source *const source = &s.manager.source;
static struct live lives[LIVES];
static struct random r;
static seL4_Word done[KINDS];
static seL4_Word refused;

static sk_blueprint random_blueprint(void)
{
    switch (random_below(&r, 12)) {
    case 0:
        return SK_BLUEPRINT(TCB);
    case 1:
        return SK_BLUEPRINT(Endpoint);
    case 2:
        return SK_BLUEPRINT(Notification);
    case 3:
        return sk_blueprint_cnode(1 + (unsigned)random_below(&r, 9));
    case 4:
        return sk_blueprint_sched_context(seL4_MinSchedContextBits +
                                          (unsigned)random_below(&r, 3));
    case 5:
        return sk_blueprint_reply();
    case 6:
        return sk_blueprint_page_table();
    case 7:
        return sk_blueprint_vspace();
    case 8:
        return sk_blueprint_frame(random_below(&r, 20) == 0 ? 21 : 12);
    default:
        return sk_blueprint_untyped(4 + (unsigned)random_below(&r, 15));
    }
}

static bool is_shortage(sk_err err)
{
    return err == SK_ERR_NO_MEMORY || err == SK_ERR_FRAGMENTED || err == SK_ERR_NO_SLOT;
}

static sk_err take_objects(struct live *l)
{
    sk_err err;

    SK_TRY(source->take_slots(source, l->count, &l->slots));
    err = l->kind == OBJECTS ? source->make_objects(source, l->what, l->slots)
                             : source->make_object(source, l->what, l->slots.first);
    if (err != SK_OK) {
        source->give_slots(source, l->slots);
    }
    return err;
}

/* A frame, mapped where its number in the table says. */
static sk_err take_mapping(struct live *l)
{
    sk_err err;

    l->what = sk_blueprint_frame(12);
    l->count = 1;
    l->vaddr = 0x8000000 + (uintptr_t)(l - lives) * 0x3000;
    SK_TRY(take_objects(l));
    err = source->map(source, (sk_frame){sk_slot_cptr(l->slots.first)}, l->vaddr, SK_RW);
    if (err != SK_OK) {
        source->free_object(source, l->what, l->slots.first);
        source->give_slots(source, l->slots);
    }
    return err;
}

static sk_err take_device(struct live *l)
{
    const seL4_UntypedDesc *desc;
    sk_err err;
    uint64_t paddr;

    do {
        desc = &s.info.untypedList[random_below(&r, s.info.untyped.end - s.info.untyped.start)];
    } while (!desc->isDevice || desc->sizeBits < 12);
    l->what = sk_blueprint_frame(12);
    SK_TRY(source->take_slots(source, 1, &l->slots));
    paddr = desc->paddr + 4096 * random_below(&r, 1ull << (desc->sizeBits - 12));
    err = sk_manager_make_at(&s.manager, l->what, paddr, l->slots.first);
    if (err != SK_OK) {
        source->give_slots(source, l->slots);
    }
    return err == SK_ERR_REVOKE_FIRST ? SK_ERR_NO_MEMORY : err;
}

static sk_err take(struct live *l)
{
    uint64_t paddr;

    switch (l->kind) {
    case SLOTS:
        l->count = 1 + random_below(&r, random_below(&r, 60) + 1);
        return source->take_slots(source, l->count, &l->slots);
    case OBJECT:
        l->what = random_blueprint();
        l->count = 1;
        return take_objects(l);
    case OBJECTS:
        l->what = random_blueprint();
        l->count = 2 + random_below(&r, 30);
        return take_objects(l);
    case PAGES:
        l->count = 1 + random_below(&r, 30);
        return source->take_pages(source, l->count, &l->vaddr);
    case MAPPING:
        return take_mapping(l);
    case DMA:
        l->count = 1 + random_below(&r, 20);
        return sk_manager_take_dma(&s.manager, l->count * 4096, NULL, &l->vaddr, &paddr);
    default:
        return take_device(l);
    }
}

/* Memory keeps what was written into it: nobody else has it. */
static void write_mark(struct live *l)
{
    l->mark = (unsigned char)random_below(&r, 256);
    for (seL4_Word n = 0; n < l->count; n++) {
        memset((void *)(l->vaddr + n * 4096), l->mark, 64);
        ((volatile char *)l->vaddr)[n * 4096 + 4095] = (char)l->mark;
    }
}

static void check_mark(const struct live *l)
{
    for (seL4_Word n = 0; n < l->count; n++) {
        const unsigned char *page = (const unsigned char *)l->vaddr + n * 4096;

        assert_int_equal(page[0], l->mark);
        assert_int_equal(page[63], l->mark);
        assert_int_equal(page[4095], l->mark);
    }
}

static bool has_memory(const struct live *l)
{
    return l->kind == PAGES || l->kind == MAPPING || l->kind == DMA;
}

static void give_objects(struct live *l)
{
    if (l->kind == OBJECTS) {
        source->free_objects(source, l->what, l->slots);
    } else {
        source->free_object(source, l->what, l->slots.first);
    }
    source->give_slots(source, l->slots);
}

static void give(struct live *l)
{
    if (has_memory(l)) {
        check_mark(l);
    }
    switch (l->kind) {
    case SLOTS:
        source->give_slots(source, l->slots);
        break;
    case PAGES:
        source->give_pages(source, l->vaddr, l->count);
        break;
    case MAPPING:
        if (random_below(&r, 2) == 0) {
            source->unmap(source, (sk_frame){sk_slot_cptr(l->slots.first)});
        }
        give_objects(l);
        break;
    case DMA:
        sk_manager_give_dma(&s.manager, l->vaddr);
        break;
    default:
        give_objects(l);
        break;
    }
    l->kind = NOTHING;
}

static void step(void)
{
    struct live *l = &lives[random_below(&r, LIVES)];
    sk_err err;

    if (l->kind != NOTHING) {
        give(l);
        return;
    }
    l->kind = (enum kind)(1 + random_below(&r, KINDS - 1));
    err = take(l);
    if (err != SK_OK) {
        assert_true(is_shortage(err));
        refused++;
        l->kind = NOTHING;
        return;
    }
    done[l->kind]++;
    if (has_memory(l)) {
        write_mark(l);
    }
}

static seL4_Word number(const char *name, seL4_Word otherwise)
{
    const char *text = getenv(name);

    return text != NULL ? strtoul(text, NULL, 0) : otherwise;
}

static void churn(bool is_two_level)
{
    seL4_Word count = number("CHURN_COUNT", 20000);
    seL4_Word often = number("CHURN_CHECK", 200);
    struct sk_manager_stats before;
    struct sk_manager_stats after;

    r.state = number("CHURN_SEED", 1);
    scene_open(&s, is_two_level);
    before = scene_stats(&s);
    memset(done, 0, sizeof(done));
    refused = 0;
    for (seL4_Word n = 0; n < count; n++) {
        step();
        if (n % often == 0) {
            assert_true(sk_manager_check(&s.manager));
            ground_check_kernel();
        }
    }
    for (unsigned n = 0; n < LIVES; n++) {
        if (lives[n].kind != NOTHING) {
            give(&lives[n]);
        }
    }
    after = scene_stats(&s);
    scene_check_same(&before, &after);
    printf("# %lu steps from seed %lu: %lu rows of slots, %lu objects, %lu batches, %lu pages, "
           "%lu mappings, %lu for DMA, %lu of devices taken and given; %lu refused\n",
           count, number("CHURN_SEED", 1), done[SLOTS], done[OBJECT], done[OBJECTS],
           done[PAGES], done[MAPPING], done[DMA], done[DEVICE], refused);
    assert_true(refused > 0 && refused < count / 2);
    scene_close(&s);
}

static void random_use_leaves_nothing_on_one_level(void **state)
{
    (void)state;
    churn(false);
}

static void random_use_leaves_nothing_on_two_levels(void **state)
{
    (void)state;
    churn(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_use_leaves_nothing_on_one_level),
        cmocka_unit_test(random_use_leaves_nothing_on_two_levels),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
