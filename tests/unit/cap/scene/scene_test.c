/*
 * The cases of tests/cap on the development kernel's core, each on a machine of its own.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "../../../cap/scene.h"

#include <stdlib.h>

#include "check.h"
#include "host_kernel.h"
#include "traps.h"

#define BUFFERS 0x20000ul /* of the threads, a page each */

struct stage {
    struct host_kernel kernel;
    seL4_Word thread_count;
};

seL4_CPtr scene_thread(struct scene *s, void (*entry)(seL4_Word argument), seL4_Word argument,
                       seL4_Word priority, seL4_CPtr fault_handler)
{
    struct stage *stage = s->stage;
    seL4_CPtr tcb;

    stage->kernel.next_slot = s->next_slot;
    tcb = host_kernel_thread(&stage->kernel, entry, argument, priority,
                             BUFFERS + (stage->thread_count << seL4_PageBits), fault_handler);
    stage->thread_count++;
    s->next_slot = stage->kernel.next_slot;
    return tcb;
}

/* The largest piece of device memory. */
static void find_device(struct scene *s, const seL4_BootInfo *info)
{
    for (seL4_Word n = 0; n < info->untyped.end - info->untyped.start; n++) {
        if (info->untypedList[n].isDevice && info->untypedList[n].sizeBits > s->device_bits) {
            s->device = info->untyped.start + n;
            s->device_bits = info->untypedList[n].sizeBits;
        }
    }
}

bool scene_traps(struct scene *s, void (*body)(void *arg), void *arg)
{
    seL4_MessageInfo_t tag = seL4_GetIPCBuffer()->tag;
    bool is_trapped = traps(body, arg);

    (void)s;
    seL4_GetIPCBuffer()->tag = tag; /* the child shares the machine's RAM with us */
    return is_trapped;
}

static void run_case(void **state)
{
    const struct scene_case *c = *state;
    struct stage stage = {.kernel = host_kernel_boot()};
    struct scene s = {
        .untyped = stage.kernel.untyped,
        .cnode = stage.kernel.cnode,
        .node = sk_node_whole((unsigned)stage.kernel.info->initThreadCNodeSizeBits),
        .tcb = stage.kernel.tcb,
        .vspace = stage.kernel.vspace,
        .sched_control = stage.kernel.sched_control,
        .next_slot = stage.kernel.next_slot,
        .stage = &stage,
    };
    const char *wrong;

    find_device(&s, stage.kernel.info);
    wrong = c->run(&s);
    if (wrong != NULL) {
        fail_msg("%s", wrong);
    }
}

static void add(struct CMUnitTest *tests, const struct scene_case *cases, unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        tests[n] = (struct CMUnitTest){
            .name = cases[n].name, .test_func = run_case, .initial_state = (void *)&cases[n]};
    }
}

int main(void)
{
    unsigned count = scene_case_count + scene_more_case_count;
    struct CMUnitTest *tests = calloc(count, sizeof(*tests));
    int status;

    if (tests == NULL) {
        return 1;
    }
    add(tests, scene_cases, scene_case_count);
    add(tests + scene_case_count, scene_more_cases, scene_more_case_count);
    status = _cmocka_run_group_tests("cases", tests, count, NULL, NULL);
    free(tests);
    return status;
}
