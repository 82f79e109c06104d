/* SPDX-License-Identifier: BSD-2-Clause */
#include "environment.h"

struct scene scene;
struct sk_env environment;

void sk_env_get(struct sk_env *ret_env)
{
    *ret_env = environment;
}

void environment_open(void)
{
    scene_open(&scene, false);
    environment = (struct sk_env){
        .tcb = {seL4_CapInitThreadTCB},
        .cnode = {seL4_CapInitThreadCNode},
        .vspace = {seL4_CapInitThreadVSpace},
        .sched_control = {scene.kernel.sched_control},
        .asid_pool = {seL4_CapInitThreadASIDPool},
        .source = &scene.manager.source,
    };
}

void environment_check_same(const struct sk_manager_stats *before)
{
    struct sk_manager_stats after = scene_stats(&scene);

    scene_check_same(before, &after);
}

void environment_program(struct program *p, void (*main)(seL4_Word))
{
    Elf64_Phdr *code = &p->segment[PROGRAM_CODE];
    uint64_t entry = (uint64_t)main;

    program_init(p);
    /* The kernel jumps to the function itself; the pages are there for their own sake. */
    uint64_t distance = (entry & -0x1000ull) - (code->p_vaddr & -0x1000ull);
    for (unsigned n = PROGRAM_CODE; n <= PROGRAM_TLS; n++) {
        p->segment[n].p_vaddr += distance + 0x1000; /* the function may be at a page's end */
    }
    code->p_vaddr = entry;
    code->p_align = 1;
    p->header.e_entry = entry;
}
