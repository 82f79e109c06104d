/*
 * A specification with all tables, built here, predicted from the boot info and carried out:
 * as many kernel calls, retypes and slots as predicted, on whatever kernel this is. No thread
 * of it runs: this one is above them all.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <selkie/init/execute.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

#include "../../../src/init/perform.h"
#include "../../init/system.h"

#define PAGE_SIZE 4096

/* Its pages become the blob pages; frames are shown at the window. */
static _Alignas(PAGE_SIZE) uint8_t blob[SYSTEM_PAGES][PAGE_SIZE];
static _Alignas(PAGE_SIZE) uint8_t window[PAGE_SIZE];

static uint32_t page_of(const seL4_BootInfo *bi, const void *address)
{
    uintptr_t end = (uintptr_t)bi->ipcBuffer;

    return (uint32_t)(bi->userImageFrames.end - (end - (uintptr_t)address) / PAGE_SIZE);
}

/* In the middle of the largest piece of RAM, where there are gaps to fill. */
static uint64_t address_inside(const seL4_BootInfo *bi)
{
    const seL4_UntypedDesc *best = NULL;

    for (seL4_Word n = 0; n < bi->untyped.end - bi->untyped.start; n++) {
        const seL4_UntypedDesc *u = &bi->untypedList[n];

        if (!u->isDevice && (best == NULL || u->sizeBits > best->sizeBits)) {
            best = u;
        }
    }
    return best->paddr + 0x3456000;
}

static const uint8_t *no_chunk(struct sk_init *in, uint32_t id, uint64_t *ret_size)
{
    (void)in;
    (void)id;
    (void)ret_size;
    return NULL;
}

static void set_up(struct sk_init *in, const seL4_BootInfo *bi, const struct sk_spec *spec)
{
    *in = (struct sk_init){
        .spec = spec,
        .first_slot = (uint32_t)bi->empty.start,
        .end_slot = (uint32_t)bi->empty.end,
        .image_start = page_of(bi, blob) - 2, /* two pages of code, which we keep on using */
        .image_end = page_of(bi, blob) + SYSTEM_PAGES,
        .sched_control = (uint32_t)bi->schedcontrol.start,
        .guard = page_of(bi, window),
        .window = (uintptr_t)window,
        .large_window = ((uintptr_t)blob | 0x3fffffff) - 0x1fffff,
        .chunk = no_chunk,
    };
    for (seL4_Word n = 0; n < bi->untyped.end - bi->untyped.start; n++) {
        const seL4_UntypedDesc *u = &bi->untypedList[n];

        sk_init_add_untyped(in, u->paddr, u->sizeBits, u->isDevice,
                            (uint32_t)(bi->untyped.start + n));
    }
}

/* What the prediction says of frames: where they are. */
#define FRAMES_MAX 32
static struct {
    uint64_t slot;
    uint64_t paddr;
} frames[FRAMES_MAX];
static unsigned frame_count;

static sk_err note_frames(struct sk_init *in, enum sk_init_call what, const uint64_t *args)
{
    (void)in;
    for (uint64_t n = 0; what == SK_INIT_RETYPE && args[1] == SK_SPEC_FRAME && n < args[5] &&
                         frame_count < FRAMES_MAX;
         n++) {
        frames[frame_count].slot = args[4] + n;
        frames[frame_count++].paddr = args[6] + (n << args[2]);
    }
    return SK_OK;
}

static int check_addresses(void)
{
    for (unsigned n = 0; n < frame_count; n++) {
        seL4_ARM_Page_GetAddress_t at = seL4_ARM_Page_GetAddress(frames[n].slot);

        if (at.error != seL4_NoError || at.paddr != frames[n].paddr) {
            sk_printf("frame %u is at 0x%lx, predicted 0x%lx\n", n, at.paddr, frames[n].paddr);
            return 1;
        }
    }
    sk_printf("addresses of %u frames: as predicted\n", frame_count);
    return 0;
}

static int failed(const char *what, const struct sk_init *in, sk_err err)
{
    sk_printf("%s: %s, record %u: %s: error %d\n", what, sk_spec_table_name(in->table),
              in->record, sk_init_call_name(in->call), (int)err);
    return 1;
}

SK_ROOT_TASK(bi)
{
    static struct sk_init in, prediction;
    struct sk_spec_problem problem;
    struct system s = system_make(&sk_init_platform, address_inside(bi));

    if (!sk_spec_check(s.spec, s.size, &sk_init_platform, &problem)) {
        sk_printf("%s, record %u: %s\n", sk_spec_table_name(problem.table), problem.record,
                  sk_spec_wrong_text(problem.what));
        return 1;
    }
    set_up(&prediction, bi, s.spec);
    set_up(&in, bi, s.spec);
    prediction.perform = note_frames;
    for (size_t n = 0; n < sizeof(blob); n++) {
        ((volatile uint8_t *)blob)[n] =
            ((const uint8_t *)s.spec)[sk_spec_blob_offset(s.spec) + n];
    }
    sk_err err = sk_init_execute(&prediction);
    if (err != SK_OK) {
        return failed("prediction", &prediction, err);
    }
    in.perform = sk_init_perform_call;
    in.blob = blob[0];
    err = sk_init_execute(&in);
    if (err != SK_OK) {
        return failed("execution", &in, err);
    }
    if (in.calls != prediction.calls || in.retypes != prediction.retypes ||
        in.next_slot != prediction.next_slot) {
        sk_printf("%u calls, %u retypes, %u slots; predicted %u, %u, %u\n", in.calls,
                  in.retypes, in.next_slot, prediction.calls, prediction.retypes,
                  prediction.next_slot);
        return 1;
    }
    sk_printf("kernel calls: as predicted\n");
    return check_addresses();
}
