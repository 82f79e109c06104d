/*
 * The initialiser: a root task that carries out the specification that lies behind it
 * (selkie/init/spec.h), and stops.
 *
 * It asks nothing of the kernel that is not in the specification, but for the guard page of its
 * stack and its own end; so rt's part that maps each page of the image anew is replaced here:
 * most of the image is components'.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/rt/main.h>
#include <selkie/rt/stack.h>

#include "../../rt/start.h"
#include "../perform.h"
#include "report.h"

SK_ROOT_STACK(4096);

/* The first byte behind the program, set by the linker. */
extern const char _end[];

#define PAGE_MASK  (((uintptr_t)1 << seL4_PageBits) - 1)
#define LARGE_SIZE ((uintptr_t)1 << seL4_LargePageBits)
#define SPAN_MASK  (((uintptr_t)1 << seL4_HugePageBits) - 1)

/* Called by rt before anything else. The stack's guard page is unmapped by the first call. */
void sk_image_protect(const seL4_BootInfo *bi)
{
    (void)bi;
}

static const uint8_t *find_chunk(struct sk_init *in, uint32_t id, uint64_t *ret_size)
{
    const uint8_t *chunk = (const uint8_t *)sk_boot_info + seL4_BootInfoFrameSize;
    seL4_Word left = sk_boot_info->extraLen;

    (void)in;
    while (left >= sizeof(seL4_BootInfoHeader)) {
        const seL4_BootInfoHeader *header = (const seL4_BootInfoHeader *)chunk;

        if (header->len < sizeof(*header) || header->len > left) {
            break;
        }
        if (header->id == id) {
            *ret_size = header->len;
            return chunk;
        }
        chunk += header->len;
        left -= header->len;
    }
    return NULL;
}

/*
 * Where a large frame can be shown: at the end of the gigabyte in which the image is, whose
 * page tables are there, unless the image and what the kernel maps behind it reach so far.
 */
static uint64_t find_large_window(const seL4_BootInfo *bi)
{
    uintptr_t start = (uintptr_t)sk_root_stack | SPAN_MASK;
    uintptr_t used = (uintptr_t)bi + seL4_BootInfoFrameSize + bi->extraLen;

    start -= LARGE_SIZE - 1;
    return used <= start ? start : 0;
}

/*
 * Where the domain schedule starts is the last thing that is set, and we may have no turn in
 * it: so what there is to say is said before.
 */
static sk_err perform(struct sk_init *in, enum sk_init_call what, const uint64_t *args)
{
    if (what == SK_INIT_SET_START) {
        report_success(in);
    }
    return sk_init_perform_call(in, what, args);
}

static void add_untypeds(struct sk_init *in, const seL4_BootInfo *bi)
{
    for (seL4_Word n = 0; n < bi->untyped.end - bi->untyped.start; n++) {
        const seL4_UntypedDesc *u = &bi->untypedList[n];

        sk_init_add_untyped(in, u->paddr, u->sizeBits, u->isDevice != 0,
                            (uint32_t)(bi->untyped.start + n));
    }
}

SK_ROOT_TASK(bi)
{
    static struct sk_init in;
    uintptr_t start = ((uintptr_t)_end + PAGE_MASK) & ~PAGE_MASK;
    const struct sk_spec *spec = (const struct sk_spec *)start;
    struct sk_spec_problem problem;
    sk_err err;

    if (!sk_spec_check(spec, (uintptr_t)bi->ipcBuffer - start, &sk_init_platform, &problem)) {
        report_problem(&problem);
    }
    in.spec = spec;
    in.perform = perform;
    in.blob = (const uint8_t *)spec + sk_spec_blob_offset(spec);
    in.first_slot = (uint32_t)bi->empty.start;
    in.end_slot = (uint32_t)bi->empty.end;
    in.image_start = (uint32_t)bi->userImageFrames.start;
    in.image_end = (uint32_t)bi->userImageFrames.end;
    in.sched_control = (uint32_t)bi->schedcontrol.start;
    in.window = (uint64_t)sk_root_stack;
    in.guard = (uint32_t)sk_image_page(bi, sk_root_stack);
    in.large_window = find_large_window(bi);
    in.chunk = find_chunk;
    add_untypeds(&in, bi);
    err = sk_init_execute(&in);
    if (err != SK_OK) {
        report_failure(&in, err);
    }
    if (spec->domain_start == SK_SPEC_NONE || spec->section[SK_SPEC_SCHEDULE].count == 0) {
        report_success(&in);
    }
    for (;;) {
        (void)seL4_TCB_Suspend(seL4_CapInitThreadTCB);
    }
}
