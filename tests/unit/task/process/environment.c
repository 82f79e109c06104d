/* SPDX-License-Identifier: BSD-2-Clause */
#include "environment.h"

#include "boot_rest.h"

#define START 0x10000000
#define END   0x7f000000

static _Alignas(SK_MANAGER_ALIGN) char memory[SK_MANAGER_MEMORY];

struct ground ground;
struct sk_manager manager;
struct sk_env environment;

void sk_env_get(struct sk_env *ret_env)
{
    *ret_env = environment;
}

void environment_open(void)
{
    static seL4_BootInfo info;
    const struct sk_manager_options options = {
        .memory = memory, .vspace_start = START, .vspace_end = END};

    ground = (struct ground){.kernel = host_kernel_boot()};
    info = *ground.kernel.info;
    info.empty.start = ground.kernel.next_slot;
    boot_rest = (struct sk_boot_rest){.index = ground.kernel.untyped - info.untyped.start};
    boot_rest.bits = info.untypedList[boot_rest.index].sizeBits;
    boot_rest.used = 2 << seL4_PageBits; /* host_kernel_boot() made two pages */
    assert_int_equal(sk_manager_init_boot(&manager, &info, &options), SK_OK);
    environment = (struct sk_env){
        .tcb = {seL4_CapInitThreadTCB},
        .cnode = {seL4_CapInitThreadCNode},
        .vspace = {seL4_CapInitThreadVSpace},
        .sched_control = {ground.kernel.sched_control},
        .asid_pool = {seL4_CapInitThreadASIDPool},
        .source = &manager.source,
    };
}

struct sk_manager_stats environment_stats(void)
{
    struct sk_manager_stats s;

    sk_manager_stats(&manager, &s);
    assert_true(sk_manager_check(&manager));
    ground_check_kernel();
    return s;
}

void environment_check_same(const struct sk_manager_stats *before)
{
    struct sk_manager_stats after = environment_stats();

    assert_int_equal(after.free_bytes, before->free_bytes);
    assert_int_equal(after.free_slots, before->free_slots);
    assert_int_equal(after.total_bytes, before->total_bytes);
    assert_int_equal(after.total_slots, before->total_slots);
    assert_int_equal(after.bookkeeping, before->bookkeeping);
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
